import type { CalendarDate } from './calendar-date.ts';
import { formatDay } from './date-words.ts';

/** November 2026 */
export function monthWords(date: CalendarDate, locale: string): string {
  return formatDay(date, locale, { month: 'long', year: 'numeric' });
}

export function weekdayShort(date: CalendarDate, locale: string): string {
  return formatDay(date, locale, { weekday: 'short' });
}
