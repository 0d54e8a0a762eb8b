import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Answer, cookieOf, createTestApp, type TestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';

const SECOND = 1000;
const DAY = 86_400_000;

function refresh(app: TestApp, cookie: string, userAgent = 'test'): Promise<Answer> {
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'user-agent': userAgent };
  return app.call('POST', '/auth/refresh', { body: {}, headers });
}

async function logIn(app: TestApp, remember = true, userAgent = 'test'): Promise<string> {
  const body = { username: 'ann', password: TEST_PASSWORD, remember };
  return cookieOf(await app.call('POST', '/auth/login', { body, headers: { 'user-agent': userAgent } }));
}

async function appWithAnn(): Promise<TestApp> {
  const app = await createTestApp();
  await app.signUp('ann');
  return app;
}

test('each use gives another token, and only its hash is stored', async () => {
  await using app = await appWithAnn();
  const first = await logIn(app);
  const second = cookieOf(await refresh(app, first));
  expect(second).toMatch(/^rt=[\w-]{91}$/);
  expect(second).not.toBe(first);
  const dump = JSON.stringify(await app.database.reader.selectFrom('session').selectAll().execute());
  for (const token of [first, second].map((cookie) => cookie.slice(3))) {
    expect(dump).not.toContain(token);
    expect(dump).toContain(hash('sha256', token, 'base64url'));
  }
});

test('fifty refreshes at once have one successor and log nobody out', async () => {
  await using app = await appWithAnn();
  const cookie = await logIn(app);
  const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(app, cookie)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const successors = new Set(answers.map(cookieOf));
  expect(successors.size).toBe(1);
  const [successor = ''] = successors;
  expect((await refresh(app, successor)).status).toBe(200);
});

test('a token used again within ten seconds gives the same successor, after that it ends the session', async () => {
  await using app = await appWithAnn();
  const first = await logIn(app);
  const second = cookieOf(await refresh(app, first));
  app.clock.advance(9 * SECOND);
  expect(cookieOf(await refresh(app, first))).toBe(second);
  app.clock.advance(2 * SECOND);
  expect((await refresh(app, first)).status).toBe(401);
  // The thief's and the owner's tokens die together.
  expect((await refresh(app, second)).status).toBe(401);
  const events = await app.database.reader
    .selectFrom('audit_event')
    .select('action')
    .where('action', '=', 'session.token_reused')
    .execute();
  expect(events).toHaveLength(1);
  expect(app.logs.join('')).toContain('refresh token used twice');
});

test('within ten seconds too, another device or an older token ends the session', async () => {
  await using app = await appWithAnn();
  const first = await logIn(app);
  await refresh(app, first);
  expect((await refresh(app, first, 'another browser')).status).toBe(401);
  const one = await logIn(app);
  const two = cookieOf(await refresh(app, one));
  const three = cookieOf(await refresh(app, two));
  expect((await refresh(app, one)).status).toBe(401);
  expect((await refresh(app, three)).status).toBe(401);
});

test('made-up tokens end nothing', async () => {
  await using app = await appWithAnn();
  const cookie = await logIn(app);
  const token = cookie.slice(3);
  const bytes = Buffer.from(token, 'base64url');
  const forged = [
    '',
    'x',
    token.slice(1),
    `${token}A`,
    `${token}=`,
    ...[0, 15, 19, 20, 51, 52, 67].map((i) => {
      const copy = Buffer.from(bytes);
      copy[i] = (copy[i] ?? 0) ^ 1;
      return copy.toString('base64url');
    }),
  ];
  for (const text of forged) expect((await refresh(app, `rt=${text}`)).status).toBe(401);
  expect((await refresh(app, cookie)).status).toBe(200);
});

test('a remembered session ends after 14 idle days and after 90 in any case', async () => {
  await using app = await appWithAnn();
  const idle = await logIn(app);
  app.clock.advance(14 * DAY + SECOND);
  expect((await refresh(app, idle)).status).toBe(401);
  let cookie = await logIn(app);
  for (let day = 0; day < 90; day += 10) {
    const answer = await refresh(app, cookie);
    expect(answer.status).toBe(200);
    cookie = cookieOf(answer);
    app.clock.advance(10 * DAY);
  }
  expect((await refresh(app, cookie)).status).toBe(401);
});

test('a session that is not remembered ends after a day', async () => {
  await using app = await appWithAnn();
  let cookie = await logIn(app, false);
  app.clock.advance(DAY - SECOND);
  const answer = await refresh(app, cookie);
  expect(answer.status).toBe(200);
  expect(String(answer.headers['set-cookie'])).not.toContain('Max-Age');
  cookie = cookieOf(answer);
  app.clock.advance(2 * SECOND);
  expect((await refresh(app, cookie)).status).toBe(401);
});

test('every answer tells whether the browser may keep the session', async () => {
  await using app = await appWithAnn();
  for (const remember of [true, false]) {
    const answer = await refresh(app, await logIn(app, remember));
    expect(answer.body).toMatchObject({ remember, user: { username: 'ann' } });
  }
});

test('a disabled account cannot refresh', async () => {
  await using app = await appWithAnn();
  const cookie = await logIn(app);
  await app.database.writer.updateTable('user').set({ status: 'disabled' }).execute();
  expect((await refresh(app, cookie)).status).toBe(401);
});

test('an access token dies with its session within five seconds, on other processes too', async () => {
  await using app = await appWithAnn();
  const ann = await app.logIn('ann');
  expect((await app.call('GET', '/me', { as: ann })).status).toBe(200);
  // What another process would do: behind the back of this one's memory.
  await app.database.writer.updateTable('session').set({ revoked_at: app.clock.now() }).execute();
  app.clock.advance(5 * SECOND);
  expect((await app.call('GET', '/me', { as: ann })).status).toBe(401);
});
