import { LAST_DAY } from '#core/recurrence/wall-clock.ts';
import { addMonths, addWorkdays, type Day, isoWeek, validDay } from './calendar.ts';
import { type Unit, UNITS } from './languages/language.ts';
import { find, findNext, type Found, goesOn, type Line, matchAt } from './line.ts';
import { dayOf, type SpokenDay } from './spoken-day.ts';

/**
 * Why a recognised date may not be meant. The neighbours decide (strengths.ts):
 * `adverb`: suggested only when a plain word follows; `abbreviation`: needs a neighbour or the end of the line;
 * `name`: suggested only, unless a time is beside it; `edge`: numbers that are a date only at the edge of a line.
 */
export type Doubt = 'adverb' | 'abbreviation' | 'name' | 'edge' | 'amount';

export interface DateFound extends Found<Day> {
  /** What was said, of which `value` is the day. */
  readonly spoken: SpokenDay;
  readonly doubt?: Doubt;
}

/** Null where the calendar has no such day. */
function said(line: Line, { next, end }: Found<unknown>, spoken: SpokenDay, doubt?: Doubt): DateFound | null {
  const value = dayOf(spoken, line);
  return value === null ? null : { value, next, end, spoken, ...(doubt && { doubt }) };
}

/** A date without a word before it. */
export function findDate(line: Line, at: number): DateFound | null {
  return (
    findNamedDay(line, at) ??
    findRelative(line, at) ??
    findWeekday(line, at) ??
    findIsoDate(line, at) ??
    findNumericDate(line, at) ??
    findDayOfMonth(line, at) ??
    findWeekNumber(line, at) ??
    findWorkdays(line, at)
  );
}

/** A date that a word such as "on" or "by" leads to: nothing about it is in doubt. */
export function findSureDate(line: Line, at: number): DateFound | null {
  const found = goesOn(line, at) ? findDate(line, at) : null;
  return found && { value: found.value, next: found.next, end: found.end, spoken: found.spoken };
}

function findNamedDay(line: Line, at: number): DateFound | null {
  const named = find(line, at, 'day');
  if (named) return said(line, named, { type: 'days', count: named.value });
  const doubtful = find(line, at, 'doubtfulDay');
  // With a capital it is the name.
  if (!doubtful || !isLowerCase(line, at)) return null;
  return said(line, doubtful, { type: 'days', count: doubtful.value }, 'name');
}

export function isLowerCase({ text, words }: Line, at: number): boolean {
  const letter = text.charAt(words[at]?.start ?? 0);
  return letter === letter.toLowerCase();
}

/** "next week", "this friday", "end of month". */
function findRelative(line: Line, at: number): DateFound | null {
  const period = find(line, at, 'endOfPeriod');
  if (period) return said(line, period, { type: 'end', unit: period.value === 0 ? 'month' : 'year' });
  const endOf = find(line, at, 'endOf');
  const ended = endOf && findNext(line, endOf.next, 'unit');
  const unit = ended && periodOf(ended.value);
  if (unit) return said(line, ended, { type: 'end', unit });
  const next = find(line, at, 'next');
  if (next) return findInWeek(line, next.next, true) ?? findNextPeriod(line, next.next);
  const current = find(line, at, 'this');
  return current && findInWeek(line, current.next, false);
}

function periodOf(unit: number): 'week' | 'month' | 'year' | null {
  const name = UNITS[unit];
  return name === 'week' || name === 'month' || name === 'year' ? name : null;
}

function findInWeek(line: Line, at: number, isNext: boolean): DateFound | null {
  const weekday = findNext(line, at, 'weekday') ?? findNext(line, at, 'shortWeekday');
  if (weekday) return said(line, weekday, { type: 'weekday', weekday: weekday.value, isNext });
  const weekend = findNext(line, at, 'weekend');
  return weekend && said(line, weekend, { type: 'weekend', isNext });
}

function findNextPeriod(line: Line, at: number): DateFound | null {
  const found = findNext(line, at, 'unit');
  const unit = found && periodOf(found.value);
  return unit && said(line, found, { type: 'next', unit });
}

