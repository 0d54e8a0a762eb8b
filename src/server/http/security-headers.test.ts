import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createTestApp, type TestApp } from '#tests/support/test-app.ts';
import { CONTENT_POLICY, DOCS_CONTENT_POLICY } from './security-headers.ts';

const EXPECTED: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

test('the policy of the pages is the strict one', () => {
  expect(CONTENT_POLICY.split('; ').toSorted((a, b) => a.localeCompare(b))).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' blob: data:",
    "manifest-src 'self'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self'",
    "worker-src 'self'",
  ]);
  expect(DOCS_CONTENT_POLICY).toContain("script-src 'self';");
});

test('every route answers with the security headers, refusals and errors too', async () => {
  await using app = await createTestApp();
  const ann = await app.signUp('ann');
  const id = '019ab000-0000-7000-8000-000000000000';
  const targets = [
    ...app.routes
      // An open stream never ends; its headers are the tests' of the stream.
      .filter(({ url }) => !url.endsWith('/sync/events'))
      .map(({ method, url }) => ({ method, url: url.replaceAll(/:\w+/g, id) })),
    { method: 'GET', url: '/' },
    { method: 'GET', url: '/nowhere' },
    { method: 'GET', url: '/api/v1/nowhere' },
    { method: 'DELETE', url: '/api/v1/me' },
    { method: 'OPTIONS', url: '/api/v1/me' },
    { method: 'GET', url: '/%ff' },
    { method: 'GET', url: '/docs/nowhere' },
  ];
  for (const { method, url } of targets) {
    for (const headers of [{}, ann.headers]) {
      const response = await app.app.inject({ method: method as 'GET', url, headers });
      expect({ method, url, ...response.headers }).toMatchObject(EXPECTED);
      expect(response.headers['strict-transport-security']).toBeUndefined();
      expect(response.headers['x-powered-by']).toBeUndefined();
    }
  }
  expect(targets.length).toBeGreaterThan(20);
});

test('on https, browsers are told to stay there', async () => {
  await using app = await createTestApp({ config: { publicUrl: 'https://tend.example' } });
  const { headers } = await app.app.inject('/api/v1/instance');
  expect(headers['strict-transport-security']).toBe('max-age=63072000');
  await using behindProxy = await createTestApp({ config: { trustProxy: ['loopback'] } });
  const forwarded = await behindProxy.app.inject({ url: '/healthz', headers: { 'x-forwarded-proto': 'https' } });
  expect(forwarded.headers['strict-transport-security']).toBe('max-age=63072000');
  await using alone = await createTestApp();
  const forged = await alone.app.inject({ url: '/healthz', headers: { 'x-forwarded-proto': 'https' } });
  expect(forged.headers['strict-transport-security']).toBeUndefined();
});

/** Sends bytes as they are and returns what comes back until the server hangs up. */
async function raw(app: TestApp, request: string): Promise<string> {
  const address = app.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const socket = connect(address.port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  socket.end(request);
  await once(socket, 'close');
  return answer;
}

test('what is no HTTP gets an answer with the same headers', async () => {
  await using app = await createTestApp();
  await app.app.listen({ host: '127.0.0.1', port: 0 });
  const requests = [
    'nonsense\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
  ];
  for (const request of requests) {
    const answer = await raw(app, request);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    for (const [name, value] of Object.entries(EXPECTED))
      expect(answer.toLowerCase()).toContain(`${name}: ${value}`.toLowerCase());
  }
});

test('other pages may not read answers unless their origin is named', async () => {
  await using app = await createTestApp({ config: { corsOrigins: ['https://a.example'] } });
  const from = (origin: string, method: 'GET' | 'OPTIONS' = 'GET') =>
    app.app.inject({
      method,
      url: '/api/v1/instance',
      headers: { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'POST' }) },
    });
  const allowed = await from('https://a.example');
  expect([allowed.statusCode, allowed.headers['access-control-allow-origin']]).toEqual([200, 'https://a.example']);
  expect(allowed.headers['access-control-allow-credentials']).toBeUndefined();
  const preflight = await from('https://a.example', 'OPTIONS');
  expect([preflight.statusCode, preflight.headers['access-control-allow-headers']]).toEqual([
    204,
    'Authorization, Content-Type, If-Match, Idempotency-Key',
  ]);
  for (const origin of ['https://b.example', 'https://a.example.evil.example', 'null']) {
    expect((await from(origin)).headers['access-control-allow-origin']).toBeUndefined();
    expect((await from(origin, 'OPTIONS')).statusCode).toBe(405);
  }
  await using closed = await createTestApp();
  const none = await closed.app.inject({ url: '/api/v1/instance', headers: { origin: 'https://a.example' } });
  expect(none.headers['access-control-allow-origin']).toBeUndefined();
});
