import { civilDateOf, dayNumberOf, daysInMonth, weekdayOf } from '#core/recurrence/wall-clock.ts';

/** Calendar days counted from 1970-01-01. */
export type Day = number;

/** The day, unless the calendar does not have it. */
export function validDay(year: number, month: number, day: number): Day | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return dayNumberOf(year, month, day);
}

/** ISO: 1 is Monday, 7 is Sunday. 1970-01-01 was a Thursday. */
export function isoWeekdayOf(day: Day): number {
  return weekdayOf(day) + 1;
}

/** The next such weekday strictly after `day`. */
export function nextWeekday(day: Day, weekday: number): Day {
  return day + ((weekday - isoWeekdayOf(day) + 6) % 7) + 1;
}

export function startOfWeek(day: Day, weekStart: number): Day {
  return day - ((isoWeekdayOf(day) - weekStart + 7) % 7);
}

/** The same day of another month; its last day where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, day: dayOfMonth } = civilDateOf(day);
  const count = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  return dayNumberOf(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)));
}

/** The n-th working day after `day`, Monday to Friday. */
export function addWorkdays(day: Day, count: number): Day {
  // From a weekend it counts as from the Friday before.
  const weekday = isoWeekdayOf(day);
  const from = weekday > 5 ? day - (weekday - 5) : day;
  const total = Math.min(weekday, 5) - 1 + count;
  return from - (Math.min(weekday, 5) - 1) + Math.floor(total / 5) * 7 + (total % 5);
}

/** The Monday of a week of ISO 8601, unless the year does not have it. */
export function isoWeek(year: number, week: number): Day | null {
  const monday = (of: number) => startOfWeek(dayNumberOf(of, 1, 4), 1);
  const start = monday(year) + (week - 1) * 7;
  return week >= 1 && start < monday(year + 1) ? start : null;
}
