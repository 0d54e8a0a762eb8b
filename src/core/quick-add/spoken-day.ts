import { civilDateOf, dayNumberOf, daysInMonth } from '#core/recurrence/wall-clock.ts';
import {
  addMonths,
  addWorkdays,
  type Day,
  isoWeek,
  isoWeekdayOf,
  nextWeekday,
  startOfWeek,
  validDay,
} from './calendar.ts';

/** A day as people say it, before it is known what today is. */
export type SpokenDay =
  /** So many days after today. */
  | { readonly type: 'days'; readonly count: number }
  /** ISO: 1 is Monday. `isNext`: in the next week of the calendar, else the first after today. */
  | { readonly type: 'weekday'; readonly weekday: number; readonly isNext: boolean }
  /** Its Saturday, or today when it has begun. */
  | { readonly type: 'weekend'; readonly isNext: boolean }
  /** The first day of the next week, month or year. */
  | { readonly type: 'next'; readonly unit: PeriodUnit }
  /** The last day of this one. */
  | { readonly type: 'end'; readonly unit: PeriodUnit }
  | { readonly type: 'day'; readonly day: Day }
  /** Without its year: the next one, today included. */
  | { readonly type: 'yearly'; readonly month: number; readonly day: number }
  /** The Monday of a week of ISO 8601 that is not past. */
  | { readonly type: 'week'; readonly week: number }
  | { readonly type: 'workdays'; readonly count: number };

export type PeriodUnit = 'week' | 'month' | 'year';

export interface Calendar {
  readonly today: Day;
  /** ISO weekday. */
  readonly weekStart: number;
}

/** Null where the calendar has no such day. */
export function dayOf(spoken: SpokenDay, { today, weekStart }: Calendar): Day | null {
  switch (spoken.type) {
    case 'days':
      return today + spoken.count;
    case 'weekday':
      return nextWeekday(spoken.isNext ? startOfWeek(today, weekStart) + 6 : today, spoken.weekday);
    case 'weekend':
      if (spoken.isNext) return nextWeekday(startOfWeek(today, weekStart) + 6, 6);
      return isoWeekdayOf(today) >= 6 ? today : nextWeekday(today, 6);
    case 'next':
      return firstOfNext(spoken.unit, today, weekStart);
    case 'end':
      return lastDayOf(spoken.unit, today, weekStart);
    case 'day':
      return spoken.day;
    case 'yearly':
      return dayInYear(today, spoken.month, spoken.day);
    case 'week':
      return mondayOfWeek(today, spoken.week);
    case 'workdays':
      return addWorkdays(today, spoken.count);
  }
}

function firstOfNext(unit: PeriodUnit, today: Day, weekStart: number): Day {
  if (unit === 'week') return startOfWeek(today, weekStart) + 7;
  const { year, day } = civilDateOf(today);
  return unit === 'month' ? addMonths(today - day + 1, 1) : dayNumberOf(year + 1, 1, 1);
}

function lastDayOf(unit: PeriodUnit, today: Day, weekStart: number): Day {
  const { year, month } = civilDateOf(today);
  if (unit === 'week') return startOfWeek(today, weekStart) + 6;
  return unit === 'month' ? dayNumberOf(year, month, daysInMonth(year, month)) : dayNumberOf(year, 12, 31);
}

/** 29 February may be eight years away. */
function dayInYear(today: Day, month: number, day: number): Day | null {
  const { year } = civilDateOf(today);
  for (let next = year; next <= year + 8; next++) {
    const value = validDay(next, month, day);
    if (value !== null && value >= today) return value;
  }
  return null;
}

/** A week that is past, or that this year lacks, is one of a later year; the week that has begun is not past. */
function mondayOfWeek(today: Day, week: number): Day | null {
  const { year } = civilDateOf(today);
  for (let next = year - 1; week > 0 && next <= year + 8; next++) {
    const monday = isoWeek(next, week);
    if (monday !== null && monday + 6 >= today) return monday;
  }
  return null;
}
