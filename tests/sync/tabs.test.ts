import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { volume } from '#tests/support/volume.ts';
import { createTabHarness, type TabHarness } from './tab-harness.ts';
import { TAB_FAULTS } from './tab-faults.ts';
import { TAB_CRAMPED, TAB_REPEATING } from './tab-steps.ts';

let harness: TabHarness;

beforeAll(async () => {
  harness = await createTabHarness({ engine: 'sqlite' });
});

afterEach(() => vi.restoreAllMocks());

afterAll(() => harness[Symbol.asyncDispose]());

const SEED = Number(process.env['SYNC_SEED'] ?? 1);

test('tabs of one browser share a queue on the disk: nothing that was kept is lost or done twice', async () => {
  expect(await harness.search({ histories: volume(240), seed: SEED })).toMatchObject({ found: null });
});

test('tabs that complete the same occurrences', async () => {
  const options = { histories: volume(40), seed: SEED, weights: TAB_REPEATING };
  expect(await harness.search(options)).toMatchObject({ found: null });
});

test('tabs on a disk that is full now and then: what it holds is what happened, in its order', async () => {
  const options = { histories: volume(60), seed: SEED, weights: TAB_CRAMPED };
  expect(await harness.search(options)).toMatchObject({ found: null });
});

test.for(TAB_FAULTS)('the harness finds: $name', async ({ name, plant, classes = {}, weights = {} }) => {
  plant?.();
  const { histories, found } = await harness.search({ histories: 400, seed: SEED + 1, classes, weights });
  console.log(`${name}: ${found ? `history ${histories}, ${found.slice(0, 150)}` : 'not found'}`);
  expect(found).toMatch(/^Violation: /);
});