/** A weekday may introduce a whole date: "Fri, 20 November". */
function findWeekday(line: Line, at: number): DateFound | null {
  const full = find(line, at, 'weekday');
  const weekday = full ?? find(line, at, 'shortWeekday');
  if (!weekday) return null;
  const closing = line.words[weekday.next - 1]?.closing;
  if (closing === '' || closing === ',' || closing === '.') {
    const date =
      findIsoDate(line, weekday.next) ?? findNumericDate(line, weekday.next) ?? findDayOfMonth(line, weekday.next);
    if (date) return { value: date.value, next: date.next, end: date.end, spoken: date.spoken };
  }
  const spoken = { type: 'weekday', weekday: weekday.value, isNext: false } as const;
  return said(line, weekday, spoken, full ? 'adverb' : 'abbreviation');
}

const ISO_DATE = /(\d{4})-(\d{2})-(\d{2})/uy;
const ISO_WEEK = /(\d{4})-?w(\d{2})(?:-?([1-7]))?/iuy;

function findIsoDate(line: Line, at: number): DateFound | null {
  const date = matchAt(line, at, ISO_DATE);
  if (date) {
    const day = validDay(Number(date.value[1]), Number(date.value[2]), Number(date.value[3]));
    return day === null ? null : said(line, date, { type: 'day', day });
  }
  const week = matchAt(line, at, ISO_WEEK);
  const monday = week && isoWeek(Number(week.value[1]), Number(week.value[2]));
  if (!week || monday === null) return null;
  return said(line, week, { type: 'day', day: monday + Number(week.value[3] ?? 1) - 1 });
}

