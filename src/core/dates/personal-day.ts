import type { Day } from '#core/quick-add/calendar.ts';
import { MINUTES_PER_DAY } from '#core/recurrence/wall-clock.ts';
import { firstInstantAt, wallTimeAt } from './zone-clock.ts';

/** By which clock somebody lives, and when a day of theirs begins. */
export interface DayRule {
  /** IANA, known to the runtime. */
  readonly timeZone: string;
  /** Minutes after midnight; what is done before counts for the day before. */
  readonly dayStart: number;
}

/** No clock is put back by more than this. */
const PUT_BACK_MINUTES = 180;

/**
 * The day that an instant counts for, as a number since 1970-01-01: the one rule for what "today" is. A day lasts from
 * its beginning to that of the next, also where the clock shows the beginning twice or not at all.
 */
export function personalDayAt(epochMs: number, rule: DayRule): Day {
  const { day, minutes } = wallTimeAt(epochMs, rule.timeZone);
  const shown = minutes < rule.dayStart ? day - 1 : day;
  const left = (rule.dayStart - minutes + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  // A clock that was put back shows the evening before, or the hour before the beginning, for a second time.
  const isShownAgain = left > 0 && left <= PUT_BACK_MINUTES && startOfDay(shown + 1, rule) <= epochMs;
  return isShownAgain ? shown + 1 : shown;
}

/** Epoch milliseconds of the first instant that counts for the day. */
export function startOfDay(day: Day, { timeZone, dayStart }: DayRule): number {
  return firstInstantAt({ day, minutes: dayStart }, timeZone);
}
