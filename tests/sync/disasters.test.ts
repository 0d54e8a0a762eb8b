import { afterAll, beforeAll, test } from 'vitest';
import { RESTORED_WHILE_PAGING } from './faults.ts';
import { createHarness, type Harness } from './harness.ts';
import { expectNoViolation } from './searching.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness({ engine: 'sqlite' });
});

afterAll(() => harness[Symbol.asyncDispose]());

test('devices heal a server that was restored from a backup', async () => {
  await expectNoViolation(harness, { histories: 300, seed: 2, disasters: { restore: true, clone: false } });
});

test('a restore in the middle of fetching a scope leaves nothing of the lost history', async () => {
  const weights = RESTORED_WHILE_PAGING;
  await expectNoViolation(harness, { histories: 120, seed: 3, disasters: { restore: true, clone: false }, weights });
});

test('a device that is a disk copy of another loses nothing of either', async () => {
  await expectNoViolation(harness, { histories: 130, seed: 4, disasters: { restore: false, clone: true } });
});
