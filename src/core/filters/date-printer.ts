import type { DateValue, PeriodUnit } from './filter.ts';

/** The phrases of one language, such as the parser reads them. */
export interface DatePrinter {
  readonly yesterday: string;
  readonly today: string;
  readonly tomorrow: string;
  readonly days: (count: number) => string;
  readonly lastDays: (count: number) => string;
  /** From Monday. */
  readonly weekdays: readonly string[];
  readonly nextWeekday: (weekday: string) => string;
  readonly weekend: (isNext: boolean) => string;
  readonly periods: Readonly<Record<PeriodUnit, readonly [last: string, current: string, next: string]>>;
  readonly ends: Readonly<Record<PeriodUnit, string>>;
  /** From January. */
  readonly months: readonly string[];
  readonly yearly: (day: number, month: string) => string;
  readonly week: (week: number) => string;
  readonly workdays: (count: number) => string;
  /** With its sign. */
  readonly amount: (count: number, unit: 'day' | 'month' | 'year' | 'hour' | 'minute') => string;
}

const english: DatePrinter = {
  yesterday: 'yesterday',
  today: 'today',
  tomorrow: 'tomorrow',
  days: (count) => `${count} days`,
  lastDays: (count) => `last ${count} days`,
  weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  nextWeekday: (weekday) => `next ${weekday}`,
  weekend: (isNext) => `${isNext ? 'next' : 'this'} weekend`,
  periods: {
    week: ['last week', 'this week', 'next week'],
    month: ['last month', 'this month', 'next month'],
    year: ['last year', 'this year', 'next year'],
  },
  ends: { week: 'end of week', month: 'end of month', year: 'end of year' },
  months: [
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
  ],
  yearly: (day, month) => `${day} ${month}`,
  week: (week) => `week ${week}`,
  workdays: (count) => `${count} ${count === 1 ? 'workday' : 'workdays'}`,
  amount: (count, unit) => `${signed(count)} ${unit}${Math.abs(count) === 1 ? '' : 's'}`,
};

const GERMAN_UNITS = {
  day: ['Tag', 'Tage'],
  month: ['Monat', 'Monate'],
  year: ['Jahr', 'Jahre'],
  hour: ['Stunde', 'Stunden'],
  minute: ['Minute', 'Minuten'],
} as const;

const german: DatePrinter = {
  yesterday: 'gestern',
  today: 'heute',
  tomorrow: 'morgen',
  days: (count) => `${count} Tage`,
  lastDays: (count) => `letzte ${count} Tage`,
  weekdays: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  nextWeekday: (weekday) => `nächsten ${weekday}`,
  weekend: (isNext) => `${isNext ? 'nächstes' : 'dieses'} Wochenende`,
  periods: {
    week: ['letzte Woche', 'diese Woche', 'nächste Woche'],
    month: ['letzter Monat', 'dieser Monat', 'nächster Monat'],
    year: ['letztes Jahr', 'dieses Jahr', 'nächstes Jahr'],
  },
  ends: { week: 'Ende der Woche', month: 'Ende des Monats', year: 'Ende des Jahres' },
  months: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  yearly: (day, month) => `${day}. ${month}`,
  week: (week) => `KW ${week}`,
  workdays: (count) => `${count} ${count === 1 ? 'Werktag' : 'Werktage'}`,
  amount: (count, unit) => `${signed(count)} ${GERMAN_UNITS[unit][Math.abs(count) === 1 ? 0 : 1]}`,
};

function signed(count: number): string {
  return count < 0 ? String(count) : `+${count}`;
}

/** Other languages read English phrases, too. */
export function datePrinterFor(locale: string): DatePrinter {
  return /^de(?:-|$)/iu.test(locale) ? german : english;
}

/** `isTerm`: as a term of its own, where "-3 days" are the last three. Null where only a comparison can say it. */
export function printDateValue(value: DateValue, print: DatePrinter, isTerm: boolean): string | null {
  switch (value.type) {
    case 'days':
      return printDays(value, print, isTerm);
    case 'weekday': {
      const weekday = print.weekdays[value.weekday - 1] ?? '';
      return value.isNext ? print.nextWeekday(weekday) : weekday;
    }
    case 'weekend':
      return print.weekend(value.isNext);
    case 'period':
      return print.periods[value.unit][value.offset + 1] ?? '';
    case 'end':
      return print.ends[value.unit];
    case 'day':
      return value.date;
    case 'yearly':
      return print.yearly(value.day, print.months[value.month - 1] ?? '');
    case 'month':
      return print.months[value.month - 1] ?? '';
    case 'week':
      return print.week(value.week);
    case 'workdays':
      return print.workdays(value.count);
    case 'months':
      return value.count % 12 === 0 ? print.amount(value.count / 12, 'year') : print.amount(value.count, 'month');
    case 'minutes':
      return value.count % 60 === 0 ? print.amount(value.count / 60, 'hour') : print.amount(value.count, 'minute');
  }
}

function printDays({ from, to }: { from: number; to: number }, print: DatePrinter, isTerm: boolean): string | null {
  if (from === to) {
    if (from === 0) return print.today;
    if (from === 1) return print.tomorrow;
    if (from === -1) return print.yesterday;
    return from < 0 && isTerm ? null : print.amount(from, 'day');
  }
  if (from === 0) return print.days(to + 1);
  if (to === 0) return print.lastDays(1 - from);
  return isTerm && to === -1 ? print.amount(from, 'day') : null;
}
