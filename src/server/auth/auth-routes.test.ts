import { expect, test } from 'vitest';
import { cookieOf, createTestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';

interface Tokens {
  readonly user: { readonly id: string; readonly username: string; readonly role: string };
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
}

test('the first person to sign up is the administrator, the next one is not', async () => {
  await using app = await createTestApp();
  const first = await app.call<Tokens>('POST', '/auth/signup', { body: { username: 'Ann', password: TEST_PASSWORD } });
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ token_type: 'bearer', expires_in: 600, user: { username: 'ann', role: 'admin' } });
  const second = await app.call<Tokens>('POST', '/auth/signup', { body: { username: 'bob', password: TEST_PASSWORD } });
  expect(second.body.user.role).toBe('user');
});

test('a new account has settings and an inbox', async () => {
  await using app = await createTestApp();
  const body = { username: 'ann', password: TEST_PASSWORD, timeZone: 'Europe/Berlin', locale: 'de', weekStart: 7 };
  const { body: tokens } = await app.call<Tokens>('POST', '/auth/signup', { body });
  const settings = await app.database.reader.selectFrom('settings').selectAll().executeTakeFirstOrThrow();
  expect(settings).toMatchObject({ id: tokens.user.id, time_zone: 'Europe/Berlin', locale: 'de', week_start: 7 });
  const project = await app.database.reader.selectFrom('project').selectAll().executeTakeFirstOrThrow();
  expect(project).toMatchObject({ inbox: 1, created_by: tokens.user.id });
});

test('of many who sign up first at once, one becomes the administrator', async () => {
  await using app = await createTestApp();
  const names = Array.from({ length: 8 }, (_, i) => `user${i}`);
  const answers = await Promise.all(
    names.map((username) => app.call<Tokens>('POST', '/auth/signup', { body: { username, password: TEST_PASSWORD } })),
  );
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  expect(answers.filter(({ body }) => body.user.role === 'admin')).toHaveLength(1);
});

