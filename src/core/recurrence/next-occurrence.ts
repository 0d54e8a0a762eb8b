import { personalDayAt } from '#core/dates/personal-day.ts';
import { wallMinuteAt } from '#core/dates/zone-clock.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import { parseRule } from './parse-rule.ts';
import { hasTimes, printRule, type Rule } from './rule.ts';
import { dayOfMoment, firstFrom, minuteOfMoment, occurrencesFrom, type Series } from './series.ts';
import { snappedDay } from './snapped-day.ts';
import { civilDateOf, formatDate, formatTime, MINUTES_PER_DAY, parseDate, parseTime } from './wall-clock.ts';

/** The part of a task that decides when it is next. */
export interface Plan {
  readonly date: string;
  readonly time: string | null;
  /** The zone on whose wall clock date and time are read. */
  readonly timeZone: string;
  readonly recurrence: Recurrence;
}

/** Where a task goes on; its `recurrence` no longer remembers a moved occurrence and counts what is left. */
export type NextOccurrence = Pick<Plan, 'date' | 'time' | 'recurrence'>;

/** What the wall clock shows when somebody acts. */
export interface WallClock {
  /** Minutes since 1970-01-01T00:00. */
  readonly moment: number;
  /** The day that it counts for: before the personal start of a day it is still the day before. */
  readonly day: number;
}

/** `dayStart` is in minutes after midnight. */
export function wallClockAt(instant: string, timeZone: string, dayStart = 0): WallClock {
  const day = personalDayAt(Date.parse(instant), { timeZone, dayStart });
  return { moment: wallMinuteAt(instant, timeZone), day };
}

/** Which occurrence a task stands for: `2026-11-23`, with the time where the rule has several a day. */
export function occurrenceOf({ date, time, recurrence }: Omit<Plan, 'timeZone'>): string {
  if (recurrence.occurrence !== undefined) return recurrence.occurrence;
  return time !== null && hasTimes(parseRule(recurrence.rule)) ? `${date}T${time}` : date;
}

/**
 * The occurrence after the current one has been completed, or null when that was the last one. Pure arithmetic on
 * the row and the given clock, so that a device without a network finds the same date as the server.
 */
export function nextAfterCompletion(plan: Plan, clock: WallClock): NextOccurrence | null {
  const rule = parseRule(plan.recurrence.rule);
  const current = currentMoment(plan, rule);
  const timed = hasTimes(rule) || plan.time !== null;
  switch (plan.recurrence.anchor) {
    case 'schedule': {
      // Whoever is late continues in the future, unless every occurrence has to be done.
      const afterNow = timed ? clock.moment + 1 : (clock.day + 1) * MINUTES_PER_DAY;
      const from = plan.recurrence.catchUp === 'each' ? current + 1 : Math.max(current + 1, afterNow);
      return scheduled(plan, rule, current, from);
    }
    case 'completion': {
      const start = hasTimes(rule) ? clock.moment : clock.day * MINUTES_PER_DAY + minuteOfMoment(current);
      const series = seriesOf(plan, rule, start, civilDateOf(dayOfMoment(start)).day);
      return counted(plan, rule, firstFrom(series, hasTimes(rule) ? start + 1 : (clock.day + 1) * MINUTES_PER_DAY), 1);
    }
    case 'completion-weekday':
      return snapped(plan, rule, current, clock.day);
  }
}

/** The occurrence after the current one when that is left out: the next one that is not past. */
export function nextAfterSkip(plan: Plan, clock: WallClock): NextOccurrence | null {
  const rule = parseRule(plan.recurrence.rule);
  const current = currentMoment(plan, rule);
  if (plan.recurrence.anchor === 'completion-weekday') {
    return snapped(plan, rule, current, Math.max(dayOfMoment(current), clock.day - 1));
  }
  const timed = hasTimes(rule) || plan.time !== null;
  return scheduled(plan, rule, current, Math.max(current + 1, timed ? clock.moment : clock.day * MINUTES_PER_DAY));
}

/** Where a task goes on after a pause: at the occurrence it stood at, or at the first one from today if that is past. */
export function nextAfterPause(plan: Plan, clock: WallClock): NextOccurrence | null {
  const { date, time, recurrence } = plan;
  if (parseDate(date) >= clock.day) return { date, time, recurrence };
  // What a pause leaves out is not counted.
  const rule: Rule = { ...parseRule(recurrence.rule), count: null };
  const current = currentMoment(plan, rule);
  if (recurrence.anchor === 'schedule') return scheduled(plan, rule, current, clock.day * MINUTES_PER_DAY);
  const series = { rule: dueDays(rule, recurrence), start: clock.day * MINUTES_PER_DAY + minuteOfMoment(current) };
  return counted(plan, rule, firstFrom({ ...series, timeZone: plan.timeZone }, clock.day * MINUTES_PER_DAY), 1);
}

