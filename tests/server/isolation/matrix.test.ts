import { afterAll, beforeAll, expect, test } from 'vitest';
import { runMatrix } from './matrix.ts';
import { methodOf, OPERATIONS } from './operations.ts';
import { createWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test('routes, policies and the table of operations are the same list', () => {
  const routes = world.app.routes.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');
  const registered = routes.map(({ method, url }) => `${method} ${url.replace(/^\/api\/v1/, '')}`);
  expect(registered.toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
  expect(world.app.routes.filter(({ authz }) => !authz)).toEqual([]);
  for (const { method, url } of world.app.routes.filter((route) => route.method === 'HEAD')) {
    expect(registered, `${method} ${url} has a GET`).toContain(`GET ${url.replace(/^\/api\/v1/, '')}`);
  }
});

test('only the operations that say so are public', () => {
  const open = world.app.routes.filter(({ authz }) => authz?.access === 'public');
  for (const { method, url } of open) {
    const route = `${method === 'HEAD' ? 'GET' : method} ${url.replace(/^\/api\/v1/, '')}`;
    expect(OPERATIONS[route], route).toMatchObject({ on: 'nothing', because: expect.stringMatching(/^public/) });
  }
  expect(Object.keys(OPERATIONS).every((route) => methodOf(route).length > 2)).toBe(true);
});

test('every principal gets what the table of rights says, and nothing else', { timeout: 900_000 }, async () => {
  const { cases, faults } = await runMatrix(world);
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThan(3_000);
});