test('a name can be taken once, however it is written', async () => {
  await using app = await createTestApp();
  await app.signUp('ann');
  for (const username of ['ann', 'ANN', 'Ａｎｎ']) {
    const answer = await app.call('POST', '/auth/signup', { body: { username, password: TEST_PASSWORD } });
    expect([answer.status, answer.body['code']]).toEqual([409, 'username_taken']);
  }
  const race = await Promise.all(
    Array.from({ length: 10 }, () =>
      app.call('POST', '/auth/signup', { body: { username: 'bob', password: TEST_PASSWORD } }),
    ),
  );
  expect(race.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(race.filter(({ status }) => status === 409)).toHaveLength(9);
});

test.each([
  ['short', { username: 'ann', password: 'nine char' }, '/password'],
  ['common', { username: 'ann', password: 'Password123' }, '/password'],
  ['the name', { username: 'anne-marie-x', password: 'Anne-Marie-X' }, '/password'],
  ['a name with a space', { username: 'an n', password: TEST_PASSWORD }, '/username'],
  ['a name of dots', { username: '...', password: TEST_PASSWORD }, '/username'],
  ['an unknown field', { username: 'ann', password: TEST_PASSWORD, role: 'admin' }, '/role'],
  ['no password', { username: 'ann' }, '/password'],
])('signing up is refused for %s', async (_what, body, path) => {
  await using app = await createTestApp();
  const answer = await app.call<{ errors: { path: string }[] }>('POST', '/auth/signup', { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => error.path)).toContain(path);
  expect(await app.database.reader.selectFrom('user').selectAll().execute()).toEqual([]);
});

test('when signing up is closed, nobody can', async () => {
  await using app = await createTestApp({ config: { signup: 'invite' } });
  await app.signUp('ann', 'admin');
  const answer = await app.call('POST', '/auth/signup', { body: { username: 'bob', password: TEST_PASSWORD } });
  expect([answer.status, answer.body['code']]).toEqual([403, 'signup_closed']);
  expect((await app.call('GET', '/instance')).body['signup']).toBe('closed');
});

test('in production the first account needs the setup token, which works once and for a day', async () => {
  await using app = await createTestApp({ config: { production: true, signup: 'invite' } });
  const body = { username: 'ann', password: TEST_PASSWORD };
  const signUp = (setupToken?: string) =>
    app.call<Tokens>('POST', '/auth/signup', { body: { ...body, ...(setupToken && { setupToken }) } });
  expect((await app.call('GET', '/instance')).body['signup']).toBe('setup_token');
  expect((await signUp()).status).toBe(403);
  expect((await signUp('x'.repeat(43))).status).toBe(403);
  app.clock.advance(25 * 3_600_000);
  expect((await signUp(app.setupToken)).status).toBe(403);
  app.clock.advance(-2 * 3_600_000);
  const made = await signUp(app.setupToken);
  expect([made.status, made.body.user.role]).toEqual([201, 'admin']);
  expect(
    (await app.call('POST', '/auth/signup', { body: { ...body, username: 'bob', setupToken: app.setupToken } })).status,
  ).toBe(403);
});

test('logging in answers the same for a wrong password, an unknown name and a disabled account', async () => {
  await using app = await createTestApp();
  await app.signUp('ann');
  const { userId } = await app.signUp('gone');
  await app.database.writer.updateTable('user').set({ status: 'disabled' }).where('id', '=', userId).execute();
  const attempts = [
    { username: 'ann', password: 'wrong password' },
    { username: 'nobody', password: TEST_PASSWORD },
    { username: 'gone', password: TEST_PASSWORD },
  ];
  for (const body of attempts) {
    const answer = await app.call('POST', '/auth/login', { body });
    expect(answer.status).toBe(401);
    expect({ ...answer.body, requestId: '' }).toEqual({
      type: 'urn:tend:problem:invalid_credentials',
      title: 'The name or the password is wrong',
      status: 401,
      detail: 'The user name or the password is wrong.',
      code: 'invalid_credentials',
      requestId: '',
    });
  }
});

test('the cookie is for this host, this page and no script', async () => {
  const cookieFor = async (config: object) => {
    await using app = await createTestApp({ config });
    await app.signUp('ann');
    const login = (remember: boolean) =>
      app.call('POST', '/auth/login', { body: { username: 'ann', password: TEST_PASSWORD, remember } });
    return [await login(false), await login(true)].map(({ headers }) => String(headers['set-cookie']));
  };
  const [plain, remembered] = await cookieFor({});
  expect(plain).toMatch(/^rt=[\w-]{91}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(remembered).toMatch(/^rt=[\w-]{91}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/);
  const [secure] = await cookieFor({ publicUrl: 'https://tend.example' });
  expect(secure).toMatch(/^__Host-rt=[\w-]{91}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
});

test('refreshing and logging out take requests of our own page only', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  const foreign: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
  ];
  for (const route of ['/auth/refresh', '/auth/logout']) {
    for (const headers of foreign) {
      const answer = await app.call('POST', route, { body: {}, headers: { cookie: ann.cookie, ...headers } });
      expect(answer.status).toBe(403);
    }
    const form = await app.call('POST', route, {
      body: 'a=b',
      headers: {
        cookie: ann.cookie,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(form.status).toBe(415);
    expect((await app.call('GET', route, { headers: { cookie: ann.cookie } })).status).toBe(405);
  }
  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://localhost:80' }]) {
    const { cookie } = await app.logIn('ann');
    expect((await app.call('POST', '/auth/refresh', { body: {}, headers: { cookie, ...headers } })).status).toBe(200);
  }
});

test('logging out ends the session at once and takes the cookie away', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  const headers = { cookie: ann.cookie, 'sec-fetch-site': 'same-origin' };
  const answer = await app.call('POST', '/auth/logout', { body: {}, headers });
  expect(answer.status).toBe(204);
  expect(String(answer.headers['set-cookie'])).toMatch(/^rt=; .*Expires=Thu, 01 Jan 1970/);
  expect((await app.call('GET', '/me', { as: ann })).status).toBe(401);
  const refreshed = await app.call('POST', '/auth/refresh', { body: {}, headers });
  expect([refreshed.status, cookieOf(refreshed)]).toEqual([401, 'rt=']);
});
