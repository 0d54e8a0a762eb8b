import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '#server/limits.ts';
import { type Answer, createTestApp, type TestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const limits = DEFAULT_LIMITS;

function attempt(app: TestApp, password: string, username = 'ann'): Promise<Answer<Record<string, unknown>>> {
  return app.call('POST', '/auth/login', { body: { username, password } });
}

async function createLimitedApp(changes: Partial<typeof limits> = {}): Promise<TestApp> {
  const app = await createTestApp({ limits: { ...limits, ...changes } });
  await app.signUp('ann');
  return app;
}

test('after five wrong passwords an account waits, twice as long each time', async () => {
  await using app = await createLimitedApp();
  for (let i = 0; i < 5; i++) expect((await attempt(app, 'wrong')).status).toBe(401);
  const waits: unknown[] = [];
  for (let i = 0; i < 6; i++) {
    const refused = await attempt(app, TEST_PASSWORD);
    expect([refused.status, refused.body['code']]).toEqual([429, 'rate_limited']);
    const wait = Number(refused.headers['retry-after']);
    waits.push(wait);
    app.clock.advance(wait * SECOND);
    expect((await attempt(app, 'wrong')).status).toBe(401);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32]);
});

test('the right password in time starts afresh', async () => {
  await using app = await createLimitedApp();
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 4; i++) expect((await attempt(app, 'wrong')).status).toBe(401);
    expect((await attempt(app, TEST_PASSWORD)).status).toBe(200);
    app.clock.advance(5 * MINUTE);
  }
});

test('a hundred at once get no more tries than one after the other', async () => {
  await using app = await createLimitedApp({ loginFailuresPerAddress: 1_000 });
  const answers = await Promise.all(Array.from({ length: 100 }, () => attempt(app, 'wrong')));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(95);
});

test('an unknown name is limited like a known one', async () => {
  await using app = await createLimitedApp();
  for (let i = 0; i < 5; i++) expect((await attempt(app, 'wrong', 'nobody')).status).toBe(401);
  expect((await attempt(app, 'wrong', 'nobody')).status).toBe(429);
});

test('an address that tries many accounts waits', async () => {
  await using app = await createLimitedApp();
  for (let i = 0; i < 20; i++) expect((await attempt(app, 'wrong', `user${i}`)).status).toBe(401);
  expect((await attempt(app, TEST_PASSWORD)).status).toBe(429);
  app.clock.advance(5 * MINUTE);
  expect((await attempt(app, TEST_PASSWORD)).status).toBe(200);
});

test('an account is locked after a hundred in a row, however slowly they come, until its password is set anew', async () => {
  await using app = await createLimitedApp();
  for (let i = 0; i < 100; i++) {
    app.clock.advance(16 * MINUTE);
    expect((await attempt(app, 'wrong')).status).toBe(401);
  }
  app.clock.advance(365 * 24 * 60 * MINUTE);
  expect((await attempt(app, TEST_PASSWORD)).status).toBe(429);
  const { resetPassword } = await import('./account-admin.ts');
  await resetPassword(app.context, 'Ann', 'another long password');
  expect((await attempt(app, 'another long password')).status).toBe(200);
});

test('the counters are in the database: a restart forgets nothing', async () => {
  await using app = await createLimitedApp();
  for (let i = 0; i < 5; i++) await attempt(app, 'wrong');
  const { createApp } = await import('#server/app.ts');
  const restarted = await createApp(app.context);
  const answer = await restarted.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { username: 'ann', password: TEST_PASSWORD },
  });
  expect(answer.statusCode).toBe(429);
  await restarted.app.close();
});

test('changing the password counts wrong current ones as failed logins', async () => {
  await using app = await createLimitedApp();
  const ann = await app.logIn('ann');
  const body = { currentPassword: 'wrong', newPassword: 'another long password' };
  for (let i = 0; i < 5; i++) expect((await app.call('POST', '/me/password', { as: ann, body })).status).toBe(422);
  expect((await app.call('POST', '/me/password', { as: ann, body })).status).toBe(429);
  expect((await attempt(app, TEST_PASSWORD)).status).toBe(429);
});

test('one address makes five accounts an hour', async () => {
  await using app = await createLimitedApp();
  const signUp = (username: string) =>
    app.call('POST', '/auth/signup', { body: { username, password: TEST_PASSWORD } });
  for (let i = 0; i < 5; i++) expect((await signUp(`user${i}`)).status).toBe(201);
  expect((await signUp('user5')).status).toBe(429);
  app.clock.advance(60 * MINUTE);
  expect((await signUp('user5')).status).toBe(201);
});

test('a forged X-Forwarded-For changes nothing, unless the proxy is trusted', async () => {
  const tries = async (app: TestApp) => {
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++) {
      const headers = { 'x-forwarded-for': `203.0.113.${i}` };
      const body = { username: `user${i}`, password: 'wrong' };
      statuses.push((await app.call('POST', '/auth/login', { body, headers })).status);
    }
    return statuses.at(-1);
  };
  await using app = await createLimitedApp();
  expect(await tries(app)).toBe(429);
  await using behindProxy = await createTestApp({ limits, config: { trustProxy: ['loopback'] } });
  expect(await tries(behindProxy)).toBe(401);
});
