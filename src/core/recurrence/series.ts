import { wallMinuteAt } from '#core/dates/zone-clock.ts';
import { daysOfPeriod, firstDayOf, type ImpliedDay, nextAllowedPeriod, periodOf, periodsOfCycle } from './period.ts';
import type { Rule } from './rule.ts';
import { minutesOfDay, placesOf } from './times-of-day.ts';
import { civilDateOf, LAST_DAY, MINUTES_PER_DAY, weekdayOf } from './wall-clock.ts';

/** A rule and what it counts from. Moments are minutes of the wall clock since 1970-01-01T00:00. */
export interface Series {
  readonly rule: Rule;
  /** DTSTART of RFC 5545: sets the phase of the interval and what the rule leaves open. Nothing lies before it. */
  readonly start: number;
  /** The day of the month that was meant where the rule names none; short months then have it as their last day. */
  readonly intendedDay?: number | null;
  /** Where an end that is written in UTC is looked up; without it the end is read as it stands. */
  readonly timeZone?: string | null;
}

/**
 * The occurrences at or after `from`, strictly ascending. It enters the rule at the period of `from` without visiting
 * what lies before, except that a COUNT has to be counted, and ends by itself when nothing can follow.
 */
export function* occurrencesFrom(series: Series, from: number): Generator<number, void> {
  const { rule, start } = series;
  const end = endOf(series);
  const begin = rule.count === null ? Math.max(from, start) : start;
  let counted = 0;
  for (const moment of momentsFrom(series, begin, end)) {
    counted += 1;
    if (moment >= from) yield moment;
    if (counted === rule.count) return;
  }
}

export function firstFrom(series: Series, from: number): number | null {
  return occurrencesFrom(series, from).next().value ?? null;
}

export function dayOfMoment(moment: number): number {
  return Math.floor(moment / MINUTES_PER_DAY);
}

export function minuteOfMoment(moment: number): number {
  return moment - dayOfMoment(moment) * MINUTES_PER_DAY;
}

function endOf({ rule: { until }, timeZone }: Series): number {
  if (!until) return Number.POSITIVE_INFINITY;
  return until.utc && timeZone ? wallMinuteAt(new Date(until.minute * 60_000).toISOString(), timeZone) : until.minute;
}

function* momentsFrom(series: Series, begin: number, end: number): Generator<number, void> {
  const { rule, start } = series;
  const implied = impliedBy(series);
  const times = minutesOfDay(rule, minuteOfMoment(start));
  const origin = periodOf(rule, dayOfMoment(start));
  const align = (period: number): number => origin + Math.ceil((period - origin) / rule.interval) * rule.interval;
  const patience = canPick(rule, times.length) ? periodsOfCycle(rule) : -1;
  let period = align(periodOf(rule, dayOfMoment(begin)));
  let lastHit = period;
  while (period - lastHit <= patience) {
    const firstDay = firstDayOf(rule, period);
    if (firstDay > LAST_DAY || firstDay * MINUTES_PER_DAY > end) return;
    const allowed = nextAllowedPeriod(rule, period);
    if (allowed > period) {
      period = align(allowed);
      continue;
    }
    const days = daysOfPeriod(rule, period, implied);
    const places = placesOf(rule, days.length * times.length);
    const size = places?.length ?? days.length * times.length;
    for (let n = 0; n < size; n += 1) {
      const place = places?.[n] ?? n;
      const day = days[Math.floor(place / times.length)] ?? 0;
      const moment = day * MINUTES_PER_DAY + (times[place % times.length] ?? 0);
      if (moment > end || day > LAST_DAY) return;
      if (moment < begin) continue;
      lastHit = period;
      yield moment;
    }
    period += rule.interval;
  }
}

/** Whether any place that BYSETPOS names can exist: searching 400 years for what cannot be takes long. */
function canPick(rule: Rule, timesPerDay: number): boolean {
  const most = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[rule.freq] * timesPerDay;
  return rule.bySetPos.length === 0 || rule.bySetPos.some((position) => Math.abs(position) <= most);
}

function impliedBy({ start, intendedDay }: Series): ImpliedDay {
  const { month, day } = civilDateOf(dayOfMoment(start));
  const meant = intendedDay ?? null;
  return { weekday: weekdayOf(dayOfMoment(start)), month, day: meant ?? day, clipped: meant !== null };
}
