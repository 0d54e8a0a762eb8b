import { addMonths, type Day, isoWeek, isoWeekdayOf, startOfWeek, validDay } from '#core/quick-add/calendar.ts';
import { type Calendar, dayOf, type PeriodUnit } from '#core/quick-add/spoken-day.ts';
import { civilDateOf, dayNumberOf, daysInMonth, LAST_DAY, parseDate } from '#core/recurrence/wall-clock.ts';
import type { DateValue } from './filter.ts';

/** All days from the first to the last. */
export interface Span {
  readonly first: Day;
  readonly last: Day;
}

export type DayValue = Exclude<DateValue, { type: 'minutes' }>;

/**
 * The days that a value means on a day; null where the calendar has none. `isPast`: what has no year is not after
 * today.
 */
export function spanOf(value: DayValue, calendar: Calendar, isPast: boolean): Span | null {
  const { today } = calendar;
  switch (value.type) {
    case 'days':
      return { first: today + value.from, last: today + value.to };
    case 'weekday':
      return oneDay(isPast && !value.isNext ? lastWeekday(today, value.weekday) : dayOf(value, calendar));
    case 'weekend':
      return weekend(value.isNext, calendar, isPast);
    case 'period':
      return period(value.unit, value.offset, calendar);
    case 'day':
      return oneDay(parseDate(value.date));
    case 'yearly':
      return oneDay(isPast ? lastYearly(today, value) : dayOf(value, calendar));
    case 'month':
      return month(value.month, today, isPast);
    case 'week':
      return week(value.week, calendar, isPast);
    case 'months':
      return oneDay(clampedDay(addMonths(today, value.count)));
    case 'end':
    case 'workdays':
      return oneDay(dayOf(value, calendar));
  }
}

const FIRST_DAY = dayNumberOf(1, 1, 1);

/** The nearest day that a date of four digits can name. */
export function clampedDay(day: Day): Day {
  return Math.min(Math.max(day, FIRST_DAY), LAST_DAY);
}

function oneDay(day: Day | null): Span | null {
  return day === null ? null : { first: day, last: day };
}

function lastWeekday(today: Day, weekday: number): Day {
  return today - ((isoWeekdayOf(today) - weekday + 7) % 7);
}

function weekend(isNext: boolean, calendar: Calendar, isPast: boolean): Span | null {
  const { today } = calendar;
  const found = isPast && !isNext ? lastWeekday(today, 6) : dayOf({ type: 'weekend', isNext }, calendar);
  // On a Sunday this weekend has begun yesterday.
  return found === null ? null : { first: lastWeekday(found, 6), last: lastWeekday(found, 6) + 1 };
}

function period(unit: PeriodUnit, offset: number, { today, weekStart }: Calendar): Span {
  if (unit === 'week') {
    const first = startOfWeek(today, weekStart) + offset * 7;
    return { first, last: first + 6 };
  }
  const { year, day } = civilDateOf(today);
  const thisFirst = unit === 'month' ? today - day + 1 : dayNumberOf(year, 1, 1);
  const months = unit === 'month' ? 1 : 12;
  const first = addMonths(thisFirst, offset * months);
  return { first, last: addMonths(first, months) - 1 };
}

function lastYearly(today: Day, { month: of, day }: { month: number; day: number }): Day | null {
  const { year } = civilDateOf(today);
  for (let past = year; past >= year - 8; past--) {
    const value = validDay(past, of, day);
    if (value !== null && value <= today) return value;
  }
  return null;
}

function month(of: number, today: Day, isPast: boolean): Span {
  const { year, month: thisMonth } = civilDateOf(today);
  const shift = isPast ? (of <= thisMonth ? 0 : -1) : of >= thisMonth ? 0 : 1;
  const first = dayNumberOf(year + shift, of, 1);
  return { first, last: first + daysInMonth(year + shift, of) - 1 };
}

function week(of: number, calendar: Calendar, isPast: boolean): Span | null {
  const monday = isPast ? lastWeek(calendar.today, of) : dayOf({ type: 'week', week: of }, calendar);
  return monday === null ? null : { first: monday, last: monday + 6 };
}

function lastWeek(today: Day, of: number): Day | null {
  const { year } = civilDateOf(today);
  for (let past = year + 1; past >= year - 8; past--) {
    const monday = isoWeek(past, of);
    if (monday !== null && monday <= today) return monday;
  }
  return null;
}
