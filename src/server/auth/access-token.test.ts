import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createTestApp, type TestApp } from '#tests/support/test-app.ts';

const MINUTE = 60_000;

async function statusOf(app: TestApp, authorization: string): Promise<number> {
  return (await app.call('GET', '/me', { headers: { authorization } })).status;
}

test('a token is valid for ten minutes', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  expect(await statusOf(app, `Bearer ${ann.token}`)).toBe(200);
  expect(await statusOf(app, `bearer ${ann.token}`)).toBe(200);
  app.clock.advance(10 * MINUTE - 1);
  expect(await statusOf(app, `Bearer ${ann.token}`)).toBe(200);
  app.clock.advance(1);
  expect(await statusOf(app, `Bearer ${ann.token}`)).toBe(401);
});

test('a token holds no role, and a change of role takes effect within five seconds', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann', 'admin');
  const payload = JSON.parse(Buffer.from(ann.token.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(Object.keys(payload).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'aud',
    'exp',
    'iat',
    'iss',
    'sid',
    'sub',
  ]);
  const request = { headers: ann.headers, routeOptions: {} } as never;
  expect((await app.authenticator.authenticate(request)).instanceRole).toBe('admin');
  await app.database.writer.updateTable('user').set({ role: 'user' }).execute();
  app.clock.advance(5_000);
  expect((await app.authenticator.authenticate(request)).instanceRole).toBe('user');
});

/** RFC 8725: what forgers try. Each starts from a token that would be valid. */
test('forged tokens are refused', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  const [header = '', payload = '', signature = ''] = ann.token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const key = app.context.keys.accessToken;
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = (head: object, body: object, secret: Uint8Array = key): string => {
    const text = `${encode(head)}.${encode(body)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const good = { alg: 'HS256', typ: 'at+jwt' };
  expect(await statusOf(app, `Bearer ${signed(good, claims)}`)).toBe(200);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsa = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt' }).sign(privateKey);
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(claims).filter(([each]) => each !== name));
  const now = Math.floor(app.clock.now() / 1000);
  const forged: Record<string, string> = {
    'alg none': `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    'alg None with the signature': `${encode({ alg: 'None', typ: 'at+jwt' })}.${payload}.${signature}`,
    'stripped signature': `${header}.${payload}.`,
    'two parts': `${header}.${payload}`,
    'changed payload': `${header}.${encode({ ...claims, sub: '019ab000-0000-7000-8000-000000000009' })}.${signature}`,
    'changed signature': `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'another key': signed(good, claims, new Uint8Array(32)),
    'alg HS512': signed({ ...good, alg: 'HS512' }, claims),
    'alg RS256': rsa,
    'typ JWT': signed({ ...good, typ: 'JWT' }, claims),
    'no typ': signed({ alg: 'HS256' }, claims),
    'unknown crit': signed({ ...good, crit: ['x'], x: 1 }, claims),
    'jwk of their own': signed({ ...good, jwk: { kty: 'oct', k: 'AAAA' } }, claims, Buffer.from('AAAA', 'base64url')),
    'kid as a path': signed({ ...good, kid: '/dev/null' }, claims, new Uint8Array(0)),
    'another issuer': signed(good, { ...claims, iss: 'evil' }),
    'another audience': signed(good, { ...claims, aud: 'other' }),
    'no expiry': signed(good, without('exp')),
    'no subject': signed(good, without('sub')),
    'no session': signed(good, without('sid')),
    'session of a number': signed(good, { ...claims, sid: 7 }),
    expired: signed(good, { ...claims, exp: now }),
    'not yet': signed(good, { ...claims, nbf: now + 60 }),
    'the session of somebody else': signed(good, { ...claims, sub: (await app.signUp('bob')).userId }),
    garbage: 'a.b.c',
  };
  for (const [what, token] of Object.entries(forged)) {
    expect([what, await statusOf(app, `Bearer ${token}`)]).toEqual([what, 401]);
  }
});

test.each(['', 'Bearer', 'Bearer ', 'Basic YW5uOng=', 'Bearer a b', 'Token x'])(
  'the header %j is refused',
  async (header) => {
    await using app = await createTestApp();
    const answer = await app.call('GET', '/me', { headers: { authorization: header } });
    expect([answer.status, answer.body['code'], answer.headers['www-authenticate']]).toEqual([
      401,
      'unauthenticated',
      'Bearer',
    ]);
  },
);

test('a token in the address or in a cookie opens nothing', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  expect((await app.call('GET', `/me?access_token=${ann.token}`)).status).toBe(401);
  expect(
    (await app.call('GET', '/me', { headers: { cookie: `access_token=${ann.token}; ${ann.cookie}` } })).status,
  ).toBe(401);
});
