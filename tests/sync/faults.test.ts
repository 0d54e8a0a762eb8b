import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEEDED_FAULTS } from './faults.ts';
import { createHarness, type Harness } from './harness.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness('sqlite');
});

afterAll(() => harness[Symbol.asyncDispose]());

const HISTORIES = Number(process.env['N'] ?? 300);

test.for(SEEDED_FAULTS)(
  'the harness finds: $name',
  { timeout: 600_000 },
  async ({ name, fault, disasters, weights = {} }) => {
    const result = await harness.search({
      histories: HISTORIES,
      seed: Number(process.env['SEED'] ?? 1),
      disasters: { restore: false, clone: false, ...disasters },
      fault,
      weights,
    });
    console.log(`${name}: ${result.found ? `after ${result.histories}: ${result.found.slice(0, 150)}` : 'not found'}`);
    expect(result.found).not.toBeNull();
  },
);
