import { isWallDate } from './wall-date.ts';
import { addDays, type CalendarDate, monthOf, nextWeekday, startOfWeek, yearOf } from './calendar-date.ts';
import { dayLabel, type DateContext } from './date-words.ts';

export interface ParsedDate {
  readonly date: CalendarDate | null;
  /** `HH:MM`, where the text names one. */
  readonly time?: string;
  readonly evening?: boolean;
  /** How the text was understood. */
  readonly label: string;
}

interface ParseContext extends DateContext {
  readonly weekStart: number;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** What somebody types into the date field; null while it makes no sense. */
export function parseDateText(text: string, context: ParseContext): ParsedDate | null {
  const typed = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (['n', 'none', 'no date', 'clear', '-'].includes(typed)) return { date: null, label: 'No date' };
  const { rest, time } = splitTime(typed);
  const evening = /(^| )(e|evening|tonight|this evening)$/.test(rest);
  const words = rest.replace(/ ?(e|this evening|evening|tonight)$/, '');
  const date = words === '' && (evening || time) ? context.today : parseDay(words, context);
  if (date === null) return null;
  const label = [dayLabel(date, context), time ?? (evening ? 'evening' : '')].filter(Boolean).join(' ');
  return { date, label, ...(time && { time }), ...(evening && !time && { evening }) };
}

function splitTime(text: string): { rest: string; time?: string } {
  const found = /(?:^| )(?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm)?$/.exec(text);
  if (!found || (found[2] === undefined && found[3] === undefined)) return { rest: text };
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (found[3] === 'pm' && hour < 12) hour += 12;
  if (found[3] === 'am' && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return { rest: text };
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { rest: text.slice(0, found.index).trim(), time };
}

function parseDay(text: string, context: ParseContext): CalendarDate | null {
  const { today, weekStart } = context;
  const named: Readonly<Record<string, CalendarDate>> = {
    t: today,
    tod: today,
    today,
    m: addDays(today, 1),
    tom: addDays(today, 1),
    tmr: addDays(today, 1),
    tomorrow: addDays(today, 1),
    yesterday: addDays(today, -1),
    w: nextWeekStart(today, weekStart),
    'next week': nextWeekStart(today, weekStart),
    weekend: weekendFrom(today),
    'this weekend': weekendFrom(today),
    'next month': firstOfMonth(today, 1),
  };
  return named[text] ?? parseWeekday(text, context) ?? parseOffset(text, today) ?? parseCalendarDay(text, today);
}

export function nextWeekStart(today: CalendarDate, weekStart: number): CalendarDate {
  return addDays(startOfWeek(today, weekStart), 7);
}

/** The next Saturday; today when it is one. */
export function weekendFrom(today: CalendarDate): CalendarDate {
  return nextWeekday(addDays(today, -1), 6);
}

function firstOfMonth(today: CalendarDate, months: number): CalendarDate {
  const month = monthOf(today) - 1 + months;
  return `${yearOf(today) + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

function parseWeekday(text: string, { today, weekStart }: ParseContext): CalendarDate | null {
  const found = /^(?:(on|this|next) )?([a-z]{2,9})$/.exec(text);
  if (!found) return null;
  const name = found[2] ?? '';
  const index = WEEKDAYS.findIndex((weekday) => weekday.startsWith(name));
  if (index < 0) return null;
  const weekday = index + 1;
  if (found[1] !== 'next') return nextWeekday(today, weekday);
  return nextWeekday(addDays(nextWeekStart(today, weekStart), -1), weekday);
}

function parseOffset(text: string, today: CalendarDate): CalendarDate | null {
  const found = /^(?:in |\+)?(\d{1,3}) ?(d|days?|w|weeks?)$/.exec(text) ?? /^\+(\d{1,3})$/.exec(text);
  if (!found) return null;
  return addDays(today, Number(found[1]) * (found[2]?.startsWith('w') ? 7 : 1));
}

function parseCalendarDay(text: string, today: CalendarDate): CalendarDate | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return isWallDate(text) ? text : null;
  const numeric = /^(\d{1,2})[./](\d{1,2})[./]?(\d{4})?$/.exec(text);
  if (numeric) return inYear(numeric[3], Number(numeric[2]), Number(numeric[1]), today);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)? ?([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(text);
  if (dayFirst) return inYear(dayFirst[3], monthNamed(dayFirst[2]), Number(dayFirst[1]), today);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text);
  return monthFirst ? inYear(monthFirst[3], monthNamed(monthFirst[1]), Number(monthFirst[2]), today) : null;
}

function monthNamed(name = ''): number {
  return MONTHS.findIndex((month) => month.startsWith(name)) + 1;
}

/** Without a year: the next such day that is not past. */
function inYear(year: string | undefined, month: number, day: number, today: CalendarDate): CalendarDate | null {
  const at = (inYearNumber: number) =>
    `${inYearNumber}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (year) return isWallDate(at(Number(year))) ? at(Number(year)) : null;
  // 29 February may be eight years away.
  for (let next = yearOf(today); next <= yearOf(today) + 8; next++) {
    if (isWallDate(at(next)) && at(next) >= today) return at(next);
  }
  return null;
}
