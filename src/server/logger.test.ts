import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { cookieOf, createTestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';
import { createLogger } from './logger.ts';

function collect() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, logger: createLogger('trace', stream) };
}

test('secrets are masked wherever in a line they are', () => {
  const { lines, logger } = collect();
  const canary = 'canary-7f3a';
  for (const key of [
    'password',
    'newPassword',
    'access_token',
    'token',
    'setupToken',
    'authorization',
    'cookie',
    'set-cookie',
  ]) {
    logger.info({ [key]: canary }, 'flat');
    logger.info({ body: { [key]: canary } }, 'inside');
    logger.info({ req: { headers: { [key]: canary } } }, 'deep');
  }
  expect(lines).toHaveLength(24);
  expect(lines.join('')).not.toContain(canary);
});

test('an error is logged with stack and cause, and without the values that a driver adds', () => {
  const { lines, logger } = collect();
  const driver = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(canary@x) exists',
    parameters: ['canary'],
  });
  logger.error({ err: new Error('insert failed', { cause: driver }) }, 'failed');
  expect(lines[0]).toContain('insert failed');
  expect(lines[0]).toContain('23505');
  expect(lines[0]).not.toContain('canary');
});

test('a line cannot be forged with line breaks', () => {
  const { lines, logger } = collect();
  logger.info({ userAgent: 'x\r\n{"level":"fatal"}' }, 'a\nb');
  expect(lines[0]?.trimEnd().split('\n')).toHaveLength(1);
});

test('nothing secret of the life of an account reaches the log or, in plain, the database', async () => {
  await using app = await createTestApp({ config: { logLevel: 'trace', production: true } });
  const secrets = [TEST_PASSWORD, 'a wrong canary password', 'the next canary password', app.setupToken ?? ''];
  const call = (path: string, body: object, headers: Record<string, string> = {}) =>
    app.call('POST', path, { body, headers });
  const signup = await call('/auth/signup', { username: 'ann', password: TEST_PASSWORD, setupToken: app.setupToken });
  expect(signup.status).toBe(201);
  await call('/auth/login', { username: 'ann', password: 'a wrong canary password' });
  await call('/auth/login', { username: 'ann', password: TEST_PASSWORD, unknown: 'x' });
  const ann = await app.logIn('ann');
  const cookie = { cookie: ann.cookie, 'sec-fetch-site': 'same-origin' };
  const refreshed = await call('/auth/refresh', {}, cookie);
  const body = { currentPassword: TEST_PASSWORD, newPassword: 'the next canary password' };
  const changed = await call('/me/password', body, ann.headers);
  expect([refreshed.status, changed.status]).toEqual([200, 200]);
  for (const answer of [signup, refreshed, changed]) {
    secrets.push(String(answer.body['access_token']), cookieOf(answer).slice(3));
  }
  secrets.push(ann.token, ann.cookie.slice(3));
  const tables = [
    'user',
    'session',
    'instance',
    'login_attempt',
    'audit_event',
    'mutation',
    'change',
    'settings',
  ] as const;
  const dumps = await Promise.all(tables.map((table) => app.database.reader.selectFrom(table).selectAll().execute()));
  const written = app.logs.join('') + JSON.stringify(dumps);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(15);
    expect(written).not.toContain(secret);
  }
  expect(app.logs.join('')).toContain('/api/v1/auth/login');
});
