import { INTERVAL_MAX } from '#core/recurrence/parse-rule.ts';
import { type Amount, findAmount, findDayAndMonth, findDayNumber } from './date-phrases.ts';
import { UNITS } from './languages/language.ts';
import { find, findNext, type Found, goesOn, type Line } from './line.ts';
import type { Rule } from './recurrence-rule.ts';
import type { TimeOfDay } from './time-phrases.ts';

/** What stands behind "every". */
export interface Spec {
  readonly rule: Rule;
  /** Of "every morning". */
  readonly time: TimeOfDay | null;
}

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5].map((weekday) => ({ weekday }));
const SATURDAY_AND_SUNDAY = [{ weekday: 6 }, { weekday: 7 }];

export function findSpec(line: Line, at: number): Found<Spec> | null {
  const rule = findRule(line, at);
  if (rule) return { ...rule, value: { rule: rule.value, time: null } };
  const daily = { freq: 'DAILY', interval: 1 } as const;
  const evening = find(line, at, 'evening');
  if (evening) return { ...evening, value: { rule: daily, time: { minutes: null, evening: true } } };
  const part = find(line, at, 'dayPart');
  return part && { ...part, value: { rule: daily, time: { minutes: part.value * 60, evening: false } } };
}

function findRule(line: Line, at: number): Found<Rule> | null {
  return (
    findOther(line, at) ??
    findWeekdays(line, at) ??
    findYearly(line, at) ??
    findOrdinal(line, at) ??
    findInterval(line, at)
  );
}

/** "other week", "other friday". */
function findOther(line: Line, at: number): Found<Rule> | null {
  const other = find(line, at, 'other');
  if (!other) return null;
  const unit = findNext(line, other.next, 'unit');
  const rule = unit && ruleOfUnit(unit.value, 2);
  if (rule) return withPlace(line, { ...unit, value: rule });
  const weekdays = goesOn(line, other.next) ? findWeekdays(line, other.next) : null;
  return weekdays && { ...weekdays, value: { ...weekdays.value, interval: 2 } };
}

/** "3 days", "two weeks", "month", "2 weeks on mon, thu", "month on the 15th". */
function findInterval(line: Line, at: number): Found<Rule> | null {
  const unit = find(line, at, 'unit');
  const single = unit && ruleOfUnit(unit.value, 1);
  if (single) return withPlace(line, { ...unit, value: single });
  const amount = findAmount(line, at);
  const rule = amount && ruleOfAmount(amount.value);
  return rule ? withPlace(line, { ...amount, value: rule }) : null;
}

function ruleOfUnit(value: number, count: number): Rule | null {
  const unit = UNITS[value];
  return unit ? ruleOfAmount({ count, unit }) : null;
}

/** The rule that repeats after so many units; units of a clock do not repeat, nor does a number of workdays. */
export function ruleOfAmount({ count, unit }: Amount): Rule | null {
  if (count < 1) return null;
  switch (unit) {
    case 'day':
      return { freq: 'DAILY', interval: count };
    case 'workday':
      return count === 1 ? { freq: 'WEEKLY', interval: 1, byDay: MONDAY_TO_FRIDAY } : null;
    case 'week':
      return { freq: 'WEEKLY', interval: count };
    case 'month':
      return { freq: 'MONTHLY', interval: count };
    case 'quarter':
      return count * 3 > INTERVAL_MAX ? null : { freq: 'MONTHLY', interval: count * 3 };
    case 'year':
      return { freq: 'YEARLY', interval: count };
    default:
      return null;
  }
}

/** "every 2 weeks on friday", "every month on the last day", "every year on 24 dec". */
function withPlace(line: Line, found: Found<Rule>): Found<Rule> {
  const on = findNext(line, found.next, 'on');
  if (!on) return found;
  const { freq, interval } = found.value;
  const filler = findNext(line, on.next, 'filler');
  const from = filler?.next ?? on.next;
  if (!goesOn(line, from)) return found;
  const place =
    freq === 'WEEKLY'
      ? findWeekdays(line, from)
      : freq === 'MONTHLY'
        ? findOrdinal(line, from)
        : freq === 'YEARLY'
          ? findYearly(line, from)
          : null;
  return place?.value.freq === freq ? { ...place, value: { ...place.value, interval } } : found;
}

/** "monday", "mon, wed, fri", "tuesday and thursday", "workday", "weekend". */
function findWeekdays(line: Line, at: number): Found<Rule> | null {
  const weekend = find(line, at, 'weekend');
  if (weekend) return { ...weekend, value: { freq: 'WEEKLY', interval: 1, byDay: SATURDAY_AND_SUNDAY } };
  const list = findList(line, at, (from) => findWeekday(line, from));
  if (!list) return null;
  const byDay = [...new Set(list.value)].toSorted((a, b) => a - b).map((weekday) => ({ weekday }));
  return { ...list, value: { freq: 'WEEKLY', interval: 1, byDay } };
}

