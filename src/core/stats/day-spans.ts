import { type DayRule, startOfDay } from '#core/dates/personal-day.ts';
import type { Day } from '#core/quick-add/calendar.ts';

export const DAY_MS = 86_400_000;

/** Days in a row that last 24 hours each, but for the last one, which may last longer or not so long. */
export interface DaySpan {
  readonly first: Day;
  readonly days: number;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly before: number;
}

/**
 * All days from the first to the last of somebody, as few spans: what happened in one of them was on day
 * `first + floor((at - from) / DAY_MS)`, or on its last. So a database counts by day without knowing zones.
 */
export function daySpans(first: Day, last: Day, rule: DayRule): DaySpan[] {
  const spans: DaySpan[] = [];
  let [begin, from] = [first, startOfDay(first, rule)];
  let start = from;
  for (let day = first; day <= last; day++) {
    const end = startOfDay(day + 1, rule);
    if (end - start !== DAY_MS || day === last) {
      spans.push({ first: begin, days: day - begin + 1, from, before: end });
      [begin, from] = [day + 1, end];
    }
    start = end;
  }
  return spans;
}

export function dayIn({ first, days, from }: DaySpan, epochMs: number): Day {
  return first + Math.min(Math.floor((epochMs - from) / DAY_MS), days - 1);
}
