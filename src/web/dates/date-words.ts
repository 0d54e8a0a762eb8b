import { type CalendarDate, daysBetween, yearOf } from './calendar-date.ts';

export type DateTone = 'overdue' | 'today' | 'tomorrow' | 'soon' | 'later';

export interface DateWords {
  readonly text: string;
  readonly tone: DateTone;
}

/** What words depend on besides the date. */
export interface DateContext {
  readonly today: CalendarDate;
  readonly locale: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are slow to make and lists need thousands of words. */
export function formatDay(date: CalendarDate, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  let formatter = formats.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    formats.set(key, formatter);
  }
  return formatter.format(Date.parse(`${date}T00:00:00Z`));
}

export function toneOf(date: CalendarDate, today: CalendarDate): DateTone {
  const days = daysBetween(today, date);
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days <= 7 ? 'soon' : 'later';
}

/** A day as people say it: Yesterday, Today, Friday, 2 Dec, 2 Dec 2027. */
export function dayWords(date: CalendarDate, { today, locale }: DateContext): string {
  const days = daysBetween(today, date);
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  if (days === -1) return 'Yesterday';
  if (days < 0 && days > -7) return `${-days} days ago`;
  if (days > 0 && days < 7) return formatDay(date, locale, { weekday: 'long' });
  return shortDate(date, { today, locale });
}

/** 2 Dec, with the year where it is not this one. */
export function shortDate(date: CalendarDate, { today, locale }: DateContext): string {
  const year = yearOf(date) === yearOf(today) ? {} : ({ year: 'numeric' } as const);
  return formatDay(date, locale, { day: 'numeric', month: 'short', ...year });
}

/** For screen readers and tooltips: Friday 20 November 2026. */
export function longDate(date: CalendarDate, locale: string): string {
  return formatDay(date, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** Thu 19 Nov */
export function dayLabel(date: CalendarDate, { today, locale }: DateContext): string {
  const year = yearOf(date) === yearOf(today) ? {} : ({ year: 'numeric' } as const);
  return formatDay(date, locale, { weekday: 'short', day: 'numeric', month: 'short', ...year });
}

const times = new Map<string, Intl.DateTimeFormat>();

/** `HH:MM` in the way of the locale: 17:30 or 5:30 pm. */
export function timeWords(time: string, locale: string): string {
  let formatter = times.get(locale);
  if (!formatter) {
    const { hour12 } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
    const hour = hour12 ? 'numeric' : '2-digit';
    formatter = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour, minute: '2-digit' });
    times.set(locale, formatter);
  }
  return formatter.format(Date.parse(`1970-01-01T${time}:00Z`));
}

interface When {
  readonly date: CalendarDate | null;
  readonly time: string | null;
  readonly evening: boolean;
}

/**
 * The date pill of a task; null when there is nothing to say. `groupDate` is the day that the surrounding list already
 * names, which the pill then leaves out.
 */
export function whenWords(task: When, context: DateContext, groupDate?: CalendarDate | null): DateWords | null {
  if (task.date === null) return null;
  const tone = toneOf(task.date, context.today);
  const parts = task.date === groupDate ? [] : [dayWords(task.date, context)];
  if (task.time) parts.push(timeWords(task.time, context.locale));
  else if (task.evening && task.date !== groupDate) parts.push('evening');
  return parts.length > 0 ? { text: parts.join(' '), tone } : null;
}
