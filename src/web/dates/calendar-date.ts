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

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

export interface WallClock {
  readonly date: CalendarDate;
  /** `HH:MM` */
  readonly time: string;
  readonly seconds: number;
}

export function wallClock(epochMs: number, timeZone: string): WallClock {
  const parts = clockOf(timeZone).formatToParts(epochMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    seconds: Number(part('second')),
  };
}

export function todayIn(timeZone: string, epochMs: number): CalendarDate {
  return wallClock(epochMs, timeZone).date;
}

/** The first instant at which `timeZone` shows a later date; found by search, since a day may have 23 or 25 hours. */
export function nextMidnight(timeZone: string, epochMs: number): number {
  const today = todayIn(timeZone, epochMs);
  let low = epochMs;
  let high = epochMs + 26 * 3_600_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (todayIn(timeZone, middle) === today) low = middle;
    else high = middle;
  }
  return high;
}
