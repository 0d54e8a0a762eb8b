import { type Static, type TSchema, Type } from 'typebox';
import { sql, type RawBuilder } from 'kysely';
import { Id } from '#core/schema.ts';
import type { Task } from '#core/tasks/task.ts';

export const TaskSort = Type.Enum(['newest', 'oldest', 'manual', 'date', 'priority', 'updated'], {
  description:
    'newest, oldest: by creation. manual: the order people gave. date: by day and time, undated last. ' +
    'priority: most urgent first, then by date. updated: last changed first. Default: newest, or with `filter` its order.',
});
export type TaskSort = Static<typeof TaskSort>;

/** A value that the list is ordered by; together with the id they name a place in it. */
export type SortKey = string | number;

export interface SortOrder {
  /** Expressions over `t`, the id last. All run in the same direction, so that one row comparison finds the next page. */
  readonly keys: readonly RawBuilder<SortKey>[];
  readonly direction: 'asc' | 'desc';
  /** The values of `keys` for a task: what a cursor holds. */
  readonly placeOf: (task: Task) => readonly SortKey[];
  readonly cursor: TSchema;
}

const Millis = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Text = Type.String({ maxLength: 256, pattern: '^[0-9A-Za-z:-]*$' });

const id = sql<string>`t.id`;
const created = sql<number>`t.created_at`;
const rank = sql<string>`t.rank`;
const NO_DATE = '9999-99-99';
const NO_TIME = '99:99';
/** Undated is later than any date, and all day later than any time of it. */
const date = sql<string>`coalesce(t.date, ${sql.lit(NO_DATE)})`;
const time = sql<string>`coalesce(t.time, ${sql.lit(NO_TIME)})`;
const plannedAt = (task: Task): [string, string] => [task.date ?? NO_DATE, task.time ?? NO_TIME];

export const SORT_ORDERS: Readonly<Record<TaskSort, SortOrder>> = {
  newest: {
    keys: [created, id],
    direction: 'desc',
    placeOf: (task) => [Date.parse(task.createdAt), task.id],
    cursor: Type.Tuple([Millis, Id]),
  },
  oldest: {
    keys: [created, id],
    direction: 'asc',
    placeOf: (task) => [Date.parse(task.createdAt), task.id],
    cursor: Type.Tuple([Millis, Id]),
  },
  updated: {
    keys: [sql`t.updated_at`, id],
    direction: 'desc',
    placeOf: (task) => [Date.parse(task.updatedAt), task.id],
    cursor: Type.Tuple([Millis, Id]),
  },
  manual: {
    keys: [rank, id],
    direction: 'asc',
    placeOf: (task) => [task.rank, task.id],
    cursor: Type.Tuple([Text, Id]),
  },
  date: {
    keys: [date, time, id],
    direction: 'asc',
    placeOf: (task) => [...plannedAt(task), task.id],
    cursor: Type.Tuple([Text, Text, Id]),
  },
  priority: {
    keys: [sql`t.priority`, date, time, id],
    direction: 'asc',
    placeOf: (task) => [task.priority, ...plannedAt(task), task.id],
    cursor: Type.Tuple([Millis, Text, Text, Id]),
  },
};

/** Ids, ranks and dates are ASCII: JavaScript and both databases agree on their order. */
export function compareKeys({ direction }: SortOrder, a: readonly SortKey[], b: readonly SortKey[]): number {
  for (const [i, key] of a.entries()) {
    const other = b[i];
    if (key === other || other === undefined) continue;
    return key < other === (direction === 'asc') ? -1 : 1;
  }
  return 0;
}
