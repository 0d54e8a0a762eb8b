import { addMonths, civilOf, type Day, daysInMonth, dayOf, printDay, weekdayOf } from './calendar.ts';

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** The part of RFC 5545 §3.3.10 that can be said in a line. */
export interface Rule {
  readonly freq: Frequency;
  readonly interval: number;
  /** ISO weekdays; `nth` counts within the month, from its end when negative. */
  readonly byDay?: readonly { readonly weekday: number; readonly nth?: number }[];
  readonly byMonthDay?: readonly number[];
  readonly byMonth?: number;
  readonly bySetPos?: readonly number[];
  readonly byHour?: readonly number[];
  readonly byMinute?: readonly number[];
  readonly count?: number;
  readonly until?: Day;
  readonly weekStart?: number;
  /** A day that short months do not have, such as the 31st: they take their last one. */
  readonly intendedDay?: number;
}

export const WEEKDAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

function codeOf(weekday: number): string {
  return WEEKDAY_CODES[weekday - 1] ?? '';
}

export function printRule(rule: Rule): string {
  const parts = [
    `FREQ=${rule.freq}`,
    rule.interval > 1 && `INTERVAL=${rule.interval}`,
    rule.byMonth !== undefined && `BYMONTH=${rule.byMonth}`,
    rule.byMonthDay && `BYMONTHDAY=${rule.byMonthDay.join(',')}`,
    rule.byDay && `BYDAY=${rule.byDay.map(({ weekday, nth }) => `${nth ?? ''}${codeOf(weekday)}`).join(',')}`,
    rule.byHour && `BYHOUR=${rule.byHour.join(',')}`,
    rule.byMinute && `BYMINUTE=${rule.byMinute.join(',')}`,
    rule.bySetPos && `BYSETPOS=${rule.bySetPos.join(',')}`,
    rule.count !== undefined && `COUNT=${rule.count}`,
    rule.until !== undefined && `UNTIL=${printDay(rule.until).replaceAll('-', '')}`,
    rule.weekStart !== undefined && `WKST=${codeOf(rule.weekStart)}`,
  ];
  return parts.filter((part) => part !== false && part !== undefined).join(';');
}

/** As far as a day that a month may have only in leap years: eight years, of which one may not be a leap year. */
const SEARCH_DAYS = 366 * 8 + 31;

/** The first day of the rule on or after `from`; null when it has none that can be found. */
export function firstDay(rule: Rule, from: Day): Day | null {
  if (rule.intendedDay !== undefined) return firstIntended(rule.intendedDay, from);
  if (!rule.byDay && !rule.byMonthDay && rule.byMonth === undefined) return from;
  for (let day = from; day <= from + SEARCH_DAYS; day++) if (occursOn(rule, day)) return day;
  return null;
}

function firstIntended(intended: number, from: Day): Day {
  const inMonthOf = (day: Day) => {
    const { year, month } = civilOf(day);
    return dayOf(year, month, Math.min(intended, daysInMonth(year, month)));
  };
  const first = inMonthOf(from);
  return first >= from ? first : inMonthOf(addMonths(from - civilOf(from).day + 1, 1));
}

/** Whether the by-parts allow the day; the interval counts from the first occurrence, so it plays no part here. */
function occursOn(rule: Rule, day: Day): boolean {
  const weekday = weekdayOf(day);
  const isWeekdayOfRule = rule.byDay?.some((each) => each.weekday === weekday) ?? true;
  if (!isWeekdayOfRule) return false;
  const { year, month, day: dayOfMonth } = civilOf(day);
  if (rule.byMonth !== undefined && rule.byMonth !== month) return false;
  const length = daysInMonth(year, month);
  const fromEnd = dayOfMonth - length - 1;
  if (rule.byMonthDay && !rule.byMonthDay.some((each) => each === dayOfMonth || each === fromEnd)) return false;
  // With times of day it picks among those, and every day has them.
  if (rule.bySetPos && !rule.byHour) return isAtPosition(rule, day, dayOfMonth, length);
  return (
    rule.byDay?.some(({ weekday: wanted, nth }) => {
      if (wanted !== weekday) return false;
      return nth === undefined || nth === Math.ceil(dayOfMonth / 7) || nth === -Math.ceil(-fromEnd / 7);
    }) ?? true
  );
}

/** Counts the days of the month that the rule's weekdays allow, from its start or its end. */
function isAtPosition(rule: Rule, day: Day, dayOfMonth: number, length: number): boolean {
  const position = rule.bySetPos?.[0] ?? 1;
  const [from, to] = position > 0 ? [day - dayOfMonth + 1, day] : [day, day - dayOfMonth + length];
  let count = 0;
  for (let each = from; each <= to; each++) {
    if (rule.byDay?.some(({ weekday }) => weekday === weekdayOf(each))) count++;
  }
  return count === Math.abs(position);
}

/** In rules of several weeks the start of the week decides which week a day is in (RFC 5545 §3.3.10, WKST). */
export function withWeekStart(rule: Rule, weekStart: number): Rule {
  return rule.freq === 'WEEKLY' && rule.interval > 1 && rule.byDay && weekStart !== 1 ? { ...rule, weekStart } : rule;
}
