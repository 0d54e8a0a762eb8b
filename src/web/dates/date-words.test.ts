import { expect, test } from 'vitest';
import { dayWords, longDate, timeWords, toneOf, whenWords } from './date-words.ts';
import { durationWords } from './duration-words.ts';
import { momentWords } from './moment-words.ts';

// A Wednesday.
const context = { today: '2026-11-18', locale: 'en-GB' };

test.each([
  ['2026-11-18', 'Today', 'today'],
  ['2026-11-19', 'Tomorrow', 'tomorrow'],
  ['2026-11-17', 'Yesterday', 'overdue'],
  ['2026-11-15', '3 days ago', 'overdue'],
  ['2026-11-11', '11 Nov', 'overdue'],
  ['2026-11-20', 'Friday', 'soon'],
  ['2026-11-24', 'Tuesday', 'soon'],
  ['2026-11-25', '25 Nov', 'soon'],
  ['2026-12-02', '2 Dec', 'later'],
  ['2027-01-02', '2 Jan 2027', 'later'],
])('%s reads %s (%s)', (date, text, tone) => {
  expect(dayWords(date, context)).toBe(text);
  expect(toneOf(date, context.today)).toBe(tone);
});

test('a pill adds the time or the evening, and leaves out the day that its group names', () => {
  const at = (date: string | null, time: string | null = null, evening = false) => ({ date, time, evening });
  expect(whenWords(at('2026-11-18', '17:30'), context)?.text).toBe('Today 17:30');
  expect(whenWords(at('2026-11-19', null, true), context)?.text).toBe('Tomorrow evening');
  expect(whenWords(at('2026-11-18', '17:30'), context, '2026-11-18')?.text).toBe('17:30');
  expect(whenWords(at('2026-11-18'), context, '2026-11-18')).toBeNull();
  expect(whenWords(at(null), context)).toBeNull();
});

test('words follow the locale', () => {
  expect(timeWords('17:30', 'en-US')).toMatch(/^5:30\sPM$/u);
  expect(dayWords('2026-12-02', { today: '2026-11-18', locale: 'en-US' })).toBe('Dec 2');
  expect(longDate('2026-11-20', 'en-GB')).toMatch(/^Friday,? 20 November 2026$/);
});

test('durations are short', () => {
  expect([durationWords(45), durationWords(60), durationWords(90), durationWords(125)]).toEqual([
    '45 min',
    '1 h',
    '1 h 30',
    '2 h 05',
  ]);
});

test('moments are told from now', () => {
  const now = Date.parse('2026-11-18T12:00:00.000Z');
  const utc = { ...context, timeZone: 'UTC', dayStart: 0 };
  const tell = (instant: string) => momentWords(instant, now, utc);
  expect(tell('2026-11-18T11:59:40.000Z')).toBe('just now');
  expect(tell('2026-11-18T11:20:00.000Z')).toBe('40 min ago');
  expect(tell('2026-11-18T08:05:00.000Z')).toBe('today 08:05');
  expect(tell('2026-11-17T08:05:00.000Z')).toBe('yesterday 08:05');
  expect(tell('2026-10-01T08:05:00.000Z')).toBe('1 Oct 08:05');
  const night = { ...utc, dayStart: 240 };
  expect(momentWords('2026-11-19T00:20:00.000Z', now + 13.5 * 3_600_000, night)).toBe('today 00:20');
});
