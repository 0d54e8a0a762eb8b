import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Condition, DayField, NumberColumn, Pattern } from '#core/filters/conditions.ts';
import { projectScope } from '#core/rows.ts';
import type { Engine } from '#server/db/engine.ts';
import { parseInstant } from '#server/db/instant.ts';
import { columnName } from '#server/db/row-codec.ts';
import { momentSpan } from './condition-bounds.ts';
import { containing, folded, likePattern, listed } from './sql-text.ts';

type Sql = RawBuilder<SqlBool>;
type Test<T extends Condition['test']> = Extract<Condition, { readonly test: T }>;

/** The table that a condition is about, and for which database. */
export interface TaskAlias {
  readonly alias: string;
  readonly engine: Engine;
}

/** Where the tasks come from decides who sees them; a condition only chooses among those. */
export function conditionSql(condition: Condition, task: TaskAlias): Sql {
  return compile(condition, task, false);
}

/** Negations go down to the tests, so that AND and OR stay open to indexes and unknown counts as false everywhere. */
function compile(condition: Condition, task: TaskAlias, isNegated: boolean): Sql {
  switch (condition.test) {
    case 'constant':
      return condition.value === isNegated ? sql`1 = 0` : sql`1 = 1`;
    case 'not':
      return compile(condition.of, task, !isNegated);
    case 'and':
    case 'or': {
      const parts = condition.of.map((each) => compile(each, task, isNegated));
      return sql`(${sql.join(parts, (condition.test === 'and') === isNegated ? sql` or ` : sql` and `)})`;
    }
    case 'null': {
      const column = columnOf(task, condition.column);
      return isNegated ? sql`${column} is not null` : sql`${column} is null`;
    }
    default: {
      const test = testSql(condition, task);
      return isNegated ? sql`(${test}) is not true` : test;
    }
  }
}

function testSql(
  condition: Exclude<Condition, Test<'constant' | 'not' | 'and' | 'or' | 'null'>>,
  task: TaskAlias,
): Sql {
  const of = (field: string) => columnOf(task, field);
  switch (condition.test) {
    case 'in':
      return among(condition, task);
    case 'true':
      return sql`${of(condition.column)} = 1`;
    case 'day':
      return within(dayOf(condition.field, task), condition.from, condition.to);
    case 'moment':
      return momentWithin(condition, task);
    case 'instant': {
      const { column, from, before: end } = condition;
      return before(of(column), from && parseInstant(from), end && parseInstant(end));
    }
    case 'number':
      return numberWithin(condition, task);
    case 'label':
      return hasLabel(condition.patterns, task);
    case 'noLabels':
      return sql`${of('labels')} = '[]'`;
    case 'contains': {
      const { columns, text } = condition;
      const parts = columns.map((column) => containing(folded(of(column), task.engine), text, task.engine));
      return sql`(${sql.join(parts, sql` or `)})`;
    }
    case 'empty':
      return sql`${of(condition.column)} = ''`;
  }
}

export function columnOf<T = string>({ alias }: TaskAlias, field: string): RawBuilder<T> {
  return sql.ref<T>(`${alias}.${columnName(field)}`);
}

function among({ column, ids }: Test<'in'>, task: TaskAlias): Sql {
  if (ids.length === 0) return sql`1 = 0`;
  const isProject = column === 'projectId';
  const json = JSON.stringify(isProject ? ids.map(projectScope) : ids);
  const value = isProject ? scopeOf(task) : columnOf(task, column);
  return sql`${value} in ${listed(json, task.engine)}`;
}

/** Of SQLite not the column itself: one scope after the other is read, and this must not become their order. */
function scopeOf(task: TaskAlias): RawBuilder<string> {
  const column = columnOf(task, 'scopeId');
  return task.engine === 'sqlite' ? sql`+${column}` : column;
}

/** A bound that is null is absent; without any, the value only has to be there. */
export function within(value: RawBuilder<unknown>, from: unknown, to: unknown): Sql {
  if (from !== null && from === to) return sql`${value} = ${from}`;
  return between(value, from, to, sql`<=`);
}

