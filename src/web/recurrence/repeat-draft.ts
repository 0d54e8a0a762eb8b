import type { Frequency } from '#core/recurrence/rule.ts';
import { civilDateOf, daysInMonth, parseDate } from '#core/recurrence/wall-clock.ts';
import type { Recurrence } from '#core/tasks/task.ts';

/** Which day of a month or year: that of the date, the third Wednesday, the last Wednesday, or the last day. */
export type DayInMonth = 'date' | 'nth' | 'last-weekday' | 'last-day';

/** What the form of a repetition holds. */
export interface RepeatDraft {
  /** `custom` is a rule as it is written, for what the form has no fields for. */
  readonly unit: Frequency | 'custom';
  readonly interval: number;
  /** 0 is Monday. */
  readonly weekdays: readonly number[];
  readonly dayInMonth: DayInMonth;
  /** The day from which it holds. */
  readonly start: string;
  /** `HH:MM`: one is the time of the task, several are several times a day. */
  readonly times: readonly string[];
  readonly anchor: Recurrence['anchor'];
  readonly end: 'never' | 'until' | 'count';
  readonly until: string;
  readonly count: number;
  /** Every missed occurrence comes, instead of the next future one. */
  readonly catchUp: boolean;
  /** 0 is Monday: it decides which weeks an interval leaves out. */
  readonly weekStart: number;
  readonly custom: string;
  /** Of the task, for as long as the day is left alone. */
  readonly intendedDay: number | null;
}

export interface RepeatFieldProps {
  readonly draft: RepeatDraft;
  readonly onChange: (change: Partial<RepeatDraft>) => void;
}

/** Of a Wednesday, the how many-th of its month it is. */
export function placeInMonth(date: string): number {
  return Math.ceil(civilDateOf(parseDate(date)).day / 7);
}

/** Whether no day of this weekday follows in its month. */
export function isLastOfMonth(date: string): boolean {
  const { year, month, day } = civilDateOf(parseDate(date));
  return day + 7 > daysInMonth(year, month);
}
