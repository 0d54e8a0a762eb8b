import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byRank, isRank, rankAtEnd, rankAtStart, rankBetween, ranksBetween, type Ranked } from './ordering.ts';

test('any sequence of insertions keeps the wanted order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 200 }), (places) => {
      const wanted: Ranked[] = [];
      places.forEach((place, n) => {
        const at = place % (wanted.length + 1);
        const rank = rankBetween(wanted[at - 1]?.rank ?? null, wanted[at]?.rank ?? null);
        expect(isRank(rank)).toBe(true);
        wanted.splice(at, 0, { id: String(n).padStart(4, '0'), rank });
      });
      expect(wanted.toSorted(byRank)).toEqual(wanted);
    }),
  );
});

test('between equal ranks there is still a place behind the first', () => {
  expect(rankBetween('a0', 'a0') > 'a0').toBe(true);
  expect(ranksBetween('a0', 'a0', 2)).toHaveLength(2);
});

test('ends lie outside all ranks, wherever those stand', () => {
  const rows = ['a5', 'a1', 'Zz'].map((rank) => ({ id: rank, rank }));
  expect(rankAtEnd(rows) > 'a5').toBe(true);
  expect(rankAtStart(rows) < 'Zz').toBe(true);
});

test.each(['', '0', '00', 'a', 'a00', 'zzz', '!'])('%j is no rank', (text) => {
  expect(isRank(text)).toBe(false);
});