function before(value: RawBuilder<unknown>, from: unknown, end: unknown): Sql {
  return between(value, from, end, sql`<`);
}

function between(value: RawBuilder<unknown>, from: unknown, to: unknown, below: RawBuilder<unknown>): Sql {
  const parts: Sql[] = [];
  if (from !== null) parts.push(sql`${value} >= ${from}`);
  if (to !== null) parts.push(sql`${value} ${below} ${to}`);
  return parts.length === 0 ? sql`${value} is not null` : sql`(${sql.join(parts, sql` and `)})`;
}

export function dayOf(field: DayField, task: TaskAlias): RawBuilder<string> {
  if (field !== 'due') return columnOf(task, field);
  return sql`coalesce(${columnOf(task, 'date')}, ${columnOf(task, 'deadline')})`;
}

/** The end of a day, and with it of every deadline, is later than any time of it. */
export function momentOf(field: DayField, task: TaskAlias): RawBuilder<string> {
  const deadline = sql<string>`${columnOf(task, 'deadline')} || 'T24:00'`;
  if (field === 'deadline') return deadline;
  const date = sql<string>`${columnOf(task, 'date')} || 'T' || coalesce(${columnOf(task, 'time')}, '24:00')`;
  return field === 'date' ? date : sql`coalesce(${date}, ${deadline})`;
}

/** The span says nothing that the moments do not: it is what an index can find. */
function momentWithin(condition: Test<'moment'>, task: TaskAlias): Sql {
  const { field, from, before: end, fromDay, beforeDay } = condition;
  const span = momentSpan(condition);
  const isWithin = within(dayOf(field, task), span.from, span.to);
  const wholeDay = before(dayOf(field, task), fromDay, beforeDay);
  if (field === 'deadline') return sql`(${isWithin} and ${wholeDay})`;
  const timed = sql<string>`${columnOf(task, 'date')} || 'T' || ${columnOf(task, 'time')}`;
  return sql`(${isWithin} and case when ${columnOf(task, 'time')} is null then ${wholeDay} else ${before(timed, from, end)} end)`;
}

const COUNTED: Readonly<Partial<Record<NumberColumn, { readonly table: string; readonly key: string }>>> = {
  subtasks: { table: 'task', key: 'parent_id' },
  comments: { table: 'comment', key: 'task_id' },
};

function numberWithin({ field, from, to }: Test<'number'>, task: TaskAlias): Sql {
  const counted = COUNTED[field];
  if (!counted) return within(columnOf(task, field), from, to);
  const rows = sql`from ${sql.table(counted.table)} as n where ${sql.ref(`n.${counted.key}`)} = ${columnOf(task, 'id')}
    and n.scope_id = ${columnOf(task, 'scopeId')} and n.deleted_at is null`;
  if (from === 1 && to === null) return sql`exists (select 1 ${rows})`;
  return within(sql`(select count(*) ${rows})`, from, to);
}

/** Most tasks have no labels, and what is said about them first is the condition of an index. */
function hasLabel(patterns: readonly Pattern[], task: TaskAlias): Sql {
  const { engine } = task;
  const labels = columnOf(task, 'labels');
  const name = folded(engine === 'sqlite' ? sql.ref('l.value') : sql.ref('l'), engine);
  const whole = patterns.filter((pattern) => pattern.length === 1).map(([text = '']) => text);
  const tests = patterns
    .filter((pattern) => pattern.length > 1)
    .map((pattern): Sql => sql`${name} like ${likePattern(pattern)} escape '\\'`);
  if (whole.length > 0) tests.push(sql`${name} in ${listed(JSON.stringify(whole), engine)}`);
  if (tests.length === 0) return sql`1 = 0`;
  const elements =
    engine === 'sqlite' ? sql`json_each(${labels}) as l` : sql`jsonb_array_elements_text(${labels}::jsonb) as l`;
  return sql`(${labels} <> '[]' and exists (select 1 from ${elements} where ${sql.join(tests, sql` or `)}))`;
}
