import type { DayRule } from '#core/dates/personal-day.ts';
import { addDays, todayIn, wallClock } from './calendar-date.ts';
import { type DateContext, shortDate, timeWords } from './date-words.ts';

/** When something happened: just now, 5 min ago, 14:05 today, else the date. */
export function momentWords(instant: string, nowMs: number, calendar: DateContext & DayRule): string {
  const { today, locale, timeZone, dayStart } = calendar;
  const elapsed = Math.floor((nowMs - Date.parse(instant)) / 60_000);
  if (elapsed < 1) return 'just now';
  if (elapsed < 60) return `${elapsed} min ago`;
  const date = todayIn(timeZone, Date.parse(instant), dayStart);
  const { time } = wallClock(Date.parse(instant), timeZone);
  const day = date === today ? 'today' : date === addDays(today, -1) ? 'yesterday' : shortDate(date, { today, locale });
  return `${day} ${timeWords(time, locale)}`;
}
