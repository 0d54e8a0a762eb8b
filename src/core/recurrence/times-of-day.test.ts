import { expect, test } from 'vitest';
import { parseRule } from './parse-rule.ts';
import { printRule } from './rule.ts';
import { minuteOfMoment, occurrencesFrom } from './series.ts';
import { withTimes } from './times-of-day.ts';
import { formatTime, MINUTES_PER_DAY, parseDate, parseTime } from './wall-clock.ts';

function timed(rule: string, ...times: readonly string[]): string | null {
  const found = withTimes(parseRule(rule), times.map(parseTime));
  return found && printRule(found);
}

test('times whose hours and minutes multiply need nothing else', () => {
  expect(timed('FREQ=DAILY', '17:15', '09:15')).toBe('FREQ=DAILY;BYHOUR=9,17;BYMINUTE=15');
  expect(timed('FREQ=MONTHLY;BYDAY=-1FR', '09:00')).toBe('FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0');
});

test('other times are picked within the day', () => {
  expect(timed('FREQ=WEEKLY;BYDAY=MO,TH', '09:15', '17:40')).toBe(
    'FREQ=DAILY;BYDAY=MO,TH;BYHOUR=9,17;BYMINUTE=15,40;BYSETPOS=1,4',
  );
});

test('what RFC 5545 cannot say is null', () => {
  expect(timed('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '09:15', '17:40')).toBe(null);
  expect(timed('FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1', '09:00', '17:00')).toBe(null);
});

test('any times of a daily rule come back, day after day', () => {
  const times = ['00:00', '07:05', '07:50', '12:05', '23:59'];
  const rule = withTimes(parseRule('FREQ=DAILY'), times.map(parseTime));
  const start = parseDate('2026-11-22') * MINUTES_PER_DAY;
  const found = [];
  for (const moment of rule ? occurrencesFrom({ rule, start }, start) : []) {
    found.push(formatTime(minuteOfMoment(moment)));
    if (found.length === 10) break;
  }
  expect(found).toEqual([...times, ...times]);
});
