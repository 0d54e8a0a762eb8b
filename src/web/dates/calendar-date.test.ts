import { expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  nextDayAt,
  nextWeekday,
  startOfWeek,
  todayIn,
  wallClock,
  weekdayOf,
} from './calendar-date.ts';

test('days are added across months, years and leap days', () => {
  expect(addDays('2026-11-30', 1)).toBe('2026-12-01');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  expect(daysBetween('2026-11-18', '2026-12-18')).toBe(30);
  expect(daysBetween('2026-11-18', '2026-11-17')).toBe(-1);
});

test('weekdays are ISO and weeks begin where the person wants', () => {
  expect(weekdayOf('2026-11-18')).toBe(3);
  expect(weekdayOf('1969-12-28')).toBe(7);
  expect(startOfWeek('2026-11-18', 1)).toBe('2026-11-16');
  expect(startOfWeek('2026-11-18', 7)).toBe('2026-11-15');
  expect(startOfWeek('2026-11-16', 1)).toBe('2026-11-16');
});

test('the next weekday is strictly after the day', () => {
  expect(nextWeekday('2026-11-18', 3)).toBe('2026-11-25');
  expect(nextWeekday('2026-11-18', 6)).toBe('2026-11-21');
  expect(nextWeekday('2026-11-18', 1)).toBe('2026-11-23');
});

test('today follows the time zone', () => {
  const instant = Date.UTC(2026, 10, 18, 23, 30);
  expect(todayIn('Europe/Berlin', instant)).toBe('2026-11-19');
  expect(todayIn('UTC', instant)).toBe('2026-11-18');
  expect(todayIn('America/New_York', instant)).toBe('2026-11-18');
  expect(wallClock(instant, 'Asia/Kolkata')).toEqual({ date: '2026-11-19', time: '05:00' });
});

test('midnight is found on days of 23, 24 and 25 hours', () => {
  const hours = (from: number) => (nextDayAt('Europe/Berlin', from) - from) / 3_600_000;
  expect(hours(Date.UTC(2026, 10, 17, 23))).toBe(24);
  expect(hours(Date.UTC(2026, 2, 28, 23))).toBe(23);
  expect(hours(Date.UTC(2026, 9, 24, 22))).toBe(25);
  expect(nextDayAt('UTC', Date.UTC(2026, 10, 18, 3), 240)).toBe(Date.UTC(2026, 10, 18, 4));
});
