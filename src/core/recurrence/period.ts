import type { Rule } from './rule.ts';
import { type CivilDate, civilDateOf, dayNumberOf, daysInMonth, isLeapYear, weekdayOf } from './wall-clock.ts';

/**
 * Days, weeks, months and years are counted by one number each, so that "every n-th" is a multiplication and a rule
 * can be entered at any point of time without visiting what lies before.
 */
export function periodOf(rule: Rule, dayNumber: number): number {
  if (rule.freq === 'DAILY') return dayNumber;
  if (rule.freq === 'WEEKLY') return Math.floor((dayNumber - firstWeekStart(rule)) / 7);
  const { year, month } = civilDateOf(dayNumber);
  return rule.freq === 'MONTHLY' ? year * 12 + month - 1 : year;
}

/** After how many periods the same calendar meets the same interval: a rule that has been silent so long is over. */
export function periodsOfCycle(rule: Rule): number {
  const weekdaysOnly = rule.freq === 'DAILY' && rule.byMonth.length === 0 && rule.byMonthDay.length === 0;
  // The calendar repeats itself after 400 years, which are 20,871 weeks.
  const calendar = weekdaysOnly ? 7 : { DAILY: 146_097, WEEKLY: 20_871, MONTHLY: 4800, YEARLY: 400 }[rule.freq];
  return (calendar * rule.interval) / greatestCommonDivisor(calendar, rule.interval);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The first day of a period. */
export function firstDayOf(rule: Rule, period: number): number {
  if (rule.freq === 'DAILY') return period;
  if (rule.freq === 'WEEKLY') return period * 7 + firstWeekStart(rule);
  return rule.freq === 'MONTHLY'
    ? dayNumberOf(Math.floor(period / 12), (period % 12) + 1, 1)
    : dayNumberOf(period, 1, 1);
}

/** The first start of a week on or after 1970-01-01, a Thursday. */
function firstWeekStart(rule: Rule): number {
  return (rule.weekStart + 4) % 7;
}

/** The first period at or after `period` in which the rule's months allow anything. */
export function nextAllowedPeriod(rule: Rule, period: number): number {
  if (rule.byMonth.length === 0 || rule.freq === 'YEARLY' || rule.freq === 'WEEKLY') return period;
  const { year, month } =
    rule.freq === 'DAILY' ? civilDateOf(period) : { year: Math.floor(period / 12), month: (period % 12) + 1 };
  if (rule.byMonth.includes(month)) return period;
  const inThisYear = rule.byMonth.find((each) => each > month);
  const allowed = { year: inThisYear === undefined ? year + 1 : year, month: inThisYear ?? rule.byMonth[0] ?? 1 };
  return rule.freq === 'DAILY' ? dayNumberOf(allowed.year, allowed.month, 1) : allowed.year * 12 + allowed.month - 1;
}

/** What the start adds where the rule itself leaves the day open. */
export interface ImpliedDay {
  readonly weekday: number;
  readonly month: number;
  readonly day: number;
  /** Short months have the day as their last one; otherwise they are left out, as RFC 5545 says. */
  readonly clipped: boolean;
}

/** The days of a period that the rule allows, ascending, each once. */
export function daysOfPeriod(rule: Rule, period: number, implied: ImpliedDay): number[] {
  switch (rule.freq) {
    case 'DAILY':
      return allowsDay(rule, period) ? [period] : [];
    case 'WEEKLY':
      return daysOfWeek(rule, firstDayOf(rule, period), implied.weekday);
    case 'MONTHLY':
      return daysOfMonth(rule, Math.floor(period / 12), (period % 12) + 1, implied);
    case 'YEARLY':
      return daysOfYear(rule, period, implied);
  }
}

function allowsDay(rule: Rule, dayNumber: number): boolean {
  if (rule.byDay.length > 0 && !rule.byDay.some((day) => day.weekday === weekdayOf(dayNumber))) return false;
  if (rule.byMonth.length === 0 && rule.byMonthDay.length === 0) return true;
  const date = civilDateOf(dayNumber);
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(date.month)) return false;
  return rule.byMonthDay.length === 0 || hasMonthDay(rule, date);
}

