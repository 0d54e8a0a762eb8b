import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEEDED_FAULTS } from './faults.ts';
import { createHarness, type Harness } from './harness.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness({ engine: 'sqlite' });
});

afterAll(() => harness[Symbol.asyncDispose]());

/** Far more than any of them has needed (README.md). */
const HISTORIES_MAX = 600;

test.for(SEEDED_FAULTS)(
  'the harness finds: $name',
  { timeout: 600_000 },
  async ({ name, fault, disasters, weights = {} }) => {
    const { histories, found } = await harness.search({
      histories: HISTORIES_MAX,
      seed: Number(process.env['SYNC_SEED'] ?? 1),
      disasters: { restore: false, clone: false, ...disasters },
      fault,
      weights,
    });
    console.log(`${name}: ${found ? `history ${histories}, ${found.slice(0, 150)}` : 'not found'}`);
    expect(found).toMatch(/^Violation: /);
  },
);
