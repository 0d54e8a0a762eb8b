import { DomainError, validationFailed } from '#core/errors.ts';
import {
  EMPTY_RULE,
  FREQUENCIES,
  type Frequency,
  type Rule,
  type RuleDay,
  type RuleEnd,
  WEEKDAY_CODES,
} from './rule.ts';
import { dayNumberOf, daysInMonth, MINUTES_PER_DAY } from './wall-clock.ts';

/** Counting occurrences means visiting them; more than these nobody completes. */
export const COUNT_MAX = 9999;
export const INTERVAL_MAX = 9999;
/** Every quarter of an hour. */
export const TIMES_PER_DAY_MAX = 96;

/** Parts of RFC 5545 that a task manager has no use for, and what to write instead. */
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['BYSECOND', 'times of day are whole minutes'],
  ['BYYEARDAY', 'use BYMONTH and BYMONTHDAY'],
  ['BYWEEKNO', 'use FREQ=WEEKLY or BYMONTH'],
  ['RSCALE', 'only the Gregorian calendar is known'],
  ['SKIP', 'the intended day of the month is kept beside the rule'],
]);

const SUB_DAILY = new Set(['SECONDLY', 'MINUTELY', 'HOURLY']);

/**
 * Reads a rule as RFC 5545 §3.3.10 writes it, without `RRULE:`. Throws `validation_failed` with the sentence that
 * names the part at fault; `path` is where the rule was sent.
 */
export function parseRule(text: string, path = '/recurrence/rule'): Rule {
  const fail: Fail = (message) => validationFailed(path, message);
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0));
    const value = part.slice(equals + 1);
    if (!name || !value) throw fail(`"${part}" is not a part of a recurrence rule: write NAME=VALUE.`);
    if (parts.has(name)) throw fail(`${name} stands twice in the recurrence rule.`);
    const instead = UNSUPPORTED.get(name);
    if (instead) throw fail(`${name} is not supported: ${instead}.`);
    if (!KNOWN.has(name)) throw fail(`${name} is not a part of a recurrence rule.`);
    parts.set(name, value);
  }
  const rule = readParts(parts, fail);
  const fault = faultOf(rule, parts);
  if (fault) throw fail(fault);
  return rule;
}

