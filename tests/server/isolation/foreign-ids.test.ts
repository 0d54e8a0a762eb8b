import { afterAll, beforeAll, expect, test } from 'vitest';
import { UUID_PATTERN } from '#core/ids.ts';
import { fullRequests, runForeignArguments, runForeignIds } from './foreign-ids.ts';
import { send } from './matrix.ts';
import { describedOperations } from './openapi.ts';
import { runExtraArguments, runExtraFields } from './properties.ts';
import { runScopeChecks } from './scopes.ts';
import { createWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Fields that hold whole mutations or cursors, which have tests of their own. */
const OWN_TESTS = new Set(['mutations', 'muts', 'cur', 'clientId', 's', 'after', 'instance', 'epoch']);

test('policies name exactly the fields that hold ids, and the full requests use each of them', () => {
  const uuid = new RegExp(UUID_PATTERN.slice(1, -1), 'g');
  const full = fullRequests(world);
  for (const { route, idFields, idParams } of describedOperations(world)) {
    const fields = idFields.filter((name) => !OWN_TESTS.has(name));
    expect(idParams.filter((name) => !OWN_TESTS.has(name)).toSorted(), route).toEqual(fields.toSorted());
    if (fields.length === 0) continue;
    expect(JSON.stringify(full.get(route)).match(uuid), route).toHaveLength(fields.length);
  }
});

test('a foreign id in any field of any route is refused like one that nothing has', { timeout: 600_000 }, async () => {
  const { cases, faults } = await runForeignIds(world);
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThan(700);
});

test('a foreign id in any argument of any mutator is refused like one that nothing has', {
  timeout: 600_000,
}, async () => {
  const { cases, faults } = await runForeignArguments(world);
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThan(500);
});

test('a field that an answer has but a route does not take is refused', { timeout: 600_000 }, async () => {
  const routes = await runExtraFields(world);
  expect(routes.faults).toEqual([]);
  expect(routes.cases).toBeGreaterThan(500);
  const mutators = await runExtraArguments(world);
  expect(mutators.faults).toEqual([]);
  expect(mutators.cases).toBeGreaterThan(1_000);
});

test('the requests that were refused with a foreign id work with their own', async () => {
  for (const [route, wanted] of fullRequests(world)) {
    if (/^DELETE|purge|restore|undo|leave|members/.test(route)) continue;
    const { status } = await send(world, route, 'owner', wanted);
    expect(status, `${route} ${JSON.stringify(wanted)}`).toBeLessThan(300);
  }
});

test('what names nothing keeps to what its caller sees', { timeout: 600_000 }, async () => {
  await using fresh = await createWorld();
  expect((await runScopeChecks(fresh)).faults).toEqual([]);
});
