import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { REPEATING_FAULTS } from './repeating-faults.ts';
import { expectNoViolation } from './searching.ts';
import { REPEATING } from './steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness({ engine: 'sqlite' });
});

afterAll(() => harness[Symbol.asyncDispose]());

const disasters = { restore: true, clone: false };

test('tasks that repeat go on once for each occurrence, whoever completes it and wherever', async () => {
  await expectNoViolation(harness, { histories: 100, seed: 6, disasters, weights: REPEATING });
});

test.for(REPEATING_FAULTS)('the harness finds: $name', async ({ name, fault, weights = {} }) => {
  const seed = Number(process.env['SYNC_SEED'] ?? 1);
  const { histories, found } = await harness.search({ histories: 200, seed, disasters, fault, weights });
  console.log(`${name}: ${found ? `history ${histories}, ${found.slice(0, 150)}` : 'not found'}`);
  expect(found).toMatch(/^Violation: /);
});