const SLASHED = /(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?/uy;
const DOTTED = /(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?/uy;
/** Numbers with a slash that mean something else more often than a date. */
const NO_DATES = new Set(['24/7', '9/11', '7/11', '50/50', '1/2', '3/4']);

/** 5/12, 5/12/2026, 5.12. and 5.12.2026; dots always put the day first, but where months do in words. */
function findNumericDate(line: Line, at: number): DateFound | null {
  const slashed = matchAt(line, at, SLASHED);
  const found = slashed ?? matchAt(line, at, DOTTED);
  if (!found || NO_DATES.has(found.value[0])) return null;
  const [first, second] = [Number(found.value[1]), Number(found.value[2])];
  const isMonthFirst = slashed !== null && line.order === 'month-first';
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  const spoken = spokenDate(month, day, found.value[3]);
  return spoken && said(line, found, spoken, found.value[3] === undefined ? 'edge' : undefined);
}

function spokenDate(month: number, day: number, year: string | undefined): SpokenDay | null {
  if (year === undefined) return { type: 'yearly', month, day };
  const value = validDay(Number(year), month, day);
  return value === null ? null : { type: 'day', day: value };
}

/** "24 dec", "24. Dezember 2026", "1st of May", "Dec 24th, 2026". */
function findDayOfMonth(line: Line, at: number): DateFound | null {
  const found = findDayAndMonth(line, at);
  if (!found) return null;
  const year = findYear(line, found.next);
  const spoken = spokenDate(found.value.month, found.value.day, year?.text);
  return spoken && said(line, year ?? found, spoken);
}

export function findDayAndMonth(line: Line, at: number): Found<{ month: number; day: number }> | null {
  const day = findDayNumber(line, at);
  if (day) {
    const filler = goesOnAfterNumber(line, day.next) ? find(line, day.next, 'filler') : null;
    const month = goesOnAfterNumber(line, day.next) ? find(line, filler?.next ?? day.next, 'month') : null;
    return month && withoutDot(line, { ...month, value: { month: month.value, day: day.value } });
  }
  const month = find(line, at, 'month');
  const closing = line.words[(month?.next ?? 0) - 1]?.closing;
  if (!month || (closing !== '' && closing !== '.')) return null;
  const after = findDayNumber(line, month.next);
  return after && { ...after, value: { month: month.value, day: after.value } };
}

/** An abbreviated month may end in a dot, which then belongs to it only when more of the date follows. */
function withoutDot<V>({ words }: Line, found: Found<V>): Found<V> {
  const last = words[found.next - 1];
  return last?.closing === '.' && found.next < words.length ? { ...found, end: last.rawEnd } : found;
}

/** A number with its dot or comma does not end a phrase. */
function goesOnAfterNumber({ words }: Line, at: number): boolean {
  const closing = words[at - 1]?.closing;
  return at < words.length && (closing === '' || closing === '.');
}

/** 1 to 31, bare or as an ordinal. */
export function findDayNumber(line: Line, at: number): Found<number> | null {
  const word = line.words[at];
  if (!word) return null;
  const bare = /^\d{1,2}$/u.exec(word.low);
  const digits = bare?.[0] ?? line.language.ordinal.exec(word.low)?.[1];
  const value = Number(digits ?? 0);
  return value >= 1 && value <= 31 ? { value, next: at + 1, end: word.end } : null;
}

function findYear(line: Line, at: number): (Found<number> & { text: string }) | null {
  const word = line.words[at];
  const closing = line.words[at - 1]?.closing;
  if (!word || !/^(?:19|20|21)\d{2}$/u.test(word.low) || (closing !== '' && closing !== ',' && closing !== '.'))
    return null;
  return { text: word.low, value: Number(word.low), next: at + 1, end: word.end };
}

const ATTACHED_WEEK = /^(\p{L}+)(\d{1,2})$/u;

/** "w48", "week 48", "KW 48": its Monday; a week that is past, or that this year lacks, is one of a later year. */
function findWeekNumber(line: Line, at: number): DateFound | null {
  const word = line.words[at];
  if (!word) return null;
  const attached = ATTACHED_WEEK.exec(word.low);
  const isAttached = attached !== null && line.language.words.weekNumber.includes(attached[1] ?? '');
  const spaced = isAttached ? null : find(line, at, 'weekNumber');
  const number = spaced && goesOn(line, spaced.next) ? line.words[spaced.next] : undefined;
  const week = isAttached ? Number(attached[2]) : /^\d{1,2}$/u.test(number?.low ?? '') ? Number(number?.low) : 0;
  const found = { value: week, next: (spaced?.next ?? at) + 1, end: number?.end ?? word.end };
  return week > 0 ? said(line, found, { type: 'week', week }, 'adverb') : null;
}

/** "3 workdays", which is a date only at the edge of a line. */
function findWorkdays(line: Line, at: number): DateFound | null {
  const amount = findAmount(line, at);
  if (amount?.value.unit !== 'workday') return null;
  return said(line, amount, { type: 'workdays', count: amount.value.count }, 'amount');
}

export interface Amount {
  readonly count: number;
  readonly unit: Unit;
}

const ATTACHED_AMOUNT = /^(\d{1,4})(\p{L}+)$/u;

/** "3 days", "two weeks", "25min". */
export function findAmount(line: Line, at: number): Found<Amount> | null {
  const word = line.words[at];
  if (!word) return null;
  const attached = ATTACHED_AMOUNT.exec(word.low);
  if (attached) {
    const entry = line.language.entries
      .get(attached[2] ?? '')
      ?.find(({ tag, words }) => tag === 'unit' && words.length === 1);
    const unit = UNITS[entry?.value ?? -1];
    return unit ? { value: { count: Number(attached[1]), unit }, next: at + 1, end: word.end } : null;
  }
  const count = /^\d{1,4}$/u.test(word.low) ? Number(word.low) : find(line, at, 'number')?.value;
  const unit = count === undefined || word.closing !== '' ? null : find(line, at + 1, 'unit');
  const name = UNITS[unit?.value ?? -1];
  return unit && name && count ? { ...unit, value: { count, unit: name } } : null;
}

/** `day` and so many units; null past the end of the calendar, and for units of a clock. */
export function addAmount(day: Day, { count, unit }: Amount): Day | null {
  const value = {
    minute: null,
    hour: null,
    day: day + count,
    workday: addWorkdays(day, count),
    week: day + count * 7,
    month: addMonths(day, count),
    quarter: addMonths(day, count * 3),
    year: addMonths(day, count * 12),
  }[unit];
  return value !== null && value <= LAST_DAY ? value : null;
}
