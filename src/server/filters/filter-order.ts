import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Sort, SortKey } from '#core/filters/filter.ts';
import { isStorable } from '#server/http/json-body.ts';
import { columnOf, momentOf, type TaskAlias } from './condition-sql.ts';
import { folded } from './sql-text.ts';

/** One thing that tasks are ordered by; never null, so that places in the list compare. */
export interface OrderKey {
  readonly value: RawBuilder<string | number>;
  readonly type: 'text' | 'bigint';
  readonly descending: boolean;
}

/** The values of the keys for one task. */
export type Place = readonly (string | number)[];

/** What has no value comes last in either direction; among equals the rank decides, then the id. */
export function orderKeys(sorts: readonly Sort[], task: TaskAlias): OrderKey[] {
  const keys = sorts.flatMap(({ key, descending }): OrderKey[] => {
    const value = valueOf(key, task);
    const type = NUMERIC.has(key) ? 'bigint' : 'text';
    if (!NULLABLE.has(key)) return [{ value, type, descending }];
    const absent = sql<number>`case when ${value} is null then 1 else 0 end`;
    const nothing = type === 'bigint' ? sql.lit(0) : sql.lit('');
    return [
      { value: absent, type: 'bigint', descending: false },
      { value: sql`coalesce(${value}, ${nothing})`, type, descending },
    ];
  });
  const last = [columnOf(task, 'rank'), columnOf(task, 'id')];
  return [...keys, ...last.map((value) => ({ value, type: 'text', descending: false }) as const)];
}

const NULLABLE: ReadonlySet<SortKey> = new Set([
  'date',
  'due',
  'deadline',
  'completed',
  'duration',
  'project',
  'assignee',
]);
const NUMERIC: ReadonlySet<SortKey> = new Set(['priority', 'duration', 'created', 'updated', 'completed']);

function valueOf(key: SortKey, task: TaskAlias): RawBuilder<string | number> {
  switch (key) {
    case 'manual':
      return columnOf(task, 'rank');
    case 'date':
    case 'due':
    case 'deadline':
      return momentOf(key, task);
    case 'priority':
    case 'duration':
      return columnOf(task, key);
    case 'created':
    case 'updated':
    case 'completed':
      return columnOf(task, `${key}At`);
    case 'title':
      return folded(columnOf(task, 'title'), task.engine);
    case 'project':
      return named(sql`project as n where n.scope_id = ${columnOf(task, 'scopeId')}`, sql.ref('n.name'), task);
    case 'assignee':
      return named(
        sql`member as n where n.scope_id = ${columnOf(task, 'scopeId')} and n.user_id = ${columnOf(task, 'assigneeId')}`,
        sql.ref('n.display_name'),
        task,
      );
  }
}

function named(from: RawBuilder<unknown>, name: RawBuilder<string>, { engine }: TaskAlias): RawBuilder<string> {
  return sql`(select ${folded(name, engine)} from ${from})`;
}

export function orderBy(keys: readonly OrderKey[]): RawBuilder<unknown> {
  return sql.join(keys.map(({ value, descending }) => sql`${value} ${sql.raw(descending ? 'desc' : 'asc')}`));
}

/** What comes after a place. Keys of both directions have no row comparison. */
export function isAfter(keys: readonly OrderKey[], place: Place): RawBuilder<SqlBool> {
  const at = (key: OrderKey, n: number) => sql`cast(${place[n]} as ${sql.raw(key.type)})`;
  const later = keys.map((key, n) => {
    const same = keys.slice(0, n).map((each, i) => sql`${each.value} = ${at(each, i)}`);
    return sql`(${sql.join([...same, sql`${key.value} ${sql.raw(key.descending ? '<' : '>')} ${at(key, n)}`], sql` and `)})`;
  });
  return sql`(${sql.join(later, sql` or `)})`;
}

/** Whether a place is one of this order: it comes from a cursor, and so from anybody. */
export function isPlace(keys: readonly OrderKey[], place: Place): boolean {
  return keys.length === place.length && keys.every(({ type }, n) => isOfType(type, place[n]));
}

function isOfType(type: OrderKey['type'], value: string | number | undefined): boolean {
  return type === 'text' ? typeof value === 'string' && isStorable(value) : Number.isSafeInteger(value);
}
