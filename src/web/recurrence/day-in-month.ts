import { civilDateOf, parseDate } from '#core/recurrence/wall-clock.ts';
import type { SelectOption } from '#web/ui/select.tsx';
import { type DayInMonth, isLastOfMonth, placeInMonth, type RepeatDraft } from './repeat-draft.ts';

const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Which day of a month or year the date of a task can mean. */
export function dayInMonthOptions({ unit, start }: RepeatDraft, locale: string): SelectOption<DayInMonth>[] {
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(Date.parse(`${start}T00:00:00Z`));
  const yearly = unit === 'YEARLY';
  const [weekday, month] = [say({ weekday: 'long' }), say({ month: 'long' })];
  const of = yearly ? ` of ${month}` : '';
  const day = yearly ? say({ day: 'numeric', month: 'long' }) : `day ${civilDateOf(parseDate(start)).day}`;
  return [
    { value: 'date', label: day },
    { value: 'nth', label: `the ${PLACES[placeInMonth(start) - 1] ?? 'last'} ${weekday}${of}` },
    ...(isLastOfMonth(start) ? [{ value: 'last-weekday' as const, label: `the last ${weekday}${of}` }] : []),
    { value: 'last-day', label: `the last day${of}` },
  ];
}
