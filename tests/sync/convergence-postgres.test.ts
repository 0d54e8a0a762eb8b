import { afterAll, beforeAll, inject, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { expectNoViolation } from './searching.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness({ engine: 'postgres', serverUrl: inject('postgresUrl') });
});

afterAll(() => harness[Symbol.asyncDispose]());

test('devices converge on PostgreSQL', async () => {
  await expectNoViolation(harness, { histories: 130, seed: 11, disasters: { restore: false, clone: false } });
});

test('devices heal a restored PostgreSQL', async () => {
  await expectNoViolation(harness, { histories: 70, seed: 12, disasters: { restore: true, clone: false } });
});
