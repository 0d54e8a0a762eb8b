import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstOccurrence } from '#core/recurrence/next-occurrence.ts';
import { parseRule } from '#core/recurrence/parse-rule.ts';
import { printRule } from '#core/recurrence/rule.ts';
import { parseQuickAdd } from './parse-quick-add.ts';
import { berlin } from './testing/examples.ts';

const SPECS = (
  'day|3 days|other week|2 weeks|month|quarter|year|mon|mon, wed and fri|workday|weekend|other friday|2 weeks on mon, thu|' +
  '1st|15th|31st|30th|1st, 31st|last day|first day|3rd fri|5th sun|2nd and 4th fri|1st mon, last fri|last friday|2nd workday|last workday|24 dec|29 feb|' +
  'month on the 15th|3 months on the 2nd tue|2 years on 1 may|2nd week'
).split('|');
const TIMES = ['', ' 9:00', ' at 23:30', ' evening'];
/** Rules whose days can have several times, also such that hours and minutes do not multiply to. */
const DAILY_SPECS = ['day', '3 days', 'mon', 'mon, wed and fri', 'workday', 'weekend'];
const SEVERAL_TIMES = [' at 8:00, 20:00', ' at 9:00, 18:30', ' 7:15, 12:15 and 23:45'];
const ENDS = ['', ' until 2040-01-01', ' 10 times', ' for 2 years', ' starting 2027-02-28', ' starting 29 feb'];

const line = fc
  .tuple(
    fc.constantFrom('every ', 'every! '),
    fc.oneof(
      fc.tuple(fc.constantFrom(...SPECS), fc.constantFrom(...TIMES)),
      fc.tuple(fc.constantFrom(...DAILY_SPECS), fc.constantFrom(...SEVERAL_TIMES)),
    ),
    fc.constantFrom(...ENDS),
  )
  .map((pieces) => `Run ${pieces.flat().join('')}`);
const now = fc.date({ min: new Date('2026-01-01'), max: new Date('2032-12-31'), noInvalidDate: true });

test('the engine reads every rule, and begins it on the same day and at the same time', () => {
  fc.assert(
    fc.property(line, now, fc.constantFrom(1, 7), (text, at, weekStart) => {
      const context = { ...berlin, now: at.getTime(), timeZone: 'Asia/Kolkata', weekStart };
      const { title, date, time, recurrence } = parseQuickAdd(text, context).fields;
      expect(title, text).toBe('Run');
      if (date === null || recurrence === null) throw new Error(`${text} does not repeat`);
      expect(printRule(parseRule(recurrence.rule)), text).toBe(recurrence.rule);
      expect(firstOccurrence({ date, time, timeZone: context.timeZone, recurrence }), text).toEqual({ date, time });
    }),
    { numRuns: 600 },
  );
});
