import { isReadableRule, parseRule } from '#core/recurrence/parse-rule.ts';
import { hasTimes, type Rule } from '#core/recurrence/rule.ts';
import { minutesOfDay, placesOf } from '#core/recurrence/times-of-day.ts';
import {
  civilDateOf,
  formatDate,
  formatTime,
  MINUTES_PER_DAY,
  parseDate,
  weekdayOf,
} from '#core/recurrence/wall-clock.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import { type DayInMonth, isLastOfMonth, placeInMonth, type RepeatDraft } from './repeat-draft.ts';

export interface RepeatSource {
  readonly date: string | null;
  readonly time: string | null;
  readonly recurrence: Recurrence | null;
}

export interface RepeatContext {
  readonly today: string;
  /** ISO weekday, 1 is Monday. */
  readonly weekStart: number;
}

/** What the form begins with: the rule of the task, or every week from its day on. */
export function draftOf({ date, time, recurrence }: RepeatSource, { today, weekStart }: RepeatContext): RepeatDraft {
  const paused = recurrence?.paused;
  const start = recurrence?.occurrence?.slice(0, 10) ?? date ?? paused?.date ?? today;
  const given = time ?? paused?.time ?? null;
  const fresh: RepeatDraft = {
    unit: 'WEEKLY',
    interval: 1,
    weekdays: [weekdayOf(parseDate(start))],
    dayInMonth: 'date',
    start,
    times: given === null ? [] : [given],
    anchor: recurrence?.anchor ?? 'schedule',
    end: 'never',
    until: formatDate(parseDate(start) + 90),
    count: 10,
    catchUp: recurrence?.catchUp === 'each',
    weekStart: weekStart - 1,
    custom: recurrence?.rule ?? 'FREQ=WEEKLY',
    intendedDay: recurrence?.intendedDay ?? null,
  };
  if (!recurrence) return fresh;
  return { ...fresh, ...(readRule(recurrence, start) ?? { unit: 'custom', times: fresh.times }) };
}

/** The fields of the form that say the same as a rule that is at `start`; null where it says more than they can. */
function readRule({ rule: text, anchor }: Recurrence, start: string): Partial<RepeatDraft> | null {
  if (!isReadableRule(text)) return null;
  const parsed = parseRule(text);
  if (parsed.bySetPos.length > 0 && parsed.freq !== 'DAILY') return null;
  const rule = asWritten(parsed);
  const times = timesOf(rule);
  if (times === null) return null;
  const days = anchor === 'completion-weekday' ? weekdaysOf(rule, start) : daysOf(rule, start);
  if (days === null) return null;
  const { freq: unit, interval, weekStart } = rule;
  return {
    unit,
    interval,
    ...days,
    ...(times.length > 0 && { times }),
    ...(unit === 'WEEKLY' && interval > 1 && { weekStart }),
    ...endOf(rule),
  };
}

/** Times that do not multiply are told by a daily rule: every day that is a Monday is every Monday. */
function asWritten(rule: Rule): Rule {
  if (rule.freq !== 'DAILY' || rule.interval > 1) return rule;
  if (rule.byMonthDay.length > 0) return { ...rule, freq: 'MONTHLY' };
  return rule.byDay.length > 0 ? { ...rule, freq: 'WEEKLY' } : rule;
}

function timesOf(rule: Rule): string[] | null {
  if (!hasTimes(rule)) return rule.bySetPos.length > 0 ? null : [];
  if (rule.byHour.length === 0 || rule.byMinute.length === 0) return null;
  const minutes = minutesOfDay(rule, 0);
  const places = placesOf(rule, minutes.length);
  return (places?.map((place) => minutes[place] ?? 0) ?? minutes).map(formatTime);
}

type Days = Pick<RepeatDraft, 'weekdays' | 'dayInMonth'>;

function weekdaysOf({ byDay }: Rule, start: string): Days | null {
  if (byDay.some(({ ordinal }) => ordinal !== 0)) return null;
  const weekdays = byDay.length > 0 ? byDay.map(({ weekday }) => weekday) : [weekdayOf(parseDate(start))];
  return { weekdays, dayInMonth: 'date' };
}

function daysOf(rule: Rule, start: string): Days | null {
  const plain = weekdaysOf({ ...rule, byDay: [] }, start);
  const { freq, byMonth, byMonthDay, byDay } = rule;
  if (freq === 'DAILY') return byMonth.length > 0 || byMonthDay.length > 0 || byDay.length > 0 ? null : plain;
  if (freq === 'WEEKLY') return byMonth.length > 0 ? null : weekdaysOf(rule, start);
  const dayInMonth = dayInMonthOf(rule, start);
  return plain && dayInMonth && { ...plain, dayInMonth };
}

function dayInMonthOf({ freq, byMonth, byMonthDay, byDay }: Rule, start: string): DayInMonth | null {
  const { month, day } = civilDateOf(parseDate(start));
  const named = byMonthDay.length + byDay.length;
  const ofStart = byMonth.length === 1 && byMonth[0] === month;
  if (named > 1 || (freq === 'MONTHLY' ? byMonth.length > 0 : byMonth.length > 0 ? !ofStart : named > 0)) return null;
  if (named === 0) return 'date';
  const [monthDay] = byMonthDay;
  if (monthDay === -1) return 'last-day';
  // The 31st of a rule leaves short months out; the 31st of a date does not.
  if (monthDay !== undefined) return monthDay === day && day <= 28 ? 'date' : null;
  const [{ ordinal, weekday } = { ordinal: 0, weekday: 0 }] = byDay;
  if (weekday !== weekdayOf(parseDate(start))) return null;
  if (ordinal === -1 && isLastOfMonth(start)) return 'last-weekday';
  return ordinal === placeInMonth(start) ? 'nth' : null;
}

function endOf({ count, until }: Rule): Partial<RepeatDraft> {
  if (count !== null) return { end: 'count', count };
  return until ? { end: 'until', until: formatDate(Math.floor(until.minute / MINUTES_PER_DAY)) } : {};
}
