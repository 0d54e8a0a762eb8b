import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextDates } from '#core/recurrence/next-occurrence.ts';
import { parseRule } from '#core/recurrence/parse-rule.ts';
import { formatDate } from '#core/recurrence/wall-clock.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import { draftOf } from './read-rule.ts';
import type { RepeatDraft } from './repeat-draft.ts';
import { outcomeOf } from './repeat-outcome.ts';

const context = { today: '2026-11-18', weekStart: 1 };
const fresh = draftOf({ date: '2026-11-18', time: null, recurrence: null }, context);

function save(given: Partial<RepeatDraft>) {
  return outcomeOf({ ...fresh, ...given }, 'Europe/Berlin');
}

function saved(given: Partial<RepeatDraft>) {
  const outcome = save(given);
  if (outcome.type === 'invalid') throw new Error(outcome.message);
  return [outcome.plan.recurrence.rule, outcome.next.map(({ date, time }) => (time ? `${date} ${time}` : date))];
}

describe('what the form says', () => {
  test.each<[Partial<RepeatDraft>, string, string]>([
    [{}, 'FREQ=WEEKLY;BYDAY=WE', '2026-11-25'],
    [{ unit: 'DAILY', interval: 3 }, 'FREQ=DAILY;INTERVAL=3', '2026-11-21'],
    [{ weekdays: [4, 0] }, 'FREQ=WEEKLY;BYDAY=MO,FR', '2026-11-23'],
    [{ unit: 'MONTHLY' }, 'FREQ=MONTHLY', '2026-12-18'],
    [{ unit: 'MONTHLY', dayInMonth: 'nth' }, 'FREQ=MONTHLY;BYDAY=3WE', '2026-12-16'],
    [{ unit: 'MONTHLY', dayInMonth: 'last-day' }, 'FREQ=MONTHLY;BYMONTHDAY=-1', '2026-12-31'],
    [{ unit: 'YEARLY', dayInMonth: 'nth' }, 'FREQ=YEARLY;BYMONTH=11;BYDAY=3WE', '2027-11-17'],
    [{ unit: 'YEARLY' }, 'FREQ=YEARLY', '2027-11-18'],
    [{ anchor: 'completion-weekday', unit: 'MONTHLY', weekdays: [5] }, 'FREQ=MONTHLY;BYDAY=SA', '2026-12-19'],
    [{ end: 'until', until: '2027-01-31' }, 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20270131', '2026-11-25'],
    [{ unit: 'custom', custom: 'freq=monthly;bymonthday=1,15' }, 'FREQ=MONTHLY;BYMONTHDAY=1,15', '2026-12-15'],
  ])('%o is %s', (given, rule, second) => {
    const [text, next] = saved(given);
    expect([text, next?.[1]]).toEqual([rule, second]);
  });

  test('a date that is none of its days moves to the first that is', () => {
    expect(saved({ weekdays: [4] })[1]?.slice(0, 2)).toEqual(['2026-11-20', '2026-11-27']);
  });

  test('several times a day need not multiply', () => {
    const times = ['17:40', '09:15'];
    expect(saved({ unit: 'DAILY', times })[1]?.slice(0, 3)).toEqual([
      '2026-11-18 09:15',
      '2026-11-18 17:40',
      '2026-11-19 09:15',
    ]);
    expect(saved({ times })[1]?.slice(0, 3)).toEqual(['2026-11-18 09:15', '2026-11-18 17:40', '2026-11-25 09:15']);
    expect(save({ unit: 'YEARLY', times })).toMatchObject({ type: 'invalid' });
  });

  test('what is wrong is said', () => {
    expect(save({ unit: 'custom', custom: 'FREQ=HOURLY' })).toMatchObject({
      message: 'FREQ=HOURLY is not supported: for several times a day use FREQ=DAILY with BYHOUR and BYMINUTE.',
    });
    expect(save({ end: 'until', until: '2026-11-01' })).toMatchObject({ type: 'invalid' });
  });
});

describe('what the form shows of a rule', () => {
  test('the 31st stays meant while another field is changed', () => {
    const recurrence: Recurrence = { rule: 'FREQ=MONTHLY', anchor: 'schedule', intendedDay: 31 };
    const draft = draftOf({ date: '2027-02-28', time: null, recurrence }, context);
    const outcome = outcomeOf({ ...draft, interval: 2 }, 'UTC');
    expect(outcome).toMatchObject({
      type: 'valid',
      next: [{ date: '2027-02-28' }, { date: '2027-04-30' }, {}, {}, {}],
    });
    expect(outcome).toMatchObject({ plan: { recurrence: { intendedDay: 31 } } });
  });

  test('a moved occurrence is shown by its own day', () => {
    const recurrence: Recurrence = {
      rule: 'FREQ=WEEKLY',
      anchor: 'schedule',
      intendedDay: null,
      occurrence: '2026-11-16',
    };
    expect(draftOf({ date: '2026-11-18', time: null, recurrence }, context)).toMatchObject({
      start: '2026-11-16',
      weekdays: [0],
    });
  });

  test.each([
    'FREQ=YEARLY;BYMONTH=3,9',
    'FREQ=MONTHLY;BYMONTHDAY=31',
    'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1',
    'FREQ=DAILY;BYMONTH=1',
  ])('%s says more than the fields can, and stays as it is written', (rule) => {
    const recurrence: Recurrence = { rule, anchor: 'schedule', intendedDay: null };
    expect(draftOf({ date: '2026-11-18', time: null, recurrence }, context)).toMatchObject({
      unit: 'custom',
      custom: rule,
    });
  });

  test('saving the form unchanged changes no date, whatever the rule', () => {
    const part = (name: string, values: readonly string[]) =>
      fc.constantFrom('', ...values.map((value) => `;${name}=${value}`));
    const rules = fc
      .tuple(
        fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
        part('INTERVAL', ['2', '5']),
        part('BYMONTH', ['1', '11', '2,5']),
        part('BYMONTHDAY', ['1', '18', '31', '-1', '2,3']),
        part('BYDAY', ['WE', 'MO,FR', '3WE', '-1WE', '1MO']),
        fc.constantFrom('', ';BYHOUR=9,17;BYMINUTE=0', ';BYHOUR=9,17;BYMINUTE=15,40;BYSETPOS=1,4'),
        part('COUNT', ['3']),
      )
      .map((parts) => `FREQ=${parts.join('')}`)
      .filter((rule) => isValid(rule));
    fc.assert(
      fc.property(rules, fc.integer({ min: 20_700, max: 21_100 }), fc.boolean(), (rule, day, timed) => {
        const recurrence: Recurrence = { rule, anchor: 'schedule', intendedDay: null };
        const task = { date: formatDate(day), time: timed ? '09:00' : null, recurrence };
        const before = outcomeOf({ ...draftOf(task, context), unit: 'custom', custom: rule }, 'UTC');
        const after = outcomeOf(draftOf(task, context), 'UTC');
        if (before.type === 'invalid') return;
        expect(after).toMatchObject({ type: 'valid', next: before.next });
        expect(before.next).toEqual(nextDates({ ...before.plan, timeZone: 'UTC' }, 5));
      }),
      { numRuns: 400 },
    );
  });
});

function isValid(rule: string): boolean {
  try {
    return parseRule(rule).interval > 0;
  } catch {
    return false;
  }
}
