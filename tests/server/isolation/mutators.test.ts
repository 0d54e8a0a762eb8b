import { expect, test } from 'vitest';
import { MUTATORS } from '#core/mutators.ts';
import { MUTATIONS } from './mutations.ts';
import { runPushMatrix } from './push-matrix.ts';
import { createWorld } from './world.ts';

test('mutators and the table of mutations are the same list', () => {
  expect(Object.keys(MUTATIONS).toSorted()).toEqual([...new Set(MUTATORS.map((mutator) => mutator.name))].toSorted());
});

test('every mutator does for every principal what the table of rights says', { timeout: 900_000 }, async () => {
  await using world = await createWorld();
  const { cases, faults } = await runPushMatrix(world);
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThan(2_000);
});
