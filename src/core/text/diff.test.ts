import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diff, type Hunk, newBudget } from './diff.ts';

const fewItems = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });

/** `b`, put together from `a` and what a difference says about it. */
function applied(a: readonly string[], b: readonly string[], hunks: readonly Hunk[]): string[] {
  const made: string[] = [];
  let done = 0;
  for (const { aStart, aEnd, bStart, bEnd } of hunks) {
    made.push(...a.slice(done, aStart), ...b.slice(bStart, bEnd));
    done = aEnd;
  }
  return [...made, ...a.slice(done)];
}

/** Items that differ, by the textbook's table of longest common subsequences. */
function shortestEditLength(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const item of a) {
    const next = [0];
    for (let j = 1; j <= b.length; j++) {
      next.push(item === b[j - 1] ? row[j - 1]! + 1 : Math.max(row[j]!, next[j - 1]!));
    }
    row = next;
  }
  return a.length + b.length - 2 * row[b.length]!;
}

test('a difference turns the one into the other, is the shortest there is, and its stretches do not touch', () => {
  fc.assert(
    fc.property(fewItems, fewItems, (a, b) => {
      const hunks = diff(a, b);
      expect(applied(a, b, hunks)).toEqual(b);
      const length = hunks.reduce((sum, each) => sum + each.aEnd - each.aStart + each.bEnd - each.bStart, 0);
      expect(length).toBe(shortestEditLength(a, b));
      for (const [i, hunk] of hunks.slice(1).entries()) expect(hunk.aStart).toBeGreaterThan(hunks[i]!.aEnd);
    }),
    { numRuns: 2_000 },
  );
});

test('equal sequences do not differ', () => {
  expect(diff([], [])).toEqual([]);
  expect(diff(['a', 'b'], ['a', 'b'])).toEqual([]);
});

test('without budget everything between the equal ends differs', () => {
  const [a, b] = ['xabcdy'.split(''), 'xbadcy'.split('')];
  expect(diff(a, b, { steps: 3 })).toEqual([{ aStart: 1, aEnd: 5, bStart: 1, bEnd: 5 }]);
  expect(diff(a, b).length).toBeGreaterThan(1);
});

test('one budget serves several differences', () => {
  const budget = newBudget();
  diff('abcdef'.split(''), 'badcfe'.split(''), budget);
  expect(budget.steps).toBeLessThan(newBudget().steps);
});
