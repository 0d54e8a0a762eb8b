import { type Budget, diff, type Hunk } from './diff.ts';

/** One stretch of a merge: what both sides made of the same items of the base. */
export interface Region {
  readonly base: readonly string[];
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
  /** Whose the stretch is: nobody changed it, one side did, or both did. */
  readonly changedBy: 'nobody' | 'theirs' | 'mine' | 'both';
}

/**
 * Cuts two later versions of `base` into stretches. Changes with no more than `near` unchanged items between them are
 * one stretch; with a negative `near`, changes may even touch as long as they change no item together.
 */
export function regionsOf(
  base: readonly string[],
  theirs: readonly string[],
  mine: readonly string[],
  near: number,
  budget: Budget,
): Region[] {
  const left = new Side(diff(base, theirs, budget), theirs);
  const right = new Side(diff(base, mine, budget), mine);
  const regions: Region[] = [];
  let done = 0;
  const add = (start: number, end: number, changedBy: Region['changedBy']): void => {
    if (changedBy === 'nobody' && start === end) return;
    regions.push({ base: base.slice(start, end), theirs: left.upTo(end), mine: right.upTo(end), changedBy });
    done = end;
  };
  for (;;) {
    const first = earlier(left.next, right.next);
    if (!first) break;
    add(done, first.aStart, 'nobody');
    let { aStart: start, aEnd: end } = first;
    const before = [left.taken, right.taken] as const;
    for (let grown = true; grown; ) {
      grown = false;
      for (const side of [left, right]) {
        const { next } = side;
        if (!next || (next !== first && !isNear(next, start, end, near))) continue;
        start = Math.min(start, next.aStart);
        end = Math.max(end, next.aEnd);
        side.taken++;
        grown = true;
      }
    }
    const [byLeft, byRight] = [left.taken > before[0], right.taken > before[1]];
    add(start, end, byLeft && byRight ? 'both' : byLeft ? 'theirs' : 'mine');
  }
  add(done, base.length, 'nobody');
  return regions;
}

/** One of the two later versions, read from its start to its end. */
class Side {
  /** Hunks that stretches cover already. */
  taken = 0;
  readonly #hunks: readonly Hunk[];
  readonly #items: readonly string[];
  #read = 0;

  constructor(hunks: readonly Hunk[], items: readonly string[]) {
    this.#hunks = hunks;
    this.#items = items;
  }

  get next(): Hunk | undefined {
    return this.#hunks[this.taken];
  }

  /** What this version has, after what was read, for the base up to `end`. */
  upTo(end: number): readonly string[] {
    const last = this.#hunks[this.taken - 1];
    const until = last ? end - last.aEnd + last.bEnd : end;
    const items = this.#items.slice(this.#read, until);
    this.#read = until;
    return items;
  }
}

/** At the same place an insertion comes first. */
function earlier(a: Hunk | undefined, b: Hunk | undefined): Hunk | undefined {
  if (!a || !b) return a ?? b;
  return b.aStart < a.aStart || (b.aStart === a.aStart && b.aEnd < a.aEnd) ? b : a;
}

function isNear({ aStart, aEnd }: Hunk, start: number, end: number, near: number): boolean {
  if (near >= 0) return aStart <= end + near;
  // Two insertions at one place are one stretch; an insertion at the edge of another change is none.
  if (start === end && aStart === aEnd) return aStart === start;
  return aStart < end && aEnd > start;
}
