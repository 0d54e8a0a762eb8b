import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { volume } from '#tests/support/volume.ts';
import { TAB_VERSION_FAULTS } from './tab-faults.ts';
import { createTabHarness, type TabHarness } from './tab-harness.ts';
import { TAB_VERSIONS } from './tab-steps.ts';

let harness: TabHarness;

beforeAll(async () => {
  harness = await createTabHarness({ engine: 'sqlite' });
});

afterEach(() => vi.restoreAllMocks());

afterAll(() => harness[Symbol.asyncDispose]());

const SEED = Number(process.env['SYNC_SEED'] ?? 1);

test('tabs of several versions share a queue, and nothing else', async () => {
  const options = { histories: volume(60), seed: SEED, weights: TAB_VERSIONS };
  expect(await harness.search(options)).toMatchObject({ found: null });
});

test.for(TAB_VERSION_FAULTS)('the harness finds: $name', async ({ name, plant, classes = {}, weights = {} }) => {
  plant?.();
  const { histories, found } = await harness.search({ histories: 300, seed: SEED + 1, classes, weights });
  console.log(`${name}: ${found ? `history ${histories}, ${found.slice(0, 150)}` : 'not found'}`);
  expect(found).toMatch(/^Violation: /);
});
