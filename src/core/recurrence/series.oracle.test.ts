import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRule } from './parse-rule.ts';
import { FREQUENCIES, printRule, type Rule, WEEKDAY_CODES } from './rule.ts';
import { occurrencesFrom, type Series } from './series.ts';

/**
 * The same rules read in another way: every day of some years is looked at and asked whether it belongs. It shares no
 * calendar arithmetic with the engine; its calendar is the runtime's.
 */
interface Day {
  readonly number: number;
  readonly year: number;
  readonly month: number;
  readonly ofMonth: number;
  readonly monthLength: number;
  readonly ofYear: number;
  readonly yearLength: number;
  readonly weekday: number;
}

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(1996, 0, 1) / DAY_MS;
const LAST = Date.UTC(2032, 11, 31) / DAY_MS;

const CALENDAR: readonly Day[] = Array.from({ length: LAST - FIRST + 1 }, (_, n) => {
  const number = FIRST + n;
  const date = new Date(number * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    number,
    year,
    month: month + 1,
    ofMonth: date.getUTCDate(),
    monthLength: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
    ofYear: number - Date.UTC(year, 0, 1) / DAY_MS + 1,
    yearLength: (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY_MS,
    weekday: (date.getUTCDay() + 6) % 7,
  };
});

/** Days that are examined before the start, for BYSETPOS counts the whole period, and after it. */
const PERIOD = { DAILY: 0, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 };
const HORIZON = { DAILY: 150, WEEKLY: 400, MONTHLY: 900, YEARLY: 2600 };

function belongs(rule: Rule, day: Day, start: Day, intended: number | null): boolean {
  const { freq, byMonth, byMonthDay, byDay } = rule;
  if (byMonth.length > 0 && !byMonth.includes(day.month)) return false;
  if (byMonthDay.length > 0 && !byMonthDay.some((n) => n === day.ofMonth || n === day.ofMonth - day.monthLength - 1)) {
    return false;
  }
  if (byDay.length > 0 && !byDay.some((each) => each.weekday === day.weekday && isNth(each.ordinal, rule, day))) {
    return false;
  }
  if (freq === 'DAILY') return true;
  if (byDay.length > 0 || byMonthDay.length > 0) return true;
  if (freq === 'WEEKLY') return day.weekday === start.weekday;
  const wanted = intended === null ? start.ofMonth : Math.min(intended, day.monthLength);
  if (day.ofMonth !== wanted) return false;
  return freq === 'MONTHLY' || byMonth.length > 0 || day.month === start.month;
}

function isNth(ordinal: number, rule: Rule, day: Day): boolean {
  if (ordinal === 0) return true;
  const [at, length] =
    rule.freq === 'MONTHLY' || rule.byMonth.length > 0 ? [day.ofMonth, day.monthLength] : [day.ofYear, day.yearLength];
  return ordinal > 0 ? ordinal === Math.ceil(at / 7) : -ordinal === Math.ceil((length - at + 1) / 7);
}

function periodOf(rule: Rule, day: Day, start: Day): number {
  switch (rule.freq) {
    case 'DAILY':
      return day.number - start.number;
    case 'WEEKLY': {
      const beginning = start.number - ((start.weekday - rule.weekStart + 7) % 7);
      return Math.floor((day.number - beginning) / 7);
    }
    case 'MONTHLY':
      return (day.year - start.year) * 12 + day.month - start.month;
    case 'YEARLY':
      return day.year - start.year;
  }
}

function naively({ rule, start, intendedDay = null }: Series): number[] {
  const startDay = CALENDAR[Math.floor(start / 1440) - FIRST] as Day;
  const minute = ((start % 1440) + 1440) % 1440;
  const hours = rule.byHour.length > 0 ? rule.byHour : [Math.floor(minute / 60)];
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : [minute % 60];
  const sets = new Map<number, number[]>();
  const from = Math.max(startDay.number - PERIOD[rule.freq], FIRST);
  for (let at = from; at <= startDay.number + HORIZON[rule.freq]; at++) {
    const day = CALENDAR[at - FIRST] as Day;
    const period = periodOf(rule, day, startDay);
    if (period < 0 || period % rule.interval !== 0 || !belongs(rule, day, startDay, intendedDay)) continue;
    const set = sets.get(period) ?? [];
    for (const hour of hours) for (const each of minutes) set.push(day.number * 1440 + hour * 60 + each);
    sets.set(period, set);
  }
  const found = [...sets.values()].flatMap((set) =>
    rule.bySetPos.length === 0
      ? set
      : set.filter((_, n) => rule.bySetPos.includes(n + 1) || rule.bySetPos.includes(n - set.length)),
  );
  const { until } = rule;
  const inside = found.filter((moment) => moment >= start && (!until || moment <= until.minute));
  return rule.count === null ? inside : inside.slice(0, rule.count);
}

/** The end of the last period that was examined whole. */
function examinedUntil({ rule, start }: Series): number {
  return (Math.floor(start / 1440) + HORIZON[rule.freq] - PERIOD[rule.freq]) * 1440;
}

const listOf = (arbitrary: fc.Arbitrary<number>, maxLength: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(arbitrary, { maxLength }).map((values) => values.sort((a, b) => a - b));

const nonZero = (max: number): fc.Arbitrary<number> =>
  fc.integer({ min: -max, max: max - 1 }).map((n) => (n >= 0 ? n + 1 : n));

const rarely = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof(fc.constant(otherwise), arbitrary);

const START_DAYS = { min: Date.UTC(1999, 0, 1) / DAY_MS, max: Date.UTC(2020, 11, 31) / DAY_MS };

const arbitrarySeries: fc.Arbitrary<Series> = fc
  .record({
    freq: fc.constantFrom(...FREQUENCIES),
    interval: sometimes(fc.integer({ min: 1, max: 9 }), 1),
    byMonth: rarely(listOf(fc.integer({ min: 1, max: 12 }), 4), []),
    byMonthDay: rarely(listOf(nonZero(31), 4), []),
    byDay: sometimes(
      fc.uniqueArray(fc.record({ ordinal: rarely(nonZero(6), 0), weekday: fc.integer({ min: 0, max: 6 }) }), {
        maxLength: 4,
        selector: ({ ordinal, weekday }) => `${ordinal} ${weekday}`,
      }),
      [],
    ),
    byHour: rarely(listOf(fc.integer({ min: 0, max: 23 }), 3), []),
    byMinute: rarely(listOf(fc.integer({ min: 0, max: 59 }), 2), []),
    bySetPos: rarely(listOf(nonZero(6), 2), []),
    end: rarely<{ count: number } | { days: number } | null>(
      fc.oneof(
        fc.record({ count: fc.integer({ min: 1, max: 40 }) }),
        fc.record({ days: fc.integer({ min: 0, max: 1000 }) }),
      ),
      null,
    ),
    weekStart: fc.integer({ min: 0, max: 6 }),
    startDay: fc.integer(START_DAYS),
    startMinute: fc.constantFrom(0, 9 * 60, 17 * 60 + 30, 23 * 60 + 59),
    clipped: fc.boolean(),
  })
  .map(({ end, startDay, startMinute, clipped, ...parts }) => {
    const monthly = parts.freq === 'MONTHLY' || parts.freq === 'YEARLY';
    const inMonth = parts.freq === 'MONTHLY' || parts.byMonth.length > 0;
    const byDay = parts.byDay
      .map((day) => (monthly && !(inMonth && Math.abs(day.ordinal) > 5) ? day : { ...day, ordinal: 0 }))
      .filter((day, n, all) => all.findIndex((o) => o.ordinal === day.ordinal && o.weekday === day.weekday) === n)
      .sort((a, b) => a.ordinal - b.ordinal || a.weekday - b.weekday);
    const byMonthDay = parts.freq === 'WEEKLY' ? [] : parts.byMonthDay;
    const listed = [parts.byMonth, byMonthDay, byDay, parts.byHour, parts.byMinute].some((list) => list.length > 0);
    const rule: Rule = {
      ...parts,
      byDay,
      byMonthDay,
      bySetPos: listed ? parts.bySetPos : [],
      count: end && 'count' in end ? end.count : null,
      until: end && 'days' in end ? { minute: (startDay + end.days) * 1440 + 1439, utc: false, wholeDay: true } : null,
    };
    const start = startDay * 1440 + startMinute;
    return { rule, start, intendedDay: clipped ? (CALENDAR[startDay - FIRST] as Day).ofMonth : null };
  });

test('10,000 random rules occur when a day-by-day reading of the calendar says', () => {
  let occurrences = 0;
  const run = (series: Series): void => {
    const end = examinedUntil(series);
    const expected = naively(series).filter((moment) => moment <= end);
    const actual: number[] = [];
    for (const moment of occurrencesFrom(series, series.start)) {
      if (moment > end) break;
      actual.push(moment);
    }
    if (actual.length !== expected.length || actual.some((moment, n) => moment !== expected[n])) {
      expect(actual, printRule(series.rule)).toEqual(expected);
    }
    occurrences += actual.length;
  };
  fc.assert(fc.property(arbitrarySeries, run), { numRuns: 10_000 });
  // A comparison of empty lists would prove nothing.
  expect(occurrences).toBeGreaterThan(100_000);
}, 60_000);

test('a series entered anywhere continues as the one that is read from its start', () => {
  const property = fc.property(arbitrarySeries, fc.integer({ min: -2000, max: 400 * 1440 }), (series, ahead) => {
    const from = series.start + ahead;
    const entered = first(occurrencesFrom(series, from), 5);
    const whole: number[] = [];
    for (const moment of occurrencesFrom(series, series.start)) {
      if (moment >= from) whole.push(moment);
      if (whole.length === 5) break;
    }
    expect(entered).toEqual(whole);
  });
  fc.assert(property, { numRuns: 500 });
});

test('occurrences ascend strictly and asking twice gives the same', () => {
  const property = fc.property(arbitrarySeries, (series) => {
    const found = first(occurrencesFrom(series, series.start), 15);
    expect(found).toEqual(first(occurrencesFrom(series, series.start), 15));
    found.forEach((moment, n) => expect(n === 0 || moment > (found[n - 1] ?? 0)).toBe(true));
  });
  fc.assert(property, { numRuns: 500 });
});

test('what is printed is read back as the same rule', () => {
  const property = fc.property(arbitrarySeries, ({ rule }) => {
    expect(parseRule(printRule(rule))).toEqual(rule);
  });
  fc.assert(property, { numRuns: 1000 });
});

test('the calendar of the comparison has every weekday where it belongs', () => {
  const leapDay = CALENDAR.find((day) => day.year === 2024 && day.month === 2 && day.ofMonth === 29);
  expect(leapDay && [WEEKDAY_CODES[leapDay.weekday], leapDay.yearLength]).toEqual(['TH', 366]);
});

function first(moments: Iterable<number>, count: number): number[] {
  const found: number[] = [];
  for (const moment of moments) {
    found.push(moment);
    if (found.length === count) break;
  }
  return found;
}
