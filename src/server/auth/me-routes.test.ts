import { expect, test } from 'vitest';
import { cookieOf, createTestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';

const NEW_PASSWORD = 'another long password';

interface SessionList {
  readonly items: { id: string; current: boolean; userAgent: string; ip: string }[];
}

test('an account sees and changes its own profile', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  const me = await app.call('GET', '/me', { as: ann });
  expect(me.body).toEqual({
    id: ann.userId,
    username: 'ann',
    displayName: 'ann',
    email: null,
    role: 'user',
    createdAt: '2026-11-18T12:00:00.000Z',
  });
  const renamed = await app.call('PATCH', '/me', { as: ann, body: { displayName: 'Ann Lee' } });
  expect(renamed.body).toMatchObject({ displayName: 'Ann Lee', email: null });
  for (const field of ['role', 'username', 'status', 'id', 'passwordHash']) {
    const answer = await app.call('PATCH', '/me', { as: ann, body: { [field]: 'admin' } });
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ path: `/${field}` }]]);
  }
  expect((await app.call('GET', '/me', { as: ann })).body).toMatchObject({ displayName: 'Ann Lee', role: 'user' });
});

test('the other members see a new name', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  await app.call('PATCH', '/me', { as: ann, body: { displayName: 'Ann Lee' } });
  const member = await app.database.reader.selectFrom('member').selectAll().executeTakeFirstOrThrow();
  expect(member).toMatchObject({ user_id: ann.userId, display_name: 'Ann Lee', rev: 2 });
  const scope = await app.database.reader
    .selectFrom('scope')
    .selectAll()
    .where('id', '=', member.scope_id)
    .executeTakeFirst();
  expect(scope?.ver).toBe(2);
});

test('changing the address of mail needs the password', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  const change = (body: object) => app.call('PATCH', '/me', { as: ann, body });
  for (const body of [{ email: 'a@b.example' }, { email: 'a@b.example', currentPassword: 'wrong' }]) {
    const answer = await change(body);
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ path: '/currentPassword' }]]);
  }
  expect((await change({ email: 'nonsense', currentPassword: TEST_PASSWORD })).status).toBe(422);
  expect((await change({ email: 'a@b.example', currentPassword: TEST_PASSWORD })).body).toMatchObject({
    email: 'a@b.example',
  });
  expect((await change({ displayName: 'A', email: 'a@b.example' })).status).toBe(200);
});

test('a new password ends every session and begins one', async () => {
  await using app = await createTestApp();
  const phone = await app.signUp('ann');
  const laptop = await app.logIn('ann');
  const body = { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD };
  const answer = await app.call('POST', '/me/password', { as: laptop, body });
  expect(answer.status).toBe(200);
  for (const old of [phone, laptop]) {
    expect((await app.call('GET', '/me', { as: old })).status).toBe(401);
    const headers = { cookie: old.cookie, 'sec-fetch-site': 'same-origin' };
    expect((await app.call('POST', '/auth/refresh', { body: {}, headers })).status).toBe(401);
  }
  const headers = { authorization: `Bearer ${String(answer.body['access_token'])}` };
  expect((await app.call('GET', '/me', { headers })).status).toBe(200);
  const refreshed = await app.call('POST', '/auth/refresh', {
    body: {},
    headers: { cookie: cookieOf(answer), 'sec-fetch-site': 'same-origin' },
  });
  expect(refreshed.status).toBe(200);
  await expect(app.logIn('ann')).rejects.toThrow(/401/);
  await app.logIn('ann', NEW_PASSWORD);
});

test('sessions are listed and ended one by one or all others at once', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  const bob = await app.signUp('bob');
  const other = await app.logIn('ann');
  await app.logIn('ann');
  const list = async (as: typeof ann) => (await app.call<SessionList>('GET', '/me/sessions', { as })).body.items;
  const sessions = await list(ann);
  expect(sessions).toHaveLength(3);
  expect(sessions.filter(({ current }) => current)).toHaveLength(1);
  const [current] = (await list(other)).filter(({ current: is }) => is);
  const id = current?.id ?? '';
  const foreign = await app.call('DELETE', `/me/sessions/${id}`, { as: bob });
  const missing = await app.call('DELETE', '/me/sessions/019ab000-0000-7000-8000-000000000000', { as: bob });
  expect([foreign.status, missing.status]).toEqual([404, 404]);
  expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
  expect((await app.call('DELETE', `/me/sessions/${id}`, { as: ann })).status).toBe(204);
  expect((await app.call('GET', '/me', { as: other })).status).toBe(401);
  expect((await app.call('DELETE', `/me/sessions/${id}`, { as: ann })).status).toBe(404);
  expect((await app.call('DELETE', '/me/sessions', { as: ann })).status).toBe(204);
  expect(await list(ann)).toHaveLength(1);
  expect(await list(bob)).toHaveLength(1);
});

test('the demo account cannot be changed, and its visitors do not see each other', async () => {
  await using app = await createTestApp({ config: { demo: { username: 'demo', password: 'demo1234' } } });
  const one = await app.logIn('demo', 'demo1234');
  const two = await app.logIn('demo', 'demo1234');
  const refused = [
    await app.call('PATCH', '/me', { as: one, body: { displayName: 'Rude' } }),
    await app.call('POST', '/me/password', {
      as: one,
      body: { currentPassword: 'demo1234', newPassword: NEW_PASSWORD },
    }),
    await app.call('DELETE', '/me/sessions', { as: one }),
  ];
  expect(refused.map(({ status, body }) => [status, body['code']])).toEqual(refused.map(() => [403, 'forbidden']));
  const [mine] = (await app.call<SessionList>('GET', '/me/sessions', { as: one })).body.items;
  const [theirs, ...more] = (await app.call<SessionList>('GET', '/me/sessions', { as: two })).body.items;
  expect(more).toEqual([]);
  expect(theirs?.id).not.toBe(mine?.id);
  expect((await app.call('DELETE', `/me/sessions/${String(theirs?.id)}`, { as: one })).status).toBe(404);
  expect((await app.call('DELETE', `/me/sessions/${String(mine?.id)}`, { as: one })).status).toBe(204);
});

test('a start makes the demo account once and keeps its password current', async () => {
  const demo = { username: 'demo', password: 'demo1234' };
  await using app = await createTestApp({ config: { demo } });
  const { prepareInstance } = await import('./first-start.ts');
  await prepareInstance(app.context, app.effects);
  const context = { ...app.context, config: { ...app.context.config, demo: { ...demo, password: 'demo5678' } } };
  await prepareInstance(context, app.effects);
  await expect(app.logIn('demo', 'demo1234')).rejects.toThrow(/401/);
  await app.logIn('demo', 'demo5678');
  expect(await app.database.reader.selectFrom('user').select('role').execute()).toEqual([{ role: 'demo' }]);
  expect((await app.call('GET', '/instance')).body).toMatchObject({ signup: 'setup', demo });
});

test('an ordinary account is never turned into the demo', async () => {
  await using app = await createTestApp();
  await app.signUp('demo');
  const { prepareInstance } = await import('./first-start.ts');
  const config = { ...app.context.config, demo: { username: 'demo', password: 'demo1234' } };
  await prepareInstance({ ...app.context, config }, app.effects);
  await expect(app.logIn('demo', 'demo1234')).rejects.toThrow(/401/);
  await app.logIn('demo');
});
