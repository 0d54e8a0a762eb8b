export interface Streak {
  /** Days in a row up to the last one; that one, if nothing was done on it yet, does not end them. */
  readonly current: number;
  readonly longest: number;
}

/** How many days in a row something was done, from the counts of consecutive days. */
export function streakOf(counts: readonly number[]): Streak {
  let [run, longest, current] = [0, 0, 0];
  for (const [n, count] of counts.entries()) {
    run = count > 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
    if (run > 0 || n < counts.length - 1) current = run;
  }
  return { current, longest };
}
