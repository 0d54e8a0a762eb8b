import { behindSymbol, find, findNext, type Found, goesOn, type Line, matchAt } from './line.ts';

const DAY_MINUTES = 1440;

/** A clock time, in minutes since midnight, or the evening, which has no clock time. */
export interface TimeOfDay {
  readonly minutes: number | null;
  readonly evening: boolean;
}

export interface TimeFound extends Found<TimeOfDay> {
  /** A bare word such as "morning". */
  readonly isBareWord?: boolean;
}

/** A time in figures: 9:30, 9am, 15 Uhr. A bare hour is none. */
export function findClockTime(line: Line, at: number): Found<number> | null {
  const found = matchAt(line, at, line.language.time);
  if (!found) return null;
  const [text, hour = '', minute, meridiem, clock] = found.value;
  // 15.30 is a number unless "Uhr" or "pm" says otherwise.
  const isMarked = meridiem !== undefined || clock !== undefined;
  if (!isMarked && (minute === undefined || text.includes('.'))) return null;
  const minutes = clockMinutes(line, hour, minute, meridiem);
  return minutes === null ? null : laterInTheDay(line, { ...found, value: minutes });
}

function clockMinutes(
  line: Line,
  hour: string,
  minute: string | undefined,
  meridiem: string | undefined,
): number | null {
  const [hours, minutes] = [Number(hour), Number(minute ?? 0)];
  if (minutes > 59) return null;
  if (meridiem === undefined) return hours > 23 ? null : hours * 60 + minutes;
  if (hours < 1 || hours > 12) return null;
  return ((hours % 12) + (line.language.pm.has(meridiem.toLowerCase()) ? 12 : 0)) * 60 + minutes;
}

/** "8:00 in the evening", "8 Uhr abends". */
function laterInTheDay(line: Line, found: Found<number>): Found<number> {
  const part =
    findNext(line, found.next, 'evening') ?? findNext(line, found.next, 'tonight') ?? afternoonAt(line, found.next);
  if (!part || found.value >= DAY_MINUTES / 2) return found;
  return { value: found.value + DAY_MINUTES / 2, next: part.next, end: part.end };
}

const AFTERNOON = 15;

function afternoonAt(line: Line, at: number): Found<number> | null {
  const part = findNext(line, at, 'dayPart');
  return part?.value === AFTERNOON ? part : null;
}

/**
 * The hour behind "at": of a bare 1 to 7 the afternoon is meant, two digits are taken as they are.
 * `isEvening`: behind "tonight" every hour before noon is one of the evening.
 */
export function findTimeAfterAt(line: Line, at: number, isEvening = false): Found<number> | null {
  const clock = findClockTime(line, at);
  if (clock) return clock;
  const part = find(line, at, 'dayPart');
  if (part) return { ...part, value: part.value * 60 };
  const word = line.words[at];
  if (!word || !/^\d{1,2}$/u.test(word.low)) return null;
  const hour = Number(word.low);
  if (hour > 23) return null;
  const isAfternoon = word.low.length === 1 && hour >= 1 && (isEvening ? hour <= 11 : hour <= 7);
  const found = { value: (hour + (isAfternoon ? 12 : 0)) * 60, next: at + 1, end: word.end };
  return isAfternoon ? found : laterInTheDay(line, found);
}

/** What may stand behind a date: "17:30", "at 5", "morning", "evening". */
export function findTimeAfterDate(line: Line, at: number): Found<TimeOfDay> | null {
  if (!goesOn(line, at)) return null;
  const evening = find(line, at, 'tonight') ?? find(line, at, 'evening');
  if (evening) return findSlot(line, evening);
  const prefix = find(line, at, 'at');
  const clock = prefix ? atTime(line, prefix, false) : findClockTime(line, at);
  if (clock) return { ...clock, value: { minutes: clock.value, evening: false } };
  const part = find(line, at, 'dayPart');
  return part && { ...part, value: { minutes: part.value * 60, evening: false } };
}

function atTime(line: Line, prefix: Found<number>, isEvening: boolean): Found<number> | null {
  return goesOn(line, prefix.next) ? findTimeAfterAt(line, prefix.next, isEvening) : null;
}

/** The evening, or a clock time in it. */
export function findSlot(line: Line, evening: Found<number>): Found<TimeOfDay> {
  const prefix = findNext(line, evening.next, 'at');
  const time = prefix
    ? atTime(line, prefix, true)
    : goesOn(line, evening.next)
      ? findClockTime(line, evening.next)
      : null;
  if (!time || findRange(line, evening.next, true)) return { ...evening, value: { minutes: null, evening: true } };
  return { ...time, value: { minutes: time.value, evening: false } };
}

