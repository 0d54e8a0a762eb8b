import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recurrence } from '#core/tasks/task.ts';
import {
  firstOccurrence,
  nextAfterCompletion,
  nextAfterSkip,
  nextDates,
  occurrenceOf,
  type Plan,
  wallClockAt,
} from './next-occurrence.ts';

interface Given extends Partial<Omit<Recurrence, 'rule'>> {
  readonly time?: string;
  readonly timeZone?: string;
}

function plan(date: string, rule: string, { time, timeZone, ...given }: Given = {}): Plan {
  const recurrence = { rule, anchor: 'schedule' as const, intendedDay: null, ...given };
  return { date, time: time ?? null, timeZone: timeZone ?? 'UTC', recurrence };
}

/** `at` is read on the wall clock of the plan. */
function clock(at: string, dayStart = 0) {
  return wallClockAt(`${at.length === 10 ? `${at}T12:00` : at}:00.000Z`, 'UTC', dayStart);
}

function completed(of: Plan, at: string, dayStart = 0): string {
  const next = nextAfterCompletion(of, clock(at, dayStart));
  return next === null ? 'ended' : next.time === null ? next.date : `${next.date} ${next.time}`;
}

/** Completes again and again, each on its day, and lists the dates. */
function dates(of: Plan, count: number): string[] {
  return nextDates(of, count).map(({ date, time }) => (time === null ? date : `${date} ${time}`));
}

