import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { HttpClient } from '#web/api/http-client.ts';
import { createSessionApi } from '#web/api/session.ts';
import { readEvents } from '#web/api/sync-http-transport.ts';

interface Call {
  readonly path: string;
  readonly authorization: string | null;
  readonly body: unknown;
}

type Handler = (call: Call) => Response | Promise<Response>;

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } });
}

/** A server of one function, and what it was asked. */
function aServer(handle: Handler) {
  const calls: Call[] = [];
  const fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const call = {
      path: String(input).replace('/api/v1', ''),
      authorization: new Headers(init.headers).get('authorization'),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    };
    calls.push(call);
    return handle(call);
  };
  return { calls, fetch: fetch as typeof globalThis.fetch };
}

function tokens(value: string, expiresIn = 600): Response {
  return json(200, { user: { id: 'u' }, access_token: value, token_type: 'bearer', expires_in: expiresIn });
}

/** Accepts the newest token only; each refresh makes a new one. */
function rotating() {
  let generation = 0;
  return aServer(({ path, authorization }) => {
    if (path === '/auth/refresh') return tokens(`t${++generation}`);
    return authorization === `Bearer t${generation}` ? json(200, { ok: true }) : json(401, { code: 'unauthenticated' });
  });
}

test('many requests at once share one refresh', async () => {
  const { calls, fetch } = rotating();
  const http = new HttpClient({ fetch });
  await Promise.all(Array.from({ length: 20 }, () => http.request('GET', '/me')));
  expect(calls.filter(({ path }) => path === '/auth/refresh')).toHaveLength(1);
  expect(calls).toHaveLength(21);
});

test('tabs refresh one after another where the browser has locks', async () => {
  const { fetch } = rotating();
  const held: string[] = [];
  const locks = {
    request: async (name: string, work: () => Promise<unknown>) => {
      held.push(name);
      return work();
    },
  } as unknown as LockManager;
  await new HttpClient({ fetch, locks }).request('GET', '/me');
  expect(held).toEqual(['tend-refresh']);
});

test('a token that ended early is renewed and the request sent again', async () => {
  let valid = 't1';
  const { calls, fetch } = aServer(({ path, authorization }) => {
    if (path === '/auth/refresh') return tokens((valid = 't2'));
    return authorization === `Bearer ${valid}` ? json(200, { ok: true }) : json(401, { code: 'unauthenticated' });
  });
  const http = new HttpClient({ fetch });
  http.adopt({ user: null, access_token: 't0', expires_in: 600, remember: false });
  await expect(http.request('GET', '/me')).resolves.toEqual({ ok: true });
  expect(calls.map(({ path }) => path)).toEqual(['/me', '/auth/refresh', '/me']);
});

test('a token close to its end is renewed before it is used', async () => {
  const { calls, fetch } = rotating();
  let now = 0;
  const http = new HttpClient({ fetch, clock: () => now });
  await http.request('GET', '/me');
  now = 590_000;
  await http.request('GET', '/me');
  expect(calls.map(({ path }) => path)).toEqual(['/auth/refresh', '/me', '/auth/refresh', '/me']);
});

test('without a session the refusal of the server comes out as it is', async () => {
  const { calls, fetch } = aServer(() => json(401, { code: 'unauthenticated', detail: 'Sign in first.' }));
  const http = new HttpClient({ fetch });
  await expect(http.request('GET', '/me')).rejects.toMatchObject({
    code: 'unauthenticated',
    message: 'Sign in first.',
  });
  expect(calls).toHaveLength(1);
});

test('a problem becomes a DomainError with code, words, faults and the time to wait', async () => {
  const errors = [{ path: '/username', message: 'is taken' }];
  const { fetch } = aServer(() =>
    json(429, { code: 'rate_limited', detail: 'Slow down.', errors, requestId: 'r1' }, { 'retry-after': '7' }),
  );
  const sent = new HttpClient({ fetch }).request('POST', '/auth/signup', { body: {}, authorized: false });
  const error = await sent.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DomainError);
  expect(error).toMatchObject({
    code: 'rate_limited',
    message: 'Slow down.',
    data: { errors, requestId: 'r1', retryAfter: 7, status: 429 },
  });
});

test.each([
  [502, 'unavailable'],
  [500, 'internal'],
  [413, 'payload_too_large'],
  [404, 'not_found'],
])('an answer %d of a proxy is %s', async (status, code) => {
  const { fetch } = aServer(() => new Response('<html>', { status }));
  const sent = new HttpClient({ fetch }).request('GET', '/x', { authorized: false });
  await expect(sent).rejects.toMatchObject({ code });
});

test('a server that cannot be reached, or breaks off, is unavailable', async () => {
  const unreachable = new HttpClient({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  await expect(unreachable.request('GET', '/x', { authorized: false })).rejects.toMatchObject({ code: 'unavailable' });
  const { fetch } = aServer(() => new Response('{"half', { headers: { 'content-type': 'application/json' } }));
  const sent = new HttpClient({ fetch }).request('GET', '/x', { authorized: false });
  await expect(sent).rejects.toMatchObject({ code: 'unavailable' });
});

test('an answer without body is undefined', async () => {
  const { fetch } = aServer(() => new Response(null, { status: 204 }));
  await expect(new HttpClient({ fetch }).request('DELETE', '/x', { authorized: false })).resolves.toBeUndefined();
});

test('signing in keeps the token, signing out forgets it even when the server is away', async () => {
  let away = false;
  const { calls, fetch } = aServer(({ path }) => {
    if (away) throw new TypeError('Failed to fetch');
    return path.startsWith('/auth') ? tokens('t1') : json(200, {});
  });
  const session = createSessionApi({ fetch });
  await session.signIn({ username: 'ana', password: 'correct horse' });
  await session.http.request('GET', '/me');
  expect(calls.at(-1)).toMatchObject({ path: '/me', authorization: 'Bearer t1' });
  away = true;
  await expect(session.signOut()).rejects.toMatchObject({ code: 'unavailable' });
  away = false;
  await session.http.request('GET', '/me');
  expect(calls.map(({ path }) => path).slice(-2)).toEqual(['/auth/refresh', '/me']);
});

test('resuming tells apart nobody and nobody knows', async () => {
  const nobody = createSessionApi({ fetch: aServer(() => json(401, { code: 'unauthenticated' })).fetch });
  await expect(nobody.resume()).resolves.toBeNull();
  const unknown = createSessionApi({ fetch: aServer(() => new Response('', { status: 503 })).fetch });
  await expect(unknown.resume()).rejects.toMatchObject({ code: 'unavailable' });
});

test('events are read however they are cut, comments count as pings', async () => {
  const text = 'event: ping\ndata: {"type":"ping"}\n\n: hello\n\nevent: poke\ndata: {"type":"poke","scopes":["ü"]}\n\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 7, bytes.length]) {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (let i = 0; i < bytes.length; i += size) controller.enqueue(bytes.slice(i, i + size));
        controller.close();
      },
    });
    const events: unknown[] = [];
    await readEvents(body, (event) => events.push(event));
    expect(events).toEqual([{ type: 'ping' }, { type: 'ping' }, { type: 'poke', scopes: ['ü'] }]);
  }
});
