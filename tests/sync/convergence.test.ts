import { afterAll, beforeAll, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { expectNoViolation } from './searching.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness({ engine: 'sqlite' });
});

afterAll(() => harness[Symbol.asyncDispose]());

const disasters = { restore: false, clone: false };

test('devices converge through lost, late, repeated and reordered messages, crashes, moves and revocations', async () => {
  await expectNoViolation(harness, { histories: 530, seed: 1, disasters });
});