function hasMonthDay(rule: Rule, { year, month, day }: CivilDate): boolean {
  return rule.byMonthDay.includes(day) || rule.byMonthDay.includes(day - daysInMonth(year, month) - 1);
}

function daysOfWeek(rule: Rule, weekStart: number, impliedWeekday: number): number[] {
  const weekdays = rule.byDay.length > 0 ? rule.byDay.map((day) => day.weekday) : [impliedWeekday];
  const days = weekdays.map((weekday) => weekStart + ((weekday - rule.weekStart + 7) % 7)).sort((a, b) => a - b);
  return rule.byMonth.length === 0 ? days : days.filter((day) => rule.byMonth.includes(civilDateOf(day).month));
}

function daysOfMonth(rule: Rule, year: number, month: number, implied: ImpliedDay): number[] {
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return [];
  const first = dayNumberOf(year, month, 1);
  const length = daysInMonth(year, month);
  if (rule.byMonthDay.length > 0) {
    const days = monthDays(rule, first, length);
    return rule.byDay.length > 0 ? intersect(days, weekdaysIn(rule, first, length)) : days;
  }
  if (rule.byDay.length > 0) return weekdaysIn(rule, first, length);
  return impliedDayIn(first, length, implied);
}

function impliedDayIn(first: number, length: number, { day, clipped }: ImpliedDay): number[] {
  if (day > length && !clipped) return [];
  return [first + Math.min(day, length) - 1];
}

function daysOfYear(rule: Rule, year: number, implied: ImpliedDay): number[] {
  if (rule.byMonth.length > 0) return rule.byMonth.flatMap((month) => daysOfMonth(rule, year, month, implied));
  if (rule.byMonthDay.length > 0) {
    const days = monthDaysOfYear(rule, year);
    // Without a month, ordinals count the weekdays of the year.
    return rule.byDay.length > 0 ? intersect(days, weekdaysOfYear(rule, year)) : days;
  }
  if (rule.byDay.length > 0) return weekdaysOfYear(rule, year);
  return impliedDayIn(dayNumberOf(year, implied.month, 1), daysInMonth(year, implied.month), implied);
}

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function weekdaysOfYear(rule: Rule, year: number): number[] {
  return weekdaysIn(rule, dayNumberOf(year, 1, 1), isLeapYear(year) ? 366 : 365);
}

function monthDaysOfYear(rule: Rule, year: number): number[] {
  return ALL_MONTHS.flatMap((month) => monthDays(rule, dayNumberOf(year, month, 1), daysInMonth(year, month)));
}

function monthDays(rule: Rule, first: number, length: number): number[] {
  const days = rule.byMonthDay
    .map((day) => (day > 0 ? day : length + 1 + day))
    .filter((day) => day >= 1 && day <= length);
  return distinct(days.map((day) => first + day - 1));
}

/** The weekdays of the rule among `length` days from `first`, ordinals counted within them. */
function weekdaysIn(rule: Rule, first: number, length: number): number[] {
  const days: number[] = [];
  for (const { weekday, ordinal } of rule.byDay) {
    const start = (weekday - weekdayOf(first) + 7) % 7;
    const last = start + Math.floor((length - 1 - start) / 7) * 7;
    if (ordinal === 0) for (let at = start; at <= last; at += 7) days.push(first + at);
    else {
      const at = ordinal > 0 ? start + (ordinal - 1) * 7 : last + (ordinal + 1) * 7;
      if (at >= 0 && at < length) days.push(first + at);
    }
  }
  return distinct(days);
}

function distinct(days: number[]): number[] {
  if (days.length < 2) return days;
  return [...new Set(days)].sort((a, b) => a - b);
}

function intersect(days: readonly number[], others: readonly number[]): number[] {
  const wanted = new Set(others);
  return days.filter((day) => wanted.has(day));
}
