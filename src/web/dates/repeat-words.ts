import { type CalendarDate, fromDayNumber } from './calendar-date.ts';
import { weekdayShort } from './date-words.ts';

const UNITS: Readonly<Record<string, string>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const ORDINALS: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '-1': 'last',
};
/** 1970-01-05 was a Monday. */
const MONDAY = 4;

/** A recurrence rule (RFC 5545 §3.3.10) in words. Rules that say more than these words can are shown as written. */
export function repeatWords(rule: string, locale: string): string {
  const parts = new Map(
    rule.split(';').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  const unit = UNITS[parts.get('FREQ') ?? ''];
  const interval = Number(parts.get('INTERVAL') ?? '1');
  const day = parts.get('BYDAY') ?? '';
  const monthDay = parts.get('BYMONTHDAY') ?? '';
  const known = [
    'FREQ',
    'INTERVAL',
    ...(unit === 'week' ? ['BYDAY'] : unit === 'month' ? ['BYDAY', 'BYMONTHDAY'] : []),
  ];
  if (!unit || (day && monthDay) || [...parts.keys()].some((name) => !known.includes(name))) return rule;

  if (unit === 'week' && interval === 1 && day === 'MO,TU,WE,TH,FR') return 'Every workday';
  const every = interval === 1 ? `Every ${unit}` : `Every ${interval} ${unit}s`;
  if (monthDay) return monthDayWords(every, monthDay) ?? rule;
  if (!day) return every;
  const days = day.split(',').map((code) => weekdayWords(code, unit, locale));
  if (days.some((words) => words === null)) return rule;
  const list = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(days.filter((words) => words !== null));
  return unit === 'week' && interval === 1 ? `Every ${list}` : `${every} on ${list}`;
}

function monthDayWords(every: string, monthDay: string): string | null {
  if (monthDay === '-1') return `${every} on the last day`;
  const day = Number(monthDay);
  return Number.isInteger(day) && day > 0 ? `${every} on day ${day}` : null;
}

/** `TU` in a week, `3FR` in a month. */
function weekdayWords(code: string, unit: string, locale: string): string | null {
  const [, ordinal = '', name = ''] = /^(-?\d)?([A-Z]{2})$/.exec(code) ?? [];
  const index = WEEKDAYS.indexOf(name);
  if (index < 0 || (unit === 'week') === (ordinal !== '')) return null;
  const date: CalendarDate = fromDayNumber(MONDAY + index);
  const weekday = weekdayShort(date, locale);
  if (unit === 'week') return weekday;
  const place = ORDINALS[ordinal];
  return place ? `the ${place} ${weekday}` : null;
}
