import { personalDayAt, startOfDay } from '#core/dates/personal-day.ts';
import { wallTimeAt } from '#core/dates/zone-clock.ts';
import { formatTime } from '#core/recurrence/wall-clock.ts';

/**
 * Arithmetic on calendar dates written `YYYY-MM-DD`, which sort as text. Days are counted in UTC, where each has
 * 24 hours; the viewer's zone only decides which date is today.
 */
export type CalendarDate = string;

const DAY_MS = 86_400_000;

/** Days since 1970-01-01. */
export function dayNumber(date: CalendarDate): number {
  return Math.round(Date.UTC(yearOf(date), monthOf(date) - 1, dayOf(date)) / DAY_MS);
}

export function fromDayNumber(day: number): CalendarDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromDayNumber(dayNumber(date) + days);
}

/** Positive when `to` is later. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

/** 1 to 12. */
export function monthOf(date: CalendarDate): number {
  return Number(date.slice(5, 7));
}

export function dayOf(date: CalendarDate): number {
  return Number(date.slice(8, 10));
}

/** ISO: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: CalendarDate): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

export function startOfWeek(date: CalendarDate, weekStart: number): CalendarDate {
  return addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));
}

/** The next given weekday strictly after `date`. */
export function nextWeekday(date: CalendarDate, weekday: number): CalendarDate {
  return addDays(date, ((weekday - weekdayOf(date) + 6) % 7) + 1);
}

export function nextWeekStart(today: CalendarDate, weekStart: number): CalendarDate {
  return addDays(startOfWeek(today, weekStart), 7);
}

/** The next Saturday; today when it is one. */
export function weekendFrom(today: CalendarDate): CalendarDate {
  return nextWeekday(addDays(today, -1), 6);
}

export interface WallClock {
  readonly date: CalendarDate;
  /** `HH:MM` */
  readonly time: string;
}

/** What calendar and clock show. */
export function wallClock(epochMs: number, timeZone: string): WallClock {
  const { day, minutes } = wallTimeAt(epochMs, timeZone);
  return { date: fromDayNumber(day), time: formatTime(minutes) };
}

/** The day that an instant counts for: before `dayStart`, in minutes after midnight, it is still the day before. */
export function todayIn(timeZone: string, epochMs: number, dayStart = 0): CalendarDate {
  return fromDayNumber(personalDayAt(epochMs, { timeZone, dayStart }));
}

/** The first instant at which a later day begins. */
export function nextDayAt(timeZone: string, epochMs: number, dayStart = 0): number {
  const rule = { timeZone, dayStart };
  return startOfDay(personalDayAt(epochMs, rule) + 1, rule);
}