describe('on schedule', () => {
  test('a task done early, on its day or late goes on with its schedule', () => {
    const weekly = plan('2026-11-23', 'FREQ=WEEKLY');
    expect(completed(weekly, '2026-11-20')).toBe('2026-11-30');
    expect(completed(weekly, '2026-11-23')).toBe('2026-11-30');
    expect(completed(weekly, '2026-11-26')).toBe('2026-11-30');
  });

  test('a task that is long overdue goes on in the future, in step with its interval', () => {
    const everyThirdDay = plan('2026-01-01', 'FREQ=DAILY;INTERVAL=3');
    expect(completed(everyThirdDay, '2026-11-22')).toBe('2026-11-24');
    expect(completed(plan('2026-01-01', 'FREQ=DAILY'), '2026-11-22')).toBe('2026-11-23');
    expect(completed(plan('1900-01-01', 'FREQ=DAILY'), '2026-11-22')).toBe('2026-11-23');
  });

  test('where each occurrence counts, none is left out', () => {
    const rent = plan('2026-08-01', 'FREQ=MONTHLY;BYMONTHDAY=1', { catchUp: 'each' });
    expect(completed(rent, '2026-11-22')).toBe('2026-09-01');
  });

  test('a time later today is still in the future, an earlier one is not', () => {
    const daily = plan('2026-11-20', 'FREQ=DAILY', { time: '09:00' });
    expect(completed(daily, '2026-11-22T08:59')).toBe('2026-11-22 09:00');
    expect(completed(daily, '2026-11-22T09:00')).toBe('2026-11-23 09:00');
  });

  test('a day may begin later than midnight', () => {
    const daily = plan('2026-11-21', 'FREQ=DAILY');
    expect(completed(daily, '2026-11-22T01:30')).toBe('2026-11-23');
    expect(completed(daily, '2026-11-22T01:30', 4 * 60)).toBe('2026-11-22');
    expect(completed(daily, '2026-11-22T04:00', 4 * 60)).toBe('2026-11-23');
  });

  test('several times a day', () => {
    const pills = plan('2026-11-22', 'FREQ=DAILY;BYHOUR=8,13,20;BYMINUTE=30', { time: '08:30' });
    expect(dates(pills, 4)).toEqual(['2026-11-22 08:30', '2026-11-22 13:30', '2026-11-22 20:30', '2026-11-23 08:30']);
    expect(completed(pills, '2026-11-22T14:00')).toBe('2026-11-22 20:30');
  });

  test('a weekday keeps its parity across the turn of the year and a year of 53 weeks', () => {
    const biweekly = plan('2026-12-17', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH');
    expect(dates(biweekly, 5)).toEqual(['2026-12-17', '2026-12-29', '2026-12-31', '2027-01-12', '2027-01-14']);
  });
});

describe('the intended day of the month', () => {
  test('the 31st comes back after a short month', () => {
    const monthly = plan('2027-01-31', 'FREQ=MONTHLY');
    expect(dates(monthly, 5)).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']);
    expect(nextAfterCompletion(monthly, clock('2027-01-31'))?.recurrence.intendedDay).toBe(31);
  });

  test('the 30th and the 29th of February come back as well', () => {
    expect(dates(plan('2028-01-30', 'FREQ=MONTHLY'), 3)).toEqual(['2028-01-30', '2028-02-29', '2028-03-30']);
    const leapDay = ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29'];
    expect(dates(plan('2028-02-29', 'FREQ=YEARLY'), 5)).toEqual(leapDay);
  });

  test('2100 is no leap year', () => {
    expect(dates(plan('2096-02-29', 'FREQ=YEARLY;INTERVAL=4'), 3)).toEqual(['2096-02-29', '2100-02-28', '2104-02-29']);
  });

  test('a rule that names its days skips the months without them, as RFC 5545 says', () => {
    expect(dates(plan('2027-01-31', 'FREQ=MONTHLY;BYMONTHDAY=31'), 3)).toEqual([
      '2027-01-31',
      '2027-03-31',
      '2027-05-31',
    ]);
  });

  test('nothing is remembered where nothing can be lost', () => {
    expect(nextAfterCompletion(plan('2027-01-28', 'FREQ=MONTHLY'), clock('2027-01-28'))?.recurrence.intendedDay).toBe(
      null,
    );
    expect(
      nextAfterCompletion(plan('2027-01-31', 'FREQ=MONTHLY;BYDAY=-1SU'), clock('2027-01-31'))?.recurrence.intendedDay,
    ).toBe(null);
  });
});

describe('after completion', () => {
  const anchor = 'completion' as const;

  test('the interval counts from the day of completion', () => {
    const plants = plan('2026-11-18', 'FREQ=DAILY;INTERVAL=3', { anchor });
    expect(completed(plants, '2026-11-22')).toBe('2026-11-25');
    expect(completed(plants, '2026-11-16')).toBe('2026-11-19');
    expect(completed(plants, '2026-11-22T01:30', 240)).toBe('2026-11-24');
  });

  test('months are clipped and the time of the task stays', () => {
    const filter = plan('2026-12-01', 'FREQ=MONTHLY;INTERVAL=3', { anchor, time: '18:00' });
    expect(completed(filter, '2026-11-30T07:00')).toBe('2027-02-28 18:00');
  });

  test('the days of the rule are kept', () => {
    expect(completed(plan('2026-11-16', 'FREQ=WEEKLY;BYDAY=MO', { anchor }), '2026-11-19')).toBe('2026-11-23');
    expect(completed(plan('2026-11-16', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', { anchor }), '2026-11-19')).toBe(
      '2026-11-30',
    );
  });
});

describe('after completion, on the weekday of the rule', () => {
  const anchor = 'completion-weekday' as const;

  test('the nearest such day to one interval later', () => {
    const mowing = plan('2026-11-21', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA', { anchor });
    expect(completed(mowing, '2026-11-21')).toBe('2026-12-05');
    expect(completed(mowing, '2026-11-17')).toBe('2026-11-28');
    expect(completed(mowing, '2026-11-18')).toBe('2026-12-05');
    expect(completed(mowing, '2026-11-24')).toBe('2026-12-05');
  });

  test('without a weekday in the rule it is the one of the plan', () => {
    expect(completed(plan('2026-11-18', 'FREQ=DAILY;INTERVAL=10', { anchor }), '2026-11-20')).toBe('2026-12-02');
    expect(completed(plan('2026-11-18', 'FREQ=MONTHLY', { anchor }), '2026-11-30')).toBe('2026-12-30');
  });

  test('it is always later than the completion', () => {
    expect(completed(plan('2026-11-16', 'FREQ=DAILY;BYDAY=MO', { anchor }), '2026-11-17')).toBe('2026-11-23');
  });
});

describe('the end', () => {
  test('COUNT is what is left, and occurrences that were missed are used up', () => {
    const thrice = plan('2026-11-20', 'FREQ=DAILY;COUNT=3');
    expect(nextAfterCompletion(thrice, clock('2026-11-20'))?.recurrence.rule).toBe('FREQ=DAILY;COUNT=2');
    expect(nextAfterCompletion(thrice, clock('2026-11-21'))?.recurrence.rule).toBe('FREQ=DAILY;COUNT=1');
    expect(completed(thrice, '2026-11-22')).toBe('ended');
    expect(dates(thrice, 10)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
    expect(dates(plan('2026-11-20', 'FREQ=DAILY;INTERVAL=2;COUNT=3', { anchor: 'completion' }), 10)).toHaveLength(3);
  });

  test('UNTIL includes its day, and is an instant where it is written as one', () => {
    expect(dates(plan('2026-11-20', 'FREQ=DAILY;UNTIL=20261122'), 10)).toHaveLength(3);
    expect(dates(plan('2026-11-20', 'FREQ=DAILY;UNTIL=20261122', { anchor: 'completion-weekday' }), 10)).toHaveLength(
      1,
    );
    const berlin = { time: '09:00', timeZone: 'Europe/Berlin' };
    expect(dates(plan('2026-11-20', 'FREQ=DAILY;UNTIL=20261122T080000Z', berlin), 10)).toHaveLength(3);
    expect(dates(plan('2026-11-20', 'FREQ=DAILY;UNTIL=20261122T075900Z', berlin), 10)).toHaveLength(2);
  });
});

describe('leaving out and moving', () => {
  test('skipping goes to the next occurrence that is not past', () => {
    const daily = plan('2026-11-18', 'FREQ=DAILY');
    expect(nextAfterSkip(daily, clock('2026-11-18'))?.date).toBe('2026-11-19');
    expect(nextAfterSkip(daily, clock('2026-11-22'))?.date).toBe('2026-11-22');
    expect(nextAfterSkip(plan('2026-11-18', 'FREQ=DAILY;COUNT=1'), clock('2026-11-18'))).toBe(null);
  });

  test('skipping counts from the plan, whatever the anchor', () => {
    const skipped = (anchor: Recurrence['anchor']) =>
      nextAfterSkip(plan('2026-11-25', 'FREQ=WEEKLY', { anchor }), clock('2026-11-22'))?.date;
    expect([skipped('schedule'), skipped('completion'), skipped('completion-weekday')]).toEqual([
      '2026-12-02',
      '2026-12-02',
      '2026-12-02',
    ]);
  });

  test('a moved occurrence does not move the ones after it', () => {
    const moved = { occurrence: '2026-11-23' };
    expect(completed(plan('2026-11-22', 'FREQ=WEEKLY', moved), '2026-11-22')).toBe('2026-11-30');
    expect(completed(plan('2026-11-25', 'FREQ=WEEKLY', moved), '2026-11-25')).toBe('2026-11-30');
    expect(nextAfterCompletion(plan('2026-11-25', 'FREQ=WEEKLY', moved), clock('2026-11-25'))?.recurrence).toEqual({
      rule: 'FREQ=WEEKLY',
      anchor: 'schedule',
      intendedDay: null,
    });
  });

  test('a moved one of several times a day is the one that it was', () => {
    const rule = 'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0';
    expect(occurrenceOf(plan('2026-11-22', rule, { time: '09:00' }))).toBe('2026-11-22T09:00');
    const moved = plan('2026-11-22', rule, { time: '11:15', occurrence: '2026-11-22T09:00' });
    expect(completed(moved, '2026-11-22T11:20')).toBe('2026-11-22 17:00');
  });
});

describe('wall clocks', () => {
  test('09:00 stays 09:00 when the clocks change', () => {
    const weekly = plan('2026-10-22', 'FREQ=WEEKLY', { time: '09:00', timeZone: 'Europe/Berlin' });
    expect(dates(weekly, 2)).toEqual(['2026-10-22 09:00', '2026-10-29 09:00']);
  });

  test.each([
    ['Europe/Berlin', '2027-03-26', ['2027-03-26', '2027-03-27', '2027-03-28', '2027-03-29']],
    ['America/New_York', '2027-03-12', ['2027-03-12', '2027-03-13', '2027-03-14', '2027-03-15']],
    ['Australia/Lord_Howe', '2026-10-02', ['2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05']],
    ['America/Sao_Paulo', '2018-11-02', ['2018-11-02', '2018-11-03', '2018-11-04', '2018-11-05']],
  ])('a daily task has every day where a night has a gap: %s', (timeZone, start, expected) => {
    expect(dates(plan(start, 'FREQ=DAILY', { timeZone, time: '02:30' }), 4)).toEqual(
      expected.map((date) => `${date} 02:30`),
    );
  });

  test('the day of a completion is the one of its zone', () => {
    const at = (timeZone: string) => wallClockAt('2026-11-22T23:30:00.000Z', timeZone).day;
    expect(at('Europe/Berlin') - at('UTC')).toBe(1);
    expect(at('America/New_York') - at('UTC')).toBe(0);
    const inTheRepeatedHour = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'].map(
      (instant) => wallClockAt(instant, 'Europe/Berlin').moment,
    );
    expect(inTheRepeatedHour[0]).toBe(inTheRepeatedHour[1]);
  });
});

test('a rule begins on the first day that it allows', () => {
  expect(firstOccurrence(plan('2026-11-18', 'FREQ=MONTHLY;BYMONTHDAY=1'))).toEqual({ date: '2026-12-01', time: null });
  const workday = plan('2026-11-21', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', { time: '09:15' });
  expect(firstOccurrence(workday)).toEqual({ date: '2026-11-23', time: '09:15' });
  const later = plan('2026-11-18', 'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0', { time: '10:00' });
  expect(firstOccurrence(later)).toEqual({ date: '2026-11-18', time: '17:00' });
  expect(firstOccurrence(plan('2026-11-18', 'FREQ=DAILY;UNTIL=20261117'))).toBe(null);
});

const someRule = fc.constantFrom(
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=15',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYMONTHDAY=-1,15',
  'FREQ=YEARLY',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
);
const someAnchor = fc.constantFrom<Recurrence['anchor'][]>('schedule', 'completion');
const someDay = fc
  .integer({ min: 0, max: 3000 })
  .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10));
const someTime = fc.constantFrom('00:00', '09:00', '23:59');

test('completing always leads past the day that it counts for, or past the moment where there is a time', () => {
  const property = fc.property(
    someRule,
    someAnchor,
    someDay,
    fc.option(someTime),
    someDay,
    someTime,
    (rule, anchor, date, time, day, at) => {
      const now = clock(`${day}T${at}`);
      const next = nextAfterCompletion(plan(date, rule, { anchor, ...(time && { time }) }), now);
      if (!next) return false;
      const later = next.time === null ? next.date > day : `${next.date}T${next.time}` > `${day}T${at}`;
      return later && (anchor !== 'schedule' || next.date >= date);
    },
  );
  fc.assert(property, { numRuns: 1000 });
});

test('the dates that are foreseen ascend, each once', () => {
  const property = fc.property(someRule, someDay, (rule, date) => {
    const foreseen = dates(plan(date, rule), 12);
    const seen = new Set(foreseen);
    const ascending = foreseen.every((each, n) => n === 0 || each > (foreseen[n - 1] ?? ''));
    return ascending && seen.size === 12;
  });
  fc.assert(property, { numRuns: 300 });
});
