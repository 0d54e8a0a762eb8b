import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { VERSIONS } from './steps.ts';
import { VERSION_FAULTS } from './version-faults.ts';
import { expectNoViolation } from './searching.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness({ engine: 'sqlite' });
});

afterAll(() => harness[Symbol.asyncDispose]());

const disasters = { restore: false, clone: false };

test('older and newer pages and servers keep every change, and what they do not know', async () => {
  await expectNoViolation(harness, { histories: 120, seed: 5, disasters, weights: VERSIONS });
});

test.for(VERSION_FAULTS)('the harness finds: $name', async ({ name, fault, weights = {} }) => {
  const seed = Number(process.env['SYNC_SEED'] ?? 1);
  const { histories, found } = await harness.search({ histories: 200, seed, disasters, fault, weights });
  console.log(`${name}: ${found ? `history ${histories}, ${found.slice(0, 150)}` : 'not found'}`);
  expect(found).toMatch(/^Violation: /);
});
