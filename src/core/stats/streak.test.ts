import { expect, test } from 'vitest';
import { streakOf } from './streak.ts';

test.for([
  [[], 0, 0],
  [[0, 0], 0, 0],
  [[1], 1, 1],
  [[2, 1, 0, 5], 1, 2],
  // The last day is not over.
  [[1, 1, 0], 2, 2],
  [[1, 1, 0, 0], 0, 2],
  [[1, 1, 1, 0, 1, 0], 1, 3],
] as const)('days with %j: now %i, at most %i', ([counts, current, longest]) => {
  expect(streakOf(counts)).toEqual({ current, longest });
});
