import { expect, test } from 'vitest';
import { runAttacks } from './attacks.ts';
import { runEventChecks } from './events.ts';
import { createWorld } from './world.ts';

test('lost rights, roles above one’s own and devices of others', { timeout: 300_000 }, async () => {
  await using world = await createWorld();
  expect((await runAttacks(world)).faults).toEqual([]);
});

test('event streams tell everybody of what they see and of nothing else', { timeout: 300_000 }, async () => {
  await using world = await createWorld();
  const { cases, faults } = await runEventChecks(world);
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThan(50);
});
