import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAlike, isSimilar, typosAllowed } from './similar-words.ts';
import { Vocabulary } from './vocabulary.ts';

/** The distance by its definition. */
function distance(a: string, b: string): number {
  const of = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    return Math.min(
      of(i - 1, j) + 1,
      of(i, j - 1) + 1,
      of(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      ...(swapped ? [of(i - 2, j - 2) + 1] : []),
    );
  };
  return of(a.length, b.length);
}

function endsAlike(start: string, term: string): boolean {
  if (start.at(-1) === term.at(-1)) return true;
  return start.at(-1) === term.at(-2) && start.at(-2) === term.at(-1) && start.length > 1;
}

function isSimilarByDefinition(word: string, term: string, max: number): boolean {
  if (!beginsAlike(word, term)) return false;
  if (distance(word, term) <= max) return true;
  for (let length = 1; length < word.length; length++) {
    const start = word.slice(0, length);
    if (endsAlike(start, term) && distance(start, term) <= max) return true;
  }
  return false;
}

test.each([
  ['milk', 'mlik', 1, true],
  ['milk', 'mikl', 1, true],
  ['milk', 'milkk', 1, true],
  ['milk', 'silk', 1, false],
  ['million', 'milk', 1, false],
  ['breakfast', 'brakf', 1, true],
  ['rechnung', 'rehcnugn', 2, true],
  ['rechnung', 'rehcnugn', 1, false],
])('%s for %s with %i slips: %s', (word, term, max, expected) => {
  expect(isSimilar(word, term, max)).toBe(expected);
});

test('short words and numbers are taken as they are', () => {
  expect(['abc', 'abcd', 'abcdefg', 'abcdefgh', 'room2345'].map(typosAllowed)).toEqual([0, 1, 1, 2, 0]);
});

const letters = (max: number) => fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: max });

test('a walk through sorted words visits exactly those that the definition names', () => {
  fc.assert(
    fc.property(fc.uniqueArray(letters(8)), letters(6), fc.constantFrom(1, 2), (words, term, max) => {
      const vocabulary = new Vocabulary();
      for (const word of words) vocabulary.postingsOf(word);
      const visited: string[] = [];
      vocabulary.similarTo(term, max, (word) => visited.push(word));
      const expected = words.filter((word) => isSimilarByDefinition(word, term, max));
      expect(visited.toSorted()).toEqual(expected.toSorted());
      expect(words.filter((word) => isSimilar(word, term, max)).toSorted()).toEqual(expected.toSorted());
    }),
  );
});
