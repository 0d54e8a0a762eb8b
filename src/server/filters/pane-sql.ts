import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Life, ResolvedPane } from '#core/filters/conditions.ts';
import type { Relatives } from '#core/filters/filter.ts';
import { projectScope } from '#core/rows.ts';
import type { Engine } from '#server/db/engine.ts';
import { type Bounds, boundsOf, either } from './condition-bounds.ts';
import { columnOf, conditionSql, dayOf, type TaskAlias, within } from './condition-sql.ts';
import { orderBy, orderKeys } from './filter-order.ts';

type Sql = RawBuilder<SqlBool>;

/** The tasks that a filter chooses among. */
export interface Seen {
  readonly engine: Engine;
  /** A query of the scopes that the user may see; every task that is looked at is in one of them. */
  readonly scopes: RawBuilder<unknown>;
}

/** Whether a task `t` is shown in any of the panes. */
export function shownInPanes(panes: readonly ResolvedPane[], seen: Seen): Sql {
  const task = { alias: 't', engine: seen.engine };
  const parts = [
    ...lifeSql(lifeOf(panes), task),
    ...boundsSql(commonBounds(panes), task),
    sql`(${sql.join(
      panes.map((pane) => shownInPane(pane, task, seen)),
      sql` or `,
    )})`,
  ];
  return sql.join(parts, sql` and `);
}

/** The scopes that a filter looks into; undefined: all. */
export function scopesOf(panes: readonly ResolvedPane[]): readonly string[] | undefined {
  const { projects } = commonBounds(panes);
  return projects && [...projects].map(projectScope);
}

function shownInPane(pane: ResolvedPane, task: TaskAlias, seen: Seen): Sql {
  if (pane.limit === null && pane.with.length === 0) return matches(pane, task);
  const isPostgres = seen.engine === 'postgres';
  // Else SQLite looks for every id in every project.
  const id = isPostgres ? columnOf(task, 'id') : sql`+${columnOf(task, 'id')}`;
  const among = [matching(pane, seen), ...pane.with.map((relatives) => relativesOf(pane, relatives, seen))];
  const isAmong = sql<SqlBool>`(${sql.join(
    among.map((ids) => sql`${id} in (${ids})`),
    sql` or `,
  )})`;
  // Else PostgreSQL makes a join of it, which it does over for every project.
  return isPostgres ? sql`${isAmong} is true` : isAmong;
}

function matches(pane: ResolvedPane, task: TaskAlias): Sql {
  return sql`(${sql.join([...lifeSql(pane.life, task), conditionSql(pane.where, task)], sql` and `)})`;
}

/** The ids of the first so many matches. */
function matching(pane: ResolvedPane, seen: Seen): RawBuilder<unknown> {
  return sql`select m.id from (${firstMatches(pane, seen)}) as m`;
}

function firstMatches(pane: ResolvedPane, { engine, scopes }: Seen): RawBuilder<unknown> {
  const task = { alias: 'm', engine };
  const all = sql`select m.id, m.scope_id, m.parent_id from (${scopes}) as seen cross join task as m
    where m.scope_id = seen.scope_id and ${sql.join([...boundsSql(boundsOf(pane.where), task), matches(pane, task)], sql` and `)}`;
  if (pane.limit === null) return all;
  return sql`${all} order by ${orderBy(orderKeys(pane.sort, task))} limit ${sql.lit(pane.limit)}`;
}

/** The ids of all that is below the matches, or of all that they are below. UNION ends rings, too. */
function relativesOf(pane: ResolvedPane, relatives: Relatives, seen: Seen): RawBuilder<unknown> {
  const link = relatives === 'subtasks' ? sql`next.parent_id = tree.id` : sql`next.id = tree.parent_id`;
  const life = lifeSql(pane.life, { alias: 'next', engine: seen.engine });
  return sql`with recursive tree(id, scope_id, parent_id) as (
      select * from (${firstMatches(pane, seen)}) as found
      union select next.id, next.scope_id, next.parent_id from tree
      join task as next on ${sql.join([link, sql`next.scope_id = tree.scope_id`, ...life], sql` and `)}
    ) select id from tree`;
}

function lifeSql({ isOpen, isKept }: Life, task: TaskAlias): Sql[] {
  return [
    ...(isKept ? [sql<SqlBool>`${columnOf(task, 'deletedAt')} is null`] : []),
    ...(isOpen ? [sql<SqlBool>`${columnOf(task, 'completedAt')} is null`] : []),
  ];
}

/** What all panes agree on, for indexes that hold open tasks only. */
function lifeOf(panes: readonly ResolvedPane[]): Life {
  return { isOpen: panes.every(({ life }) => life.isOpen), isKept: panes.every(({ life }) => life.isKept) };
}

function commonBounds(panes: readonly ResolvedPane[]): Bounds {
  return panes.map(boundsOfPane).reduce(either);
}

/** Relatives of a match have nothing in common with it but the project. */
function boundsOfPane({ where, with: relatives }: ResolvedPane): Bounds {
  const bounds = boundsOf(where);
  return relatives.length === 0 ? bounds : { ...bounds, due: undefined, isLabelled: false };
}

function boundsSql({ due, isLabelled }: Bounds, task: TaskAlias): Sql[] {
  const bounds: Sql[] = [];
  if (due) bounds.push(within(dayOf('due', task), due.from, due.to));
  if (isLabelled) bounds.push(sql`${columnOf(task, 'labels')} <> '[]'`);
  return bounds;
}
