import { expect, test } from 'vitest';
import { createTestApp } from '#tests/support/test-app.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';
import { buildFastifyApp } from './fastify-app.ts';
import { methodsFor } from './policy.ts';

test('every route says who may call it', async () => {
  await using app = await createTestApp();
  expect(app.routes.filter(({ authz }) => authz === undefined)).toEqual([]);
});

test('the OpenAPI document has every route of the API, with its policy, and nothing else', async () => {
  await using app = await createTestApp();
  const document = (await app.app.inject('/openapi.json')).json<{
    openapi: string;
    paths: Record<string, Record<string, { 'x-authz'?: unknown; security?: unknown }>>;
  }>();
  expect(document.openapi).toBe('3.1.0');
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      authz: operation['x-authz'],
    })),
  );
  const routes = app.routes
    .filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/v1/'))
    .map(({ method, url, authz }) => ({ route: `${method} ${url}`, authz }));
  const sorted = (list: { route: string }[]) => list.toSorted((a, b) => a.route.localeCompare(b.route));
  expect(sorted(documented)).toEqual(sorted(routes));
});

test('a route without a policy is denied, whoever asks', async () => {
  await using database = await createTestDatabase();
  await using app = await createTestApp({ database });
  const ann = await app.signUp('ann', 'admin');
  const { app: bare } = await buildFastifyApp(app.context, {
    version: '0',
    condition: async () => ({}),
    authenticate: (request) => app.authenticator.authenticate(request),
    directories: { web: '/nowhere', docs: '/nowhere' },
    schemas: [],
    features: [
      (api) => {
        api.get('/forgotten', async () => ({ secret: 1 }));
        api.get('/admins', { config: { authz: { access: 'admin', resource: 'x', action: 'read' } } }, async () => ({}));
        api.get(
          '/not-the-demo',
          { config: { authz: { access: 'user', resource: 'x', action: 'read', demo: 'denied' } } },
          async () => ({}),
        );
      },
    ],
  });
  const status = async (url: string, headers: Record<string, string> = {}) =>
    (await bare.inject({ url: `/api/v1${url}`, headers })).statusCode;
  expect(await status('/forgotten')).toBe(403);
  expect(await status('/forgotten', ann.headers)).toBe(403);
  const bob = await app.signUp('bob');
  const demo = await app.signUp('demo', 'demo');
  expect([await status('/admins'), await status('/admins', bob.headers), await status('/admins', ann.headers)]).toEqual(
    [401, 403, 200],
  );
  expect([await status('/not-the-demo', demo.headers), await status('/not-the-demo', bob.headers)]).toEqual([403, 200]);
  await bare.close();
});

test('a known path with another method is 405 with what it takes', async () => {
  await using app = await createTestApp();
  const answer = await app.call('PUT', '/me');
  expect([answer.status, answer.body['code'], answer.headers['allow']]).toEqual([
    405,
    'method_not_allowed',
    'GET, HEAD, PATCH',
  ]);
  expect((await app.call('GET', '/nowhere')).status).toBe(404);
  const trace = await app.app.inject({ method: 'TRACE' as 'GET', url: '/api/v1/me' });
  expect(trace.statusCode).toBeGreaterThanOrEqual(400);
});

test('methods are found by the pattern of the path', () => {
  const authz = undefined;
  const routes = [
    { method: 'GET', url: '/a/:id', authz },
    { method: 'DELETE', url: '/a/:id', authz },
    { method: 'POST', url: '/a', authz },
  ];
  expect(methodsFor(routes, '/a/1')).toEqual(['DELETE', 'GET']);
  expect(methodsFor(routes, '/a')).toEqual(['POST']);
  expect(methodsFor(routes, '/a/')).toEqual([]);
  expect(methodsFor(routes, '/a/1/b')).toEqual([]);
});

test.each([
  '/api/v1//me',
  '//api/v1/me',
  '/api/v1/%6de',
  '/api/v1/me/',
  '/API/v1/me',
  '/api/v1/me;x',
  '/api/v1/..%2fv1/me',
])('the path %s opens nothing without a token', async (url) => {
  await using app = await createTestApp();
  expect((await app.app.inject(url)).statusCode).toBeGreaterThanOrEqual(400);
});
