import { DomainError } from '#core/errors.ts';
import { firstOccurrence, nextDates, type Plan } from '#core/recurrence/next-occurrence.ts';
import { parseRule } from '#core/recurrence/parse-rule.ts';
import { EMPTY_RULE, printRule, type Rule, type RuleDay } from '#core/recurrence/rule.ts';
import { withTimes } from '#core/recurrence/times-of-day.ts';
import { requireRecurrence } from '#core/recurrence/validate-recurrence.ts';
import { civilDateOf, MINUTES_PER_DAY, parseDate, parseTime, weekdayOf } from '#core/recurrence/wall-clock.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import { placeInMonth, type RepeatDraft } from './repeat-draft.ts';

/** Where a task begins to repeat, and how. */
export type RepeatPlan = Pick<Plan, 'date' | 'time' | 'recurrence'>;

/** What saving the form makes of the task, with the next dates; or what is wrong with it. */
export type RepeatOutcome =
  | { readonly type: 'valid'; readonly plan: RepeatPlan; readonly next: NextDate[] }
  | { readonly type: 'invalid'; readonly message: string };

export type NextDate = Pick<Plan, 'date' | 'time'>;

const SHOWN = 5;

export function outcomeOf(draft: RepeatDraft, timeZone: string): RepeatOutcome {
  try {
    const rule = ruleOf(draft);
    if (rule === null)
      return invalid('A rule cannot say these times for these days. Leave out a time, or make it daily.');
    const { anchor, start } = draft;
    const intendedDay = draft.dayInMonth === 'date' && rule.byMonthDay.length === 0 ? draft.intendedDay : null;
    const recurrence: Recurrence = {
      rule: printRule(rule),
      anchor,
      intendedDay,
      ...(draft.catchUp && anchor === 'schedule' && { catchUp: 'each' as const }),
    };
    requireRecurrence(recurrence, start);
    const plan = { date: start, time: [...draft.times].sort()[0] ?? null, timeZone, recurrence };
    const first = firstOccurrence(plan);
    if (first === null) return invalid('It ends before its first date.');
    return { type: 'valid', plan: { ...first, recurrence }, next: nextDates({ ...plan, ...first }, SHOWN) };
  } catch (error) {
    if (error instanceof DomainError) return invalid(error.message);
    throw error;
  }
}

function invalid(message: string): RepeatOutcome {
  return { type: 'invalid', message };
}

/** Null where a rule cannot name the times. Throws where it cannot be read. */
function ruleOf(draft: RepeatDraft): Rule | null {
  if (draft.unit === 'custom') return parseRule(draft.custom.trim().toUpperCase());
  const { unit: freq, interval } = draft;
  const rule = { ...EMPTY_RULE, freq, interval, ...daysOf(draft), ...endOf(draft) };
  const weekStart = freq === 'WEEKLY' && interval > 1 ? draft.weekStart : 0;
  const minutes = draft.times.map(parseTime);
  if (minutes.length < 2) return { ...rule, weekStart };
  return withTimes({ ...rule, weekStart }, minutes);
}

function daysOf({ unit, anchor, weekdays, dayInMonth, start }: RepeatDraft): Partial<Rule> {
  const plain = [...weekdays].sort((a, b) => a - b).map((weekday): RuleDay => ({ ordinal: 0, weekday }));
  if (anchor === 'completion-weekday' || unit === 'WEEKLY') return { byDay: plain };
  if (unit === 'DAILY' || dayInMonth === 'date') return {};
  const { month } = civilDateOf(parseDate(start));
  const byMonth = unit === 'YEARLY' ? [month] : [];
  if (dayInMonth === 'last-day') return { byMonth, byMonthDay: [-1] };
  const weekday = weekdayOf(parseDate(start));
  return { byMonth, byDay: [{ weekday, ordinal: dayInMonth === 'nth' ? placeInMonth(start) : -1 }] };
}

function endOf({ end, until, count }: RepeatDraft): Partial<Rule> {
  if (end === 'count') return { count };
  if (end === 'never') return {};
  return { until: { minute: (parseDate(until) + 1) * MINUTES_PER_DAY - 1, utc: false, wholeDay: true } };
}