/** A time without a date before it. */
export function findTime(line: Line, at: number): TimeFound | null {
  const prefix = find(line, at, 'at');
  if (prefix) {
    const time = atTime(line, prefix, false);
    return time && { ...time, value: { minutes: time.value, evening: false } };
  }
  const clock = findClockTime(line, at);
  if (clock) return { ...clock, value: { minutes: clock.value, evening: false } };
  const tonight = find(line, at, 'tonight');
  if (tonight) return findSlot(line, tonight);
  const evening = find(line, at, 'evening');
  if (evening) return { ...findSlot(line, evening), isBareWord: true };
  const part = find(line, at, 'dayPart');
  if (!part) return null;
  return { ...part, value: { minutes: part.value * 60, evening: false }, isBareWord: part.next === at + 1 };
}

export interface TimeRange {
  readonly start: number;
  /** Of the next day when it is not after the start. */
  readonly end: number;
}

/** "15:00-15:45", "3-4pm", "from 9:00 to 10:30"; plain numbers only behind a date. */
export function findRange(line: Line, at: number, isAfterDate: boolean): Found<TimeRange> | null {
  const from = find(line, at, 'rangeFrom');
  const found = matchAt(line, from?.next ?? at, line.language.range);
  if (!found) return null;
  const [, hour1 = '', minute1, meridiem1, clock1, hour2 = '', minute2, meridiem2, clock2] = found.value;
  const isMarked = [minute1, meridiem1, clock1, minute2, meridiem2, clock2].some((part) => part !== undefined);
  if (!isMarked && !isAfterDate) return null;
  // 2.5-3.5 is no time: a dot needs "Uhr" or "pm".
  if (found.value[0].includes('.') && [meridiem1, clock1, meridiem2, clock2].every((part) => part === undefined))
    return null;
  const end = clockMinutes(line, hour2, minute2, meridiem2);
  let start = clockMinutes(line, hour1, minute1, meridiem1 ?? meridiem2);
  if (start === null || end === null) return null;
  // In 11-1pm only the end is in the afternoon.
  if (meridiem1 === undefined && meridiem2 !== undefined && start >= end) {
    start = start < DAY_MINUTES / 2 ? start : start - DAY_MINUTES / 2;
  }
  if (start === end) return null;
  const isWorkingDay =
    meridiem1 === undefined && meridiem2 === undefined && !isMarked && end < start && end < DAY_MINUTES / 2;
  return { ...found, value: { start, end: isWorkingDay ? end + DAY_MINUTES / 2 : end } };
}

export function minutesBetween({ start, end }: TimeRange): number {
  return end > start ? end - start : end + DAY_MINUTES - start;
}

export const DURATION_MAX = DAY_MINUTES * 365;

/** "for 90m", "~1h30", "for an hour": minutes. */
export function findDuration(line: Line, at: number): Found<number> | null {
  const word = line.words[at];
  if (!word) return null;
  if (line.text.charAt(word.start) === '~') {
    const length = findLength(behindSymbol(line, at), 0);
    return length && { ...length, next: length.next + at };
  }
  const prefix = find(line, at, 'for');
  if (!prefix || !goesOn(line, prefix.next)) return null;
  const length = findLength(line, prefix.next);
  if (length) return length;
  const count = find(line, prefix.next, 'number');
  const unit = count && findNext(line, count.next, 'unit');
  return unit && unit.value <= 1 ? inBounds({ ...unit, value: count.value * (unit.value === 0 ? 1 : 60) }) : null;
}

/** "90m", "1h30", "2 hours": minutes. */
export function findLength(line: Line, at: number): Found<number> | null {
  const { hoursAndMinutes, amount, hours } = line.language;
  const mixed = matchAt(line, at, hoursAndMinutes);
  if (mixed) return inBounds({ ...mixed, value: Number(mixed.value[1]) * 60 + Number(mixed.value[2]) });
  const found = matchAt(line, at, amount);
  if (!found) return null;
  const [, whole = '', fraction = '0', unit = ''] = found.value;
  const count = Number(`${whole}.${fraction}`);
  return inBounds({ ...found, value: Math.round(count * (hours.has(unit.toLowerCase()) ? 60 : 1)) });
}

function inBounds(found: Found<number>): Found<number> | null {
  return found.value >= 1 && found.value <= DURATION_MAX ? found : null;
}

const REMINDER = /^!(\d{1,6})(m|min|h|d|w)$/u;
const REMINDER_MINUTES: Readonly<Record<string, number>> = { m: 1, min: 1, h: 60, d: 1440, w: 10_080 };

/** "!30m" before the task, or "!9:00" on its day. */
export function findReminder(line: Line, at: number): Found<number | { readonly minutes: number }> | null {
  const word = line.words[at];
  if (!word?.low.startsWith('!') || word.low === '!') return null;
  const before = REMINDER.exec(word.low);
  if (before) {
    const minutes = Number(before[1]) * (REMINDER_MINUTES[before[2] ?? ''] ?? 0);
    return minutes > DURATION_MAX ? null : { value: minutes, next: at + 1, end: word.end };
  }
  const time = findClockTime(behindSymbol(line, at), 0);
  return time && { value: { minutes: time.value }, next: time.next + at, end: time.end };
}
