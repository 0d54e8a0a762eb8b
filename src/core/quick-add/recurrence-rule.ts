import { firstOccurrence, type Plan } from '#core/recurrence/next-occurrence.ts';
import { WEEKDAY_CODES } from '#core/recurrence/rule.ts';
import { formatDate } from '#core/recurrence/wall-clock.ts';
import { type Day } from './calendar.ts';

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
    rule.until !== undefined && `UNTIL=${formatDate(rule.until).replaceAll('-', '')}`,
    rule.weekStart !== undefined && `WKST=${codeOf(rule.weekStart)}`,
  ];
  return parts.filter((part) => part !== false && part !== undefined).join(';');
}

/**
 * When the rule begins at or after a day and time; null when it never does. An interval counts from there, so every
 * other Monday begins on the next one.
 */
export function firstOf(rule: Rule, from: Day, time: string | null): Pick<Plan, 'date' | 'time'> | null {
  const { until: _until, count: _count, ...endless } = rule;
  const recurrence = {
    rule: printRule({ ...endless, interval: 1 }),
    anchor: 'schedule' as const,
    intendedDay: rule.intendedDay ?? null,
  };
  // On the wall clock: the zone plays no part in a rule without an end.
  return firstOccurrence({ date: formatDate(from), time, timeZone: 'UTC', recurrence });
}

/** In rules of several weeks the start of the week decides which week a day is in (RFC 5545 §3.3.10, WKST). */
export function withWeekStart(rule: Rule, weekStart: number): Rule {
  return rule.freq === 'WEEKLY' && rule.interval > 1 && rule.byDay && weekStart !== 1 ? { ...rule, weekStart } : rule;
}
