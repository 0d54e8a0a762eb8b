import { civilDateOf, MINUTES_PER_DAY, twoDigits } from './wall-clock.ts';

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** In the order of their numbers: 0 is Monday. */
export const WEEKDAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** `TU` (every Tuesday, ordinal 0), `2TU` (the second) or `-1TU` (the last) of a month or year. */
export interface RuleDay {
  readonly ordinal: number;
  /** 0 is Monday, 6 is Sunday. */
  readonly weekday: number;
}

export interface RuleEnd {
  /** The last minute that still belongs to the rule, on the wall clock of the task or in UTC. */
  readonly minute: number;
  /** Written as an instant (`…Z`): RFC 5545 asks for it where the start has a zone. */
  readonly utc: boolean;
  /** Written without a time of day: all of that day belongs to the rule. */
  readonly wholeDay: boolean;
}

/** The supported part of RFC 5545 §3.3.10. A list that a rule does not have is empty. */
export interface Rule {
  readonly freq: Frequency;
  readonly interval: number;
  readonly byMonth: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly RuleDay[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySetPos: readonly number[];
  /** How many occurrences there are, the first included. */
  readonly count: number | null;
  readonly until: RuleEnd | null;
  /** The day on which weeks begin, 0 is Monday: it decides which weeks an interval leaves out. */
  readonly weekStart: number;
}

export const EMPTY_RULE: Rule = {
  freq: 'DAILY',
  interval: 1,
  byMonth: [],
  byMonthDay: [],
  byDay: [],
  byHour: [],
  byMinute: [],
  bySetPos: [],
  count: null,
  until: null,
  weekStart: 0,
};

/** Whether the rule itself names times of day; otherwise every occurrence has the time of the task. */
export function hasTimes(rule: Rule): boolean {
  return rule.byHour.length > 0 || rule.byMinute.length > 0;
}

/** The rule as text, its parts in one order, so that equal rules are written alike. */
export function printRule(rule: Rule): string {
  const list = (name: string, values: readonly (number | string)[]): string[] =>
    values.length > 0 ? [`${name}=${values.join(',')}`] : [];
  return [
    `FREQ=${rule.freq}`,
    ...(rule.interval > 1 ? [`INTERVAL=${rule.interval}`] : []),
    ...list('BYMONTH', rule.byMonth),
    ...list('BYMONTHDAY', rule.byMonthDay),
    ...list('BYDAY', rule.byDay.map(printDay)),
    ...list('BYHOUR', rule.byHour),
    ...list('BYMINUTE', rule.byMinute),
    ...list('BYSETPOS', rule.bySetPos),
    ...(rule.count === null ? [] : [`COUNT=${rule.count}`]),
    ...(rule.until === null ? [] : [`UNTIL=${printEnd(rule.until)}`]),
    ...(rule.weekStart === 0 ? [] : [`WKST=${weekdayCode(rule.weekStart)}`]),
  ].join(';');
}

function weekdayCode(weekday: number): string {
  return WEEKDAY_CODES[weekday] ?? '';
}

function printDay({ ordinal, weekday }: RuleDay): string {
  return `${ordinal === 0 ? '' : ordinal}${weekdayCode(weekday)}`;
}

function printEnd({ minute, utc, wholeDay }: RuleEnd): string {
  const dayNumber = Math.floor(minute / MINUTES_PER_DAY);
  const { year, month, day } = civilDateOf(dayNumber);
  const date = `${String(year).padStart(4, '0')}${twoDigits(month)}${twoDigits(day)}`;
  if (wholeDay) return date;
  const ofDay = minute - dayNumber * MINUTES_PER_DAY;
  return `${date}T${twoDigits(Math.floor(ofDay / 60))}${twoDigits(ofDay % 60)}00${utc ? 'Z' : ''}`;
}
