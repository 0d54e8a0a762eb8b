import { afterAll, beforeAll, inject, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { expectNoViolation } from './searching.ts';
import { REPEATING, VERSIONS } from './steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness({ engine: 'postgres', serverUrl: inject('postgresUrl') });
});

afterAll(() => harness[Symbol.asyncDispose]());

test('devices converge on PostgreSQL', async () => {
  await expectNoViolation(harness, { histories: 90, seed: 11, disasters: { restore: false, clone: false } });
});

test('devices heal a restored PostgreSQL', async () => {
  await expectNoViolation(harness, { histories: 70, seed: 12, disasters: { restore: true, clone: false } });
});

test('pages and servers of several versions before PostgreSQL', async () => {
  const disasters = { restore: false, clone: false };
  await expectNoViolation(harness, { histories: 20, seed: 14, disasters, weights: VERSIONS });
});

test('tasks that repeat go on once for each occurrence on PostgreSQL', async () => {
  const disasters = { restore: true, clone: false };
  await expectNoViolation(harness, { histories: 20, seed: 16, disasters, weights: REPEATING });
});
