import { expect, test } from 'vitest';
import { parseDateText } from './parse-date.ts';

// A Wednesday.
const context = { today: '2026-11-18', locale: 'en-GB', weekStart: 1 };

test.each([
  ['t', '2026-11-18'],
  ['Today', '2026-11-18'],
  ['m', '2026-11-19'],
  ['tomorrow', '2026-11-19'],
  ['w', '2026-11-23'],
  ['next week', '2026-11-23'],
  ['weekend', '2026-11-21'],
  ['fri', '2026-11-20'],
  ['wednesday', '2026-11-25'],
  ['next friday', '2026-11-27'],
  ['next month', '2026-12-01'],
  ['in 10 days', '2026-11-28'],
  ['+3', '2026-11-21'],
  ['2w', '2026-12-02'],
  ['2026-12-24', '2026-12-24'],
  ['5.12.', '2026-12-05'],
  ['5/1', '2027-01-05'],
  ['24 dec', '2026-12-24'],
  ['Dec 24', '2026-12-24'],
  ['1st march', '2027-03-01'],
  ['29 feb', '2028-02-29'],
])('%s is %s', (text, date) => {
  expect(parseDateText(text, context)?.date).toBe(date);
});

test('times and the evening come along', () => {
  expect(parseDateText('fri 14:00', context)).toMatchObject({ date: '2026-11-20', time: '14:00' });
  expect(parseDateText('tomorrow at 9am', context)).toMatchObject({ date: '2026-11-19', time: '09:00' });
  expect(parseDateText('17:30', context)).toMatchObject({ date: '2026-11-18', time: '17:30' });
  expect(parseDateText('e', context)).toMatchObject({ date: '2026-11-18', evening: true });
  expect(parseDateText('tomorrow evening', context)).toMatchObject({ date: '2026-11-19', evening: true });
});

test('no date is a date too', () => {
  expect(parseDateText('none', context)).toEqual({ date: null, label: 'No date' });
});

test.each(['x', '31.2.', '2026-13-01', 'someday', '25:00', '40 dec'])('%s is not a date', (text) => {
  expect(parseDateText(text, context)).toBeNull();
});