export function isReadableRule(text: string): boolean {
  try {
    return parseRule(text).interval > 0;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

const KNOWN = new Set([
  'FREQ',
  'INTERVAL',
  'BYMONTH',
  'BYMONTHDAY',
  'BYDAY',
  'BYHOUR',
  'BYMINUTE',
  'BYSETPOS',
  'COUNT',
  'UNTIL',
  'WKST',
]);

type Fail = (message: string) => DomainError;

function readParts(parts: ReadonlyMap<string, string>, fail: Fail): Rule {
  const list = (name: string, min: number, max: number): number[] => {
    const text = parts.get(name);
    if (text === undefined) return [];
    const values = text.split(',').map((each) => integerOf(each, name, min, max, fail));
    return [...new Set(values)].sort((a, b) => a - b);
  };
  const single = (name: string, max: number): number | null => {
    const text = parts.get(name);
    return text === undefined ? null : integerOf(text, name, 1, max, fail);
  };
  const until = parts.get('UNTIL');
  return {
    freq: frequencyOf(parts.get('FREQ'), fail),
    interval: single('INTERVAL', INTERVAL_MAX) ?? EMPTY_RULE.interval,
    byMonth: list('BYMONTH', 1, 12),
    byMonthDay: list('BYMONTHDAY', -31, 31),
    byDay: daysOf(parts.get('BYDAY'), fail),
    byHour: list('BYHOUR', 0, 23),
    byMinute: list('BYMINUTE', 0, 59),
    bySetPos: list('BYSETPOS', -366, 366),
    count: single('COUNT', COUNT_MAX),
    until: until === undefined ? null : endOf(until, fail),
    weekStart: weekStartOf(parts.get('WKST'), fail),
  };
}

function frequencyOf(text: string | undefined, fail: Fail): Frequency {
  if (text === undefined) throw fail('A recurrence rule needs FREQ.');
  const freq = FREQUENCIES.find((each) => each === text);
  if (freq) return freq;
  if (SUB_DAILY.has(text)) {
    throw fail(`FREQ=${text} is not supported: for several times a day use FREQ=DAILY with BYHOUR and BYMINUTE.`);
  }
  throw fail(`FREQ=${text} is not known: it is one of ${FREQUENCIES.join(', ')}.`);
}

function integerOf(text: string, name: string, min: number, max: number, fail: Fail): number {
  const value = /^[+-]?\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  const zeroIsNone = value === 0 && min < 0;
  if (!(value >= min && value <= max) || zeroIsNone) {
    const range = min < 0 ? `1 to ${max} or ${min} to -1` : `${min} to ${max}`;
    throw fail(`${name}=${text} is out of range: ${name} takes whole numbers from ${range}.`);
  }
  return value;
}

function weekdayNumber(code: string | undefined): number {
  return WEEKDAY_CODES.findIndex((each) => each === code);
}

function weekStartOf(text: string | undefined, fail: Fail): number {
  if (text === undefined) return 0;
  const weekday = weekdayNumber(text);
  if (weekday < 0) throw fail(`WKST=${text} is not a weekday: it is one of ${WEEKDAY_CODES.join(', ')}.`);
  return weekday;
}

/** Sorted by weekday and ordinal, each once. */
function daysOf(text: string | undefined, fail: Fail): RuleDay[] {
  if (text === undefined) return [];
  const days = new Map<string, RuleDay>();
  for (const each of text.split(',')) {
    const [, ordinalText, code] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(each) ?? [];
    const weekday = weekdayNumber(code);
    const ordinal = Number(ordinalText ?? 0);
    if (weekday < 0 || (ordinalText !== undefined && (ordinal === 0 || Math.abs(ordinal) > 53))) {
      throw fail(
        `BYDAY=${each} is not a weekday: write MO to SU, with an ordinal from 1 to 53 or -53 to -1 before it.`,
      );
    }
    days.set(`${ordinal} ${weekday}`, { ordinal, weekday });
  }
  return [...days.values()].sort((a, b) => a.ordinal - b.ordinal || a.weekday - b.weekday);
}

/** `20261231`, `20261231T235959` or `20261231T225959Z`; seconds are cut off. */
function endOf(text: string, fail: Fail): RuleEnd {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})([0-5]\d)(Z)?)?$/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (found ?? [])
    .slice(1, 6)
    .map((each) => Number(each ?? 0));
  if (
    !found ||
    year < 1 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > daysInMonth(year, month) ||
    hour > 23 ||
    minute > 59
  ) {
    throw fail(`UNTIL=${text} is not a date: write YYYYMMDD, or YYYYMMDDTHHMMSS with or without Z.`);
  }
  const wholeDay = found[4] === undefined;
  const midnight = dayNumberOf(year, month, day) * MINUTES_PER_DAY;
  return { minute: midnight + (wholeDay ? MINUTES_PER_DAY - 1 : hour * 60 + minute), utc: found[7] === 'Z', wholeDay };
}

/** What the parts of a rule may not be together, each well-formed by itself. */
function faultOf(rule: Rule, parts: ReadonlyMap<string, string>): string | null {
  if (rule.count !== null && rule.until !== null) return 'A recurrence rule ends by COUNT or by UNTIL, not by both.';
  if (rule.freq === 'WEEKLY' && rule.byMonthDay.length > 0) return 'BYMONTHDAY cannot stand in a weekly rule.';
  const ordinals = rule.byDay.some((day) => day.ordinal !== 0);
  if (ordinals && (rule.freq === 'DAILY' || rule.freq === 'WEEKLY')) {
    return 'BYDAY takes ordinals such as 2TU only in monthly and yearly rules.';
  }
  const inMonth = rule.freq === 'MONTHLY' || rule.byMonth.length > 0;
  if (inMonth && rule.byDay.some((day) => Math.abs(day.ordinal) > 5)) return 'No month has more than 5 of a weekday.';
  const limiting = ['BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYHOUR', 'BYMINUTE'];
  if (rule.bySetPos.length > 0 && !limiting.some((name) => parts.has(name))) {
    return 'BYSETPOS picks from what another BY part lists: add BYDAY, BYMONTHDAY, BYMONTH or BYHOUR.';
  }
  if (Math.max(rule.byHour.length, 1) * Math.max(rule.byMinute.length, 1) > TIMES_PER_DAY_MAX) {
    return `There can be at most ${TIMES_PER_DAY_MAX} times a day.`;
  }
  return null;
}
