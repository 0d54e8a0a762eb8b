import { dayNumberOf, formatDate } from '#core/recurrence/wall-clock.ts';
import { type Amount, findAmount, findDate } from '#core/quick-add/date-phrases.ts';
import { UNITS } from '#core/quick-add/languages/language.ts';
import { dateOrderOf, languagesFor } from '#core/quick-add/languages/languages.ts';
import { cutLine, find, findNext, type Found, goesOn, type Line } from '#core/quick-add/line.ts';
import type { SpokenDay } from '#core/quick-add/spoken-day.ts';
import type { DateValue } from './filter.ts';

/**
 * The date phrases of quick add (docs/quick-add.md), and what filters say besides: ranges of days, yesterday, whole
 * weeks, months and years, amounts with a sign.
 */
export interface DateFound {
  readonly value: DateValue;
  /** How much of the text it takes. */
  readonly length: number;
}

/** Where only what was said counts. */
export const NO_CLOCK = { clock: { day: 0, minutes: 0 }, dayStart: 0, now: 0, timeZone: 'UTC', weekStart: 1 };

/** What was said is all that counts: any day will do to read it on. */
const ANY_DAY = { today: dayNumberOf(2024, 1, 1), ...NO_CLOCK };

/** The longest phrase at the start of the text, in the words of the locale, then in those of the other languages. */
export function findDateValue(text: string, locale: string, isTerm: boolean): DateFound | null {
  const order = dateOrderOf(locale);
  const sign = /^[+-]/u.exec(text)?.[0] ?? '';
  const cut = cutLine(text.slice(sign.length), '');
  let best: DateFound | null = null;
  for (const language of languagesFor(locale)) {
    const line: Line = { ...ANY_DAY, ...cut, text: text.slice(sign.length), language, order };
    const found = sign === '' ? findValue(line) : findSigned(line, sign === '-' ? -1 : 1, isTerm);
    const length = found ? found.end + sign.length : 0;
    if (found && length > (best?.length ?? 0)) best = { value: found.value, length };
  }
  return best;
}

type ValueFound = Pick<Found<DateValue>, 'value' | 'end'> | null;

function findValue(line: Line): ValueFound {
  const on = find(line, 0, 'on');
  return (
    findRange(line) ??
    findWhole(line) ??
    findIn(line) ??
    findDay(line, on && goesOn(line, on.next) ? on.next : 0) ??
    findDay(line, 0)
  );
}

function findDay(line: Line, at: number): ValueFound {
  const found = findDate(line, at);
  return found && { value: valueOf(found.spoken), end: found.end };
}

function valueOf(spoken: SpokenDay): DateValue {
  switch (spoken.type) {
    case 'days':
      return { type: 'days', from: spoken.count, to: spoken.count };
    case 'next':
      return { type: 'period', unit: spoken.unit, offset: 1 };
    case 'day':
      return { type: 'day', date: formatDate(spoken.day) };
    default:
      return spoken;
  }
}

/** "7 days", "next 2 weeks", "last 3 days". */
function findRange(line: Line): ValueFound {
  const next = find(line, 0, 'next');
  const last = next ? null : find(line, 0, 'last');
  const start = next ?? last;
  const amount = start ? (goesOn(line, start.next) ? findAmount(line, start.next) : null) : findAmount(line, 0);
  const days = amount && daysOf(amount.value);
  if (!days) return null;
  const value = last
    ? ({ type: 'days', from: 1 - days, to: 0 } as const)
    : ({ type: 'days', from: 0, to: days - 1 } as const);
  return { value, end: amount.end };
}

function daysOf({ count, unit }: Amount): number | null {
  if (unit !== 'day' && unit !== 'week') return null;
  return count * (unit === 'week' ? 7 : 1);
}

/** "yesterday", "this month", "last week", "weekend", "december". */
function findWhole(line: Line): ValueFound {
  const yesterday = find(line, 0, 'yesterday');
  if (yesterday) return { value: { type: 'days', from: -1, to: -1 }, end: yesterday.end };
  const weekend = find(line, 0, 'weekend');
  if (weekend) return { value: { type: 'weekend', isNext: false }, end: weekend.end };
  for (const [tag, offset] of [
    ['this', 0],
    ['last', -1],
  ] as const) {
    const start = find(line, 0, tag);
    const unit = start && findNext(line, start.next, 'unit');
    const name = unit && UNITS[unit.value];
    if (name === 'week' || name === 'month' || name === 'year')
      return { value: { type: 'period', unit: name, offset }, end: unit?.end ?? 0 };
  }
  const month = find(line, 0, 'month');
  // With a day beside it, it is a date.
  return month && !findDate(line, 0) ? { value: { type: 'month', month: month.value }, end: month.end } : null;
}

/** "in 2 weeks", "in 4 hours", "in december". */
function findIn(line: Line): ValueFound {
  const prefix = find(line, 0, 'in');
  if (!prefix || !goesOn(line, prefix.next)) return null;
  const amount = findAmount(line, prefix.next);
  if (amount) return { value: valueIn(amount.value, 1), end: amount.end };
  const month = find(line, prefix.next, 'month');
  return month && { value: { type: 'month', month: month.value }, end: month.end };
}

/** "+4 hours", "-30 days"; as a term of its own, days before today are a range: "-3 days" are the last three. */
function findSigned(line: Line, sign: 1 | -1, isTerm: boolean): ValueFound {
  const amount = findAmount(line, 0);
  if (!amount) return null;
  const days = daysOf(amount.value);
  if (isTerm && sign < 0 && days) return { value: { type: 'days', from: -days, to: -1 }, end: amount.end };
  if (amount.value.unit === 'workday' && sign < 0) return null;
  return { value: valueIn(amount.value, sign), end: amount.end };
}

function valueIn(amount: Amount, sign: 1 | -1): DateValue {
  const count = amount.count * sign;
  switch (amount.unit) {
    case 'minute':
    case 'hour':
      return { type: 'minutes', count: count * (amount.unit === 'hour' ? 60 : 1) };
    case 'workday':
      return { type: 'workdays', count };
    case 'month':
    case 'quarter':
    case 'year':
      return { type: 'months', count: count * { month: 1, quarter: 3, year: 12 }[amount.unit] };
    default: {
      const days = count * (amount.unit === 'week' ? 7 : 1);
      return { type: 'days', from: days, to: days };
    }
  }
}
