import { languageOf } from '#core/quick-add/languages/languages.ts';
import { parseQuickAdd } from '#core/quick-add/parse-quick-add.ts';
import type { QuickAddContext, TokenKind } from '#core/quick-add/quick-add.ts';
import { addDays, type CalendarDate, nextWeekStart } from './calendar-date.ts';
import { dayLabel, timeWords } from './date-words.ts';
import type { Calendar } from './use-date-context.ts';

export interface DateRead {
  readonly date: CalendarDate | null;
  /** `HH:MM`, where the text names one. */
  readonly time?: string;
  readonly evening?: boolean;
  /** How the text was understood. */
  readonly label: string;
}

const NO_DATE = ['n', 'none', 'no date', 'clear', '-'];
/** A field for a date knows nothing else. */
const OFF: readonly TokenKind[] = [
  'range',
  'recur',
  'duration',
  'deadline',
  'reminder',
  'priority',
  'project',
  'section',
  'label',
  'person',
];

/** What somebody types into a date field, by the grammar of quick add; null while it makes no sense. */
export function readDate(text: string, calendar: Calendar, now: number): DateRead | null {
  const typed = text.trim().toLowerCase().replaceAll(/\s+/gu, ' ');
  if (NO_DATE.includes(typed)) return { date: null, label: 'No date' };
  const said = byKey(typed, calendar) ?? read(typed, calendar, now) ?? read(inWords(typed, calendar), calendar, now);
  if (!said) return null;
  const { date, time, evening } = said;
  const clock = time === null ? (evening ? 'evening' : '') : timeWords(time, calendar.locale);
  const label = [dayLabel(date, calendar), clock].filter(Boolean).join(' ');
  return { date, label, ...(time !== null && { time }), ...(evening && { evening }) };
}

interface Said {
  readonly date: CalendarDate;
  readonly time: string | null;
  readonly evening: boolean;
}

/** The letters of the quick choices, and the day that a plan never means. */
function byKey(typed: string, { today, weekStart, locale }: Calendar): Said | null {
  const yesterday = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day').toLowerCase();
  const days: Readonly<Record<string, CalendarDate>> = {
    t: today,
    e: today,
    m: addDays(today, 1),
    w: nextWeekStart(today, weekStart),
    [yesterday]: addDays(today, -1),
  };
  const date = Object.hasOwn(days, typed) ? days[typed] : undefined;
  return date === undefined ? null : { date, time: null, evening: typed === 'e' };
}

function read(typed: string, { timeZone, locale, weekStart, dayStart, words }: Calendar, now: number): Said | null {
  const nothing = { projectId: null, projects: [], sections: [], labels: [], members: [] };
  const context: QuickAddContext = { now, timeZone, locale, weekStart, dayStart, ...nothing };
  // Here every suggestion is meant.
  const accepted = parseQuickAdd(typed, context, { words, off: OFF }).tokens;
  const { title, date, time, evening } = parseQuickAdd(typed, context, { words, off: OFF, accepted }).fields;
  return title === '' && date !== null ? { date, time, evening } : null;
}

/** "+3" and "2w" say how far away; a weekend alone is this one. */
function inWords(typed: string, calendar: Calendar): string {
  const { words } = languageOf(calendar.words);
  if (words.weekend.includes(typed)) return `${words.this[0] ?? ''} ${typed}`;
  const [, amount = '', unit = ''] = /^\+?(\d{1,3}) ?(\D*)$/u.exec(typed) ?? [];
  const single = { d: words.days[0], w: words.weeks[0] }[unit];
  return amount === '' ? '' : `${words.in[0] ?? 'in'} ${amount} ${single ?? (unit || (words.days[0] ?? ''))}`;
}
