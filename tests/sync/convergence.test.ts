import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness('sqlite');
});

afterAll(() => harness[Symbol.asyncDispose]());

test('smoke', async () => {
  const t = Date.now();
  const result = await harness.search({
    histories: Number(process.env['N'] ?? 20),
    seed: Number(process.env['SEED'] ?? 1),
    disasters: { restore: process.env['RESTORE'] === '1', clone: process.env['CLONE'] === '1' },
    shrinkFor: Number(process.env['SHRINK'] ?? 0),
  });
  console.log(result.histories, Date.now() - t, result.found, JSON.stringify(result.history));
  expect(result.found).toBeNull();
}, 600_000);
