import { expect, test } from 'vitest';
import { readDate } from './read-date.ts';

// A Wednesday.
const calendar = {
  today: '2026-11-18',
  locale: 'en-GB',
  weekStart: 1,
  dayStart: 0,
  timeZone: 'Europe/Berlin',
  words: 'en-GB',
};
const read = (text: string, more: Partial<typeof calendar> = {}) =>
  readDate(text, { ...calendar, ...more }, Date.parse('2026-11-18T10:00:00+01:00'));

test.each([
  ['t', '2026-11-18'],
  ['Today', '2026-11-18'],
  ['yesterday', '2026-11-17'],
  ['m', '2026-11-19'],
  ['tomorrow', '2026-11-19'],
  ['tom', '2026-11-19'],
  ['w', '2026-11-23'],
  ['next week', '2026-11-23'],
  ['weekend', '2026-11-21'],
  ['this weekend', '2026-11-21'],
  ['Fri', '2026-11-20'],
  ['wednesday', '2026-11-25'],
  ['next friday', '2026-11-27'],
  ['next month', '2026-12-01'],
  ['end of month', '2026-11-30'],
  ['in 10 days', '2026-11-28'],
  ['10 days', '2026-11-28'],
  ['3 workdays', '2026-11-23'],
  ['+3', '2026-11-21'],
  ['3d', '2026-11-21'],
  ['2w', '2026-12-02'],
  ['2026-12-24', '2026-12-24'],
  ['5.12.', '2026-12-05'],
  ['5/1', '2027-01-05'],
  ['24 dec', '2026-12-24'],
  ['Dec 24', '2026-12-24'],
  ['1st march', '2027-03-01'],
  ['29 feb', '2028-02-29'],
])('%s is %s', (text, date) => {
  expect(read(text)?.date).toBe(date);
});

test('the words and the order of numbers are those of the locale', () => {
  expect(read('5/12', { locale: 'en-US' })?.date).toBe('2027-05-12');
  const german = { locale: 'de-DE', words: 'de-DE' };
  expect(read('morgen 15 Uhr', german)).toMatchObject({ date: '2026-11-19', time: '15:00' });
  expect(read('Gestern', german)?.date).toBe('2026-11-17');
  expect(read('+3', german)?.date).toBe('2026-11-21');
  expect(read('+3', { locale: 'fr-FR', words: 'fr-FR' })).toBeNull();
  expect(read('morgen', { locale: 'en-GB', words: 'de' })?.label).toBe('Thu 19 Nov');
});

test('times and the evening come along', () => {
  expect(read('fri 14:00')).toEqual({ date: '2026-11-20', time: '14:00', label: 'Fri 20 Nov 14:00' });
  expect(read('tomorrow at 9am')).toMatchObject({ date: '2026-11-19', time: '09:00' });
  expect(read('17:30')).toMatchObject({ date: '2026-11-18', time: '17:30' });
  expect(read('e')).toMatchObject({ date: '2026-11-18', evening: true });
  expect(read('tomorrow evening')).toMatchObject({ date: '2026-11-19', evening: true });
});

test('no date is a date too', () => {
  expect(read('none')).toEqual({ date: null, label: 'No date' });
});

test.each(['x', '31.2.', '2026-13-01', 'someday', '25:00', '40 dec', 'by friday', 'every day', ''])(
  '%s is not a date',
  (text) => {
    expect(read(text)).toBeNull();
  },
);