/** Who counts from the completion is due at once, or on the next weekday of the rule. */
function dueDays({ byDay, until }: Rule, { anchor }: Recurrence): Rule {
  return { ...EVERY_DAY, until, byDay: anchor === 'completion-weekday' ? byDay : [] };
}

/** The current occurrence and those after it, as far as they can be foreseen: as if each were completed on its day. */
export function nextDates(plan: Plan, limit: number): Pick<Plan, 'date' | 'time'>[] {
  const found: Pick<Plan, 'date' | 'time'>[] = [];
  let at: Plan | null = plan;
  while (at !== null && found.length < limit) {
    found.push({ date: at.date, time: at.time });
    const moment = currentMoment(at, parseRule(at.recurrence.rule));
    const next = nextAfterCompletion(at, { moment, day: dayOfMoment(moment) });
    at = next && { ...next, timeZone: plan.timeZone };
  }
  return found;
}

/** Where a rule begins that is to hold from `date` on: the first day, and time if it names any, that it allows. */
export function firstOccurrence(plan: Plan): Pick<Plan, 'date' | 'time'> | null {
  const rule = parseRule(plan.recurrence.rule);
  const start = currentMoment(plan, rule);
  const first = firstFrom(seriesOf(plan, rule, start, meantDay(plan, start)), start);
  return first === null ? null : { date: formatDate(dayOfMoment(first)), time: timeOf(plan, rule, first) };
}

function currentMoment({ date, time, recurrence: { occurrence } }: Plan, rule: Rule): number {
  const day = parseDate(occurrence ?? date) * MINUTES_PER_DAY;
  const planned = occurrence !== undefined && hasTimes(rule) ? occurrence.slice(11) : '';
  return day + parseTime(planned || (time ?? '00:00'));
}

/** The first occurrence at or after `from` on the schedule on which `current` lies. */
function scheduled(plan: Plan, rule: Rule, current: number, from: number): NextOccurrence | null {
  const series = seriesOf(plan, rule, current, meantDay(plan, current));
  if (rule.count === null) return counted(plan, rule, firstFrom(series, from), 1);
  let used = 0;
  for (const moment of occurrencesFrom(series, current + 1)) {
    used += 1;
    if (moment >= from || used >= rule.count) return counted(plan, rule, moment < from ? null : moment, used);
  }
  return null;
}

function snapped(plan: Plan, rule: Rule, current: number, day: number): NextOccurrence | null {
  const next = snappedDay(rule, dayOfMoment(current), day);
  const moment = next === null ? null : next * MINUTES_PER_DAY + minuteOfMoment(current);
  const end = { ...EVERY_DAY, until: rule.until };
  return counted(plan, rule, moment === null ? null : firstFrom(seriesOf(plan, end, moment, null), moment), 1);
}

const EVERY_DAY = parseRule('FREQ=DAILY');

/** `current` as the start keeps the phase of the interval; COUNT is what is left and is counted here. */
function seriesOf(plan: Plan, rule: Rule, start: number, intendedDay: number | null): Series {
  return { rule: { ...rule, count: null }, start, intendedDay, timeZone: plan.timeZone };
}

function meantDay({ recurrence }: Plan, current: number): number {
  return recurrence.intendedDay ?? civilDateOf(dayOfMoment(current)).day;
}

/** `next` with one count less per occurrence that was used up; null when none is left. */
function counted(plan: Plan, rule: Rule, next: number | null, used: number): NextOccurrence | null {
  const left = rule.count === null ? null : rule.count - used;
  if (next === null || (left !== null && left < 1)) return null;
  const { occurrence: _moved, ...kept } = plan.recurrence;
  return {
    date: formatDate(dayOfMoment(next)),
    time: timeOf(plan, rule, next),
    recurrence: {
      ...kept,
      rule: left === null ? kept.rule : printRule({ ...rule, count: left }),
      intendedDay: kept.intendedDay ?? rememberedDay(plan, rule),
    },
  };
}

/** The 29th to 31st are remembered where the rule takes the day from the date: a short month would lose them. */
function rememberedDay({ date, recurrence }: Plan, { freq, byDay, byMonthDay }: Rule): number | null {
  const fromDate = (freq === 'MONTHLY' || freq === 'YEARLY') && byDay.length === 0 && byMonthDay.length === 0;
  if (!fromDate || recurrence.anchor !== 'schedule') return null;
  const { day } = civilDateOf(parseDate(recurrence.occurrence ?? date));
  return day > 28 ? day : null;
}

function timeOf(plan: Plan, rule: Rule, moment: number): string | null {
  return hasTimes(rule) ? formatTime(minuteOfMoment(moment)) : plan.time;
}