/** One or more, with commas or "and" between them. */
function findList<V>(line: Line, at: number, findOne: (from: number) => Found<V> | null): Found<readonly V[]> | null {
  let last = findOne(at);
  if (!last) return null;
  const values = [last.value];
  for (;;) {
    const closing = line.words[last.next - 1]?.closing;
    const and: Found<number> | null =
      closing === '' || closing === '.' || closing?.endsWith(',') ? find(line, last.next, 'and') : null;
    if (!and && !closing?.endsWith(',')) break;
    const more: Found<V> | null = findOne(and?.next ?? last.next);
    if (!more) break;
    values.push(more.value);
    last = more;
  }
  return { value: values, next: last.next, end: last.end };
}

/** "24 dec", "dec 24th". */
function findYearly(line: Line, at: number): Found<Rule> | null {
  const found = findDayAndMonth(line, at);
  if (!found) return null;
  const { month, day } = found.value;
  // The month has this many days in a leap year.
  if (day > ([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0)) return null;
  return { ...found, value: { freq: 'YEARLY', interval: 1, byMonth: month, byMonthDay: [day] } };
}

/** "1st", "1st, 15th", "3rd fri", "2nd workday", "last day", "2nd week". */
function findOrdinal(line: Line, at: number): Found<Rule> | null {
  const pairs = findList(line, at, (from) => findNthWeekday(line, from));
  if (pairs) return { ...pairs, value: ruleOfNthWeekdays(pairs.value) };
  const ordinal = findNth(line, at);
  if (!ordinal) return null;
  const named = continues(line, ordinal.next) ? findNthUnit(line, ordinal) : null;
  if (named) return named;
  const list = findList(line, at, (from) => findNth(line, from));
  // "2nd and 4th friday"
  const weekday = list && continues(line, list.next) ? findWeekday(line, list.next) : null;
  if (list && weekday) {
    const days = list.value.map((nth) => ({ nth, weekday: weekday.value }));
    return days.every(({ nth }) => nth <= 5) ? { ...weekday, value: ruleOfNthWeekdays(days) } : null;
  }
  const days = findList(line, at, (from) => findNumberedOrdinal(line, from));
  return days && { ...days, value: ruleOfMonthDays(days.value) };
}

interface NthWeekday {
  readonly nth: number;
  readonly weekday: number;
}

/** In words or figures; the last is -1. */
function findNth(line: Line, at: number): Found<number> | null {
  const last = find(line, at, 'last');
  return last ? { ...last, value: -1 } : (find(line, at, 'ordinal') ?? findNumberedOrdinal(line, at));
}

function findNthWeekday(line: Line, at: number): Found<NthWeekday> | null {
  const nth = findNth(line, at);
  const weekday = nth && nth.value <= 5 && continues(line, nth.next) ? findWeekday(line, nth.next) : null;
  return nth && weekday && { ...weekday, value: { nth: nth.value, weekday: weekday.value } };
}

function findWeekday(line: Line, at: number): Found<number> | null {
  return find(line, at, 'weekday') ?? find(line, at, 'shortWeekday');
}

/** In the order in which the engine prints them, each once. */
function ruleOfNthWeekdays(days: readonly NthWeekday[]): Rule {
  const byKey = new Map(days.map((day) => [`${day.nth} ${day.weekday}`, day]));
  const byDay = [...byKey.values()].toSorted((a, b) => a.nth - b.nth || a.weekday - b.weekday);
  return { freq: 'MONTHLY', interval: 1, byDay };
}

/** Whether a phrase goes on behind an ordinal, which may end in a dot. */
function continues({ words }: Line, at: number): boolean {
  const closing = words[at - 1]?.closing;
  return at < words.length && (closing === '' || closing === '.');
}

/** "2nd workday", "last day", "2nd week". */
function findNthUnit(line: Line, { value: nth, next: at }: Found<number>): Found<Rule> | null {
  const unit = find(line, at, 'unit');
  if (!unit) return null;
  const name = UNITS[unit.value];
  if (name === 'workday') {
    return nth > 23
      ? null
      : { ...unit, value: { freq: 'MONTHLY', interval: 1, byDay: MONDAY_TO_FRIDAY, bySetPos: [nth] } };
  }
  if (name === 'day' && (nth === -1 || nth === 1)) return { ...unit, value: ruleOfMonthDays([nth]) };
  // "every 2nd week" is every two weeks.
  const rule = nth > 1 ? ruleOfUnit(unit.value, nth) : null;
  return rule && { ...unit, value: rule };
}

/** "1st", or "1." where a dot makes the ordinal. */
function findNumberedOrdinal(line: Line, at: number): Found<number> | null {
  const word = line.words[at];
  const number = findDayNumber(line, at);
  if (!word || !number) return null;
  if (!/^\d+$/u.test(word.low)) return number;
  const isOrdinal = word.closing.startsWith('.') && line.language.words.ordinalSuffixes.includes('.');
  return isOrdinal ? { ...number, end: word.end + 1 } : null;
}

/** Alone, a day that short months lack is kept beside the rule, so that they take their last one. */
function ruleOfMonthDays(days: readonly number[]): Rule {
  const [only = 1] = days;
  if (days.length === 1 && only > 28) return { freq: 'MONTHLY', interval: 1, intendedDay: only };
  return { freq: 'MONTHLY', interval: 1, byMonthDay: [...new Set(days)].toSorted((a, b) => a - b) };
}
