import { personalDayAt, startOfDay } from '#core/dates/personal-day.ts';
import { wallTimeAt } from '#core/dates/zone-clock.ts';
import { type Day } from '#core/quick-add/calendar.ts';
import { formatDate, formatTime } from '#core/recurrence/wall-clock.ts';
import type { Condition, DayField } from './conditions.ts';
import { clampedDay, type Span, spanOf } from './date-spans.ts';
import type { Comparison, DateField, DateTerm } from './filter.ts';
import type { FilterContext } from './filter-context.ts';

/** Who asks decides what today is. */
type Clock = Pick<FilterContext, 'now' | 'timeZone' | 'weekStart' | 'dayStart'>;

const MINUTE_MS = 60_000;
const INSTANTS = { created: 'createdAt', updated: 'updatedAt', completed: 'completedAt' } as const;
type PastField = keyof typeof INSTANTS;

/** Whether the field tells when something happened. */
export function isPastField(field: DateField): field is PastField {
  return Object.hasOwn(INSTANTS, field);
}

export function resolveDate({ field, op, value }: DateTerm, clock: Clock): Condition {
  if (value.type === 'minutes') {
    const ends = between(clock.now, clock.now + value.count * MINUTE_MS, op);
    return isPastField(field) ? instant(field, op, ends) : moment(field, op, ends, clock);
  }
  const calendar = { today: personalDayAt(clock.now, clock), weekStart: clock.weekStart };
  const span = spanOf(value, calendar, isPastField(field));
  if (!span) return { test: 'constant', value: false };
  const { from, to } = boundsOf(op, span);
  if (!isPastField(field)) return { test: 'day', field, from: map(from, dateText), to: map(to, dateText) };
  const startOf = (day: Day): string => instantText(startOfDay(clampedDay(day), clock));
  return {
    test: 'instant',
    column: INSTANTS[field],
    from: map(from, startOf),
    before: map(to, (day) => startOf(day + 1)),
  };
}

interface Bounds {
  readonly from: number | null;
  readonly to: number | null;
}

/** Both bounds are inclusive. */
export function boundsOf(op: Comparison, { first, last }: Span, step = 1): Bounds {
  switch (op) {
    case 'eq':
      return { from: first, to: last };
    case 'lt':
      return { from: null, to: first - step };
    case 'le':
      return { from: null, to: last };
    case 'gt':
      return { from: last + step, to: null };
    case 'ge':
      return { from: first, to: null };
  }
}

/** Of a moment only `eq` has two ends: now and then. */
function between(now: number, then: number, op: Comparison): Span {
  return op === 'eq' ? { first: Math.min(now, then), last: Math.max(now, then) } : { first: then, last: then };
}

/** Tasks know minutes. What has none lasts until the next day of the person begins. */
function moment(field: DayField, op: Comparison, ends: Span, clock: Clock): Condition {
  const { from, to } = boundsOf(op, ends, MINUTE_MS);
  const wallText = (ms: number): string => {
    const { day, minutes } = wallTimeAt(ms, clock.timeZone);
    return `${dateText(day)}T${formatTime(minutes)}`;
  };
  const dayText = (ms: number): string => dateText(personalDayAt(ms, clock));
  return {
    test: 'moment',
    field,
    from: map(from, wallText),
    before: map(to, (ms) => wallText(ms + MINUTE_MS)),
    fromDay: map(from, dayText),
    beforeDay: map(to, (ms) => dayText(ms + MINUTE_MS)),
  };
}

function instant(field: PastField, op: Comparison, ends: Span): Condition {
  const { from, to } = boundsOf(op, ends);
  return {
    test: 'instant',
    column: INSTANTS[field],
    from: map(from, instantText),
    before: map(to, (ms) => instantText(ms + 1)),
  };
}

function map<T>(value: number | null, spell: (value: number) => T): T | null {
  return value === null ? null : spell(value);
}

function instantText(ms: number): string {
  return new Date(ms).toISOString();
}

function dateText(day: Day): string {
  return formatDate(clampedDay(day));
}
