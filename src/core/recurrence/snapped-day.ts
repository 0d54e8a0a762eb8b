import type { Rule } from './rule.ts';
import { civilDateOf, dayNumberOf, daysInMonth, LAST_DAY, weekdayOf } from './wall-clock.ts';

/**
 * The weekday of the rule that is nearest to one interval after `completed`, and later than it. Who mows every second
 * Saturday and did it on a Tuesday has two weeks, give or take three days, and a Saturday again.
 */
export function snappedDay(rule: Rule, planned: number, completed: number): number | null {
  const weekdays = new Set(rule.byDay.length > 0 ? rule.byDay.map((day) => day.weekday) : [weekdayOf(planned)]);
  const target = oneIntervalAfter(rule, completed);
  for (let distance = 0; distance < 7; distance += 1) {
    for (const day of [target + distance, target - distance]) {
      if (day > completed && weekdays.has(weekdayOf(day))) return day <= LAST_DAY ? day : null;
    }
  }
  return null;
}

function oneIntervalAfter({ freq, interval }: Rule, day: number): number {
  if (freq === 'DAILY') return day + interval;
  if (freq === 'WEEKLY') return day + 7 * interval;
  const date = civilDateOf(day);
  const months = date.year * 12 + date.month - 1 + interval * (freq === 'MONTHLY' ? 1 : 12);
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  return dayNumberOf(year, month, Math.min(date.day, daysInMonth(year, month)));
}
