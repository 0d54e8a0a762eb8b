import { WEEKDAY_CODES } from '#core/recurrence/rule.ts';
import type { Recurrence } from '#core/tasks/task.ts';
import type { LanguageWords, RulePrinter, RuleUnit } from './languages/language.ts';
import { languageOf } from './languages/languages.ts';
import type { QuickAddContext } from './quick-add.ts';

const UNITS: Readonly<Record<string, RuleUnit>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const WORKDAYS = 'MO,TU,WE,TH,FR';

type Parts = ReadonlyMap<string, string>;

/** The recurrence in words of the grammar; null where it has none for it. The caller checks what it parses back to. */
export function formatRule(
  { rule, anchor, intendedDay }: Recurrence,
  date: string | null,
  { locale }: QuickAddContext,
): string | null {
  const { words } = languageOf(locale);
  const { print } = words;
  if (!print) return null;
  const parts: Parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]));
  const bang = anchor === 'completion' ? '!' : '';
  const place = placeOf(parts, words, print, intendedDay === Number(date?.slice(8)) ? null : intendedDay);
  const freq = parts.get('FREQ') ?? '';
  const unit = UNITS[freq];
  if (place === null || !unit) return null;
  const interval = Number(parts.get('INTERVAL') ?? '1');
  const spec =
    place === ''
      ? print.every(unit, interval, bang)
      : interval === 1
        ? `${print.each(bang)} ${place}`
        : `${print.every(unit, interval, bang)} ${print.on} ${place}`;
  return [spec, timesOf(parts, words), endOf(parts, words)].filter((each) => each !== '').join(' ');
}

/** Which days within the week, month or year; empty where the rule leaves it to the date. */
function placeOf(parts: Parts, words: LanguageWords, print: RulePrinter, intendedDay: number | null): string | null {
  const [days, monthDays, month] = [parts.get('BYDAY'), parts.get('BYMONTHDAY'), parts.get('BYMONTH')];
  const position = parts.has('BYHOUR') ? undefined : parts.get('BYSETPOS');
  if (month !== undefined) {
    const name = words.months[Number(month) - 1]?.[0];
    return monthDays === undefined || name === undefined ? null : `${dayBefore(monthDays, print, words)} ${name}`;
  }
  if (monthDays === '-1') return `${print.last} ${print.day}`;
  if (monthDays !== undefined)
    return monthDays
      .split(',')
      .map((day) => print.ordinal(Number(day)))
      .join(', ');
  if (position !== undefined) return days === WORKDAYS ? `${nth(Number(position), print)} ${print.workday}` : null;
  if (days === undefined) return intendedDay === null ? '' : print.ordinal(intendedDay);
  if (days === WORKDAYS) return print.workday;
  return days === 'SA,SU' ? print.weekend : weekdayList(days, words, print);
}

/** "24 december"; in German the day is an ordinal. */
function dayBefore(day: string, print: RulePrinter, { ordinalSuffixes }: LanguageWords): string {
  return ordinalSuffixes.includes('.') ? print.ordinal(Number(day)) : day;
}

function weekdayList(codes: string, words: LanguageWords, print: RulePrinter): string | null {
  const names = codes.split(',').map((code) => {
    const [, ordinal = '', weekday = ''] = /^(-?\d+)?([A-Z]{2})$/u.exec(code) ?? [];
    const name = words.weekdays[WEEKDAY_CODES.findIndex((each) => each === weekday)]?.[0];
    if (name === undefined) return null;
    return ordinal === '' ? name : `${nth(Number(ordinal), print)} ${name}`;
  });
  return names.includes(null) ? null : names.join(', ');
}

function nth(n: number, print: RulePrinter): string {
  return n === -1 ? print.last : print.ordinal(n);
}

/** "at 09:00, 18:30": the wanted ones of the times that hours and minutes make together. */
function timesOf(parts: Parts, { at }: LanguageWords): string {
  const hours = parts.get('BYHOUR')?.split(',');
  if (!hours) return '';
  const minutes = parts.get('BYMINUTE')?.split(',') ?? ['0'];
  const all = hours.flatMap((hour) => minutes.map((minute) => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`));
  const wanted =
    parts
      .get('BYSETPOS')
      ?.split(',')
      .map((position) => all[Number(position) - 1]) ?? all;
  return `${at[0] ?? ''} ${wanted.join(', ')}`;
}

function endOf(parts: Parts, { until, times }: LanguageWords): string {
  const [last, count] = [parts.get('UNTIL'), parts.get('COUNT')];
  if (count !== undefined) return `${count} ${times[0] ?? ''}`;
  return last === undefined ? '' : `${until[0] ?? ''} ${last.slice(0, 4)}-${last.slice(4, 6)}-${last.slice(6, 8)}`;
}
