/**
 * What the recurrence engine costs: `node bench/recurrence.ts`. Every rule began on 1900-01-01 and is asked for what
 * comes after today.
 */
import { parseArgs } from 'node:util';
import { describeRule } from '#core/recurrence/describe-rule.ts';
import {
  firstOccurrence,
  nextAfterCompletion,
  nextDates,
  type Plan,
  wallClockAt,
} from '#core/recurrence/next-occurrence.ts';
import { parseRule } from '#core/recurrence/parse-rule.ts';
import { withTimes } from '#core/recurrence/times-of-day.ts';
import { median } from './median.ts';

const RULES = [
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
  // Few or no days: what a stranger would send to keep a server busy.
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
  'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366;BYHOUR=9,10;BYMINUTE=0,30',
  'FREQ=DAILY;COUNT=9999',
];

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' } } });
const runs = Number(values.runs);
const clock = wallClockAt('2026-11-22T09:00:00.000Z', 'UTC');

function planOf(rule: string, date = '1900-01-01'): Plan {
  return { date, time: null, timeZone: 'UTC', recurrence: { rule, anchor: 'schedule', intendedDay: null } };
}

/** Microseconds, the middle of `runs`. */
function cost(work: () => unknown): string {
  for (let n = 0; n < 20; n++) work();
  const times = Array.from({ length: runs }, () => {
    const begin = performance.now();
    work();
    return (performance.now() - begin) * 1000;
  });
  return median(times).toFixed(1);
}

const next = Object.fromEntries(
  RULES.map((rule) => [
    rule,
    {
      'next date': nextAfterCompletion(planOf(rule), clock)?.date ?? 'none',
      'next, µs': cost(() => nextAfterCompletion(planOf(rule), clock)),
    },
  ]),
);
console.table(next);

const editor = 'FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1';
const plan = planOf(editor, '2026-11-30');
console.table({
  'read a rule': { µs: cost(() => parseRule(editor)) },
  'first date': { µs: cost(() => firstOccurrence(plan)) },
  'next five dates': { µs: cost(() => nextDates(plan, 5)) },
  'two times a day': { µs: cost(() => withTimes(parseRule('FREQ=DAILY'), [9 * 60 + 15, 17 * 60 + 40])) },
  'in words': { µs: cost(() => describeRule(editor, 'de')) },
  'wall clock of a zone': { µs: cost(() => wallClockAt('2026-11-22T09:00:00.000Z', 'Europe/Berlin')) },
});
