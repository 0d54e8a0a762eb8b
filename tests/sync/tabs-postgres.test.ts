import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTabHarness, type TabHarness } from './tab-harness.ts';

let harness: TabHarness;

beforeAll(async () => {
  harness = await createTabHarness({ engine: 'postgres', serverUrl: inject('postgresUrl') });
});

afterAll(() => harness[Symbol.asyncDispose]());

test('tabs of one browser share a queue before PostgreSQL', async () => {
  expect(await harness.search({ histories: 100, seed: 13 })).toMatchObject({ found: null });
});
