/** A stretch in which two sequences differ: `[aStart, aEnd)` of the one became `[bStart, bEnd)` of the other. */
export interface Hunk {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** Comparisons that are left. Counted instead of timed, so that every run agrees. */
export interface Budget {
  steps: number;
}

/** Less than a tenth of a second. */
export function newBudget(): Budget {
  return { steps: 1_000_000 };
}

/** Items that may come and go in all; the search remembers the square of it. */
const EDITS_MAX = 1_000;

/**
 * Where `a` and `b` differ, in order; neighbours have something in common between them. Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986). Where the budget does not suffice, they differ as a whole between their equal
 * ends, so that the time is bounded whatever the input is.
 */
export function diff(a: readonly string[], b: readonly string[], budget = newBudget()): Hunk[] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let same = 0;
  while (same < shorter - start && a[a.length - 1 - same] === b[b.length - 1 - same]) same++;
  const aEnd = a.length - same;
  const bEnd = b.length - same;
  if (start === aEnd && start === bEnd) return [];
  const whole = { aStart: start, aEnd, bStart: start, bEnd };
  if (start === aEnd || start === bEnd) return [whole];
  const [from, to] = numbered(a.slice(start, aEnd), b.slice(start, bEnd));
  return shortestEdit(from, to, start, budget) ?? [whole];
}

/** Equal items get equal numbers, which compare faster than text. */
function numbered(...sequences: readonly [readonly string[], readonly string[]]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const [from, to] = sequences.map((items) =>
    Int32Array.from(items, (item) => {
      const number = numbers.get(item) ?? numbers.size;
      numbers.set(item, number);
      return number;
    }),
  );
  return [from ?? new Int32Array(), to ?? new Int32Array()];
}

/** Undefined when the search would take too long. */
function shortestEdit(a: Int32Array, b: Int32Array, offset: number, budget: Budget): Hunk[] | undefined {
  const rounds = Math.min(a.length + b.length, EDITS_MAX);
  /** By diagonal `x - y`, shifted to be positive: how far `x` has come. */
  const reach = new Int32Array(2 * rounds + 3);
  const zero = rounds + 1;
  const trace: Int32Array[] = [];
  for (let d = 0; d <= rounds; d++) {
    trace.push(reach.slice(zero - d - 1, zero + d + 2));
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(reach, zero + k, d, k) ? at(reach, zero + k + 1) : at(reach, zero + k - 1) + 1;
      const from = x;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      budget.steps -= x - from + 1;
      if (budget.steps < 0) return undefined;
      reach[zero + k] = x;
      if (x >= a.length && x - k >= b.length) return hunksOf(trace, a.length, b.length, offset);
    }
  }
  return undefined;
}

function at(reach: Int32Array, index: number): number {
  return reach[index] ?? 0;
}

/** Whether the furthest way to a diagonal inserts an item of `b`, rather than leaving out one of `a`. */
function comesFromAbove(reach: Int32Array, index: number, d: number, k: number): boolean {
  return k === -d || (k !== d && at(reach, index - 1) < at(reach, index + 1));
}

/** Walks the search back from the end, and joins steps that follow each other. */
function hunksOf(trace: readonly Int32Array[], aLength: number, bLength: number, offset: number): Hunk[] {
  const hunks: Hunk[] = [];
  let x = aLength;
  let y = bLength;
  for (let d = trace.length - 1; d > 0; d--) {
    const reach = trace[d] ?? new Int32Array();
    const k = x - y;
    const index = d + 1 + k;
    const inserted = comesFromAbove(reach, index, d, k);
    const fromX = inserted ? at(reach, index + 1) : at(reach, index - 1);
    const fromY = fromX - (inserted ? k + 1 : k - 1);
    const step = {
      aStart: fromX + offset,
      aEnd: fromX + (inserted ? 0 : 1) + offset,
      bStart: fromY + offset,
      bEnd: fromY + (inserted ? 1 : 0) + offset,
    };
    const next = hunks.at(-1);
    if (next && next.aStart === step.aEnd && next.bStart === step.bEnd) {
      hunks[hunks.length - 1] = { ...next, aStart: step.aStart, bStart: step.bStart };
    } else {
      hunks.push(step);
    }
    x = fromX;
    y = fromY;
  }
  return hunks.reverse();
}
