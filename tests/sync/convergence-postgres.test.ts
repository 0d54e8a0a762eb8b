import { afterAll, beforeAll, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { KEPT_HISTORIES } from './kept-histories.ts';
import { expectNoViolation } from './searching.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness('postgres');
});

afterAll(() => harness[Symbol.asyncDispose]());

test('devices converge on PostgreSQL', async () => {
  await expectNoViolation(harness, { histories: 130, seed: 11, disasters: { restore: false, clone: false } });
});

test('devices heal a restored PostgreSQL', async () => {
  await expectNoViolation(harness, { histories: 70, seed: 12, disasters: { restore: true, clone: false } });
});

test.for(KEPT_HISTORIES)('$title', async ({ history, disasters }) => {
  await harness.replay(history, disasters);
});
