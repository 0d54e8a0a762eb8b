import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** Whether the library can count on from this rank; others match the pattern but would break their neighbours. */
export function isRank(rank: string): boolean {
  try {
    return generateKeyBetween(rank, null) > rank;
  } catch {
    return false;
  }
}

export interface Ranked {
  readonly id: string;
  readonly rank: string;
}

/** Manual order. Two devices may pick the same rank at the same time; the id then decides, everywhere alike. */
export function byRank(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** A rank after `before` and ahead of `after`; null stands for the start or the end of the list. */
export function rankBetween(before: string | null, after: string | null): string {
  // Equal ranks leave no room between them: the new row goes right behind the first.
  return generateKeyBetween(before, before !== null && after !== null && before >= after ? null : after);
}

export function ranksBetween(before: string | null, after: string | null, count: number): string[] {
  return generateNKeysBetween(before, before !== null && after !== null && before >= after ? null : after, count);
}

/** A rank behind everything in `rows`. */
export function rankAtEnd(rows: Iterable<Ranked>): string {
  let last: string | null = null;
  for (const { rank } of rows) if (last === null || rank > last) last = rank;
  return generateKeyBetween(last, null);
}

/** A rank ahead of everything in `rows`. */
export function rankAtStart(rows: Iterable<Ranked>): string {
  let first: string | null = null;
  for (const { rank } of rows) if (first === null || rank < first) first = rank;
  return generateKeyBetween(null, first);
}
