import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ResolvedPane } from '#core/filters/conditions.ts';
import type { Db } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import type { Param } from '#server/db/prepared-query.ts';
import { columnsOf } from '#server/db/row-codec.ts';
import { SELDOM } from '#server/db/seldom.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { isAfter, orderBy, type OrderKey, orderKeys, type Place } from '#server/filters/filter-order.ts';
import { scopesOf, shownInPanes } from '#server/filters/pane-sql.ts';
import { listed } from '#server/filters/sql-text.ts';
import { SORT_ORDERS, type SortKey, type TaskSort } from './task-sort.ts';

/** The form of a list query: what decides its SQL, as opposed to the values in it. */
export interface TaskListShape {
  readonly sort: TaskSort;
  readonly completed: boolean | undefined;
  readonly inProject: boolean;
  readonly inSection: boolean;
  readonly labelled: boolean;
  readonly searched: boolean;
  readonly after: boolean;
  /** Such a list is planned for itself alone. */
  readonly filter?: ListFilter;
  /** Written into the statement: SQLite plans a bound LIMIT worse. */
  readonly limit: number;
}

/** A query of the filter language, resolved for the user and the moment. */
export interface ListFilter {
  readonly panes: readonly ResolvedPane[];
  /** The order of the first pane instead of `sort`. */
  readonly isOrdered: boolean;
  /** The place in that order behind which the page begins. */
  readonly place?: Place;
}

export interface TaskListParams {
  readonly userId: string;
  readonly scope: string;
  readonly sectionId: string;
  /** JSON array of label names. */
  readonly labels: string;
  /** JSON array of the ids that a search found. */
  readonly found: string;
  readonly k0: SortKey;
  readonly k1: SortKey;
  readonly k2: SortKey;
  readonly k3: SortKey;
  readonly skip: number;
}

type ListParam = Param<TaskListParams>;

export const KEY_NAMES = ['k0', 'k1', 'k2', 'k3'] as const;
type KeyName = (typeof KEY_NAMES)[number];

type Container = Pick<TaskListShape, 'inProject' | 'inSection' | 'filter'>;

/** The scopes of the projects that a list covers: archived ones only when asked for by id. */
export function visibleProjects(db: Db, param: ListParam, engine: Engine, shape: Container) {
  const scopes = shape.filter && scopesOf(shape.filter.panes);
  return fromVisibleScopes(db, param('userId'))
    .$if(shape.filter !== undefined, (query) => query.modifyFront(sql.raw(SELDOM)))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .$if(scopes !== undefined, (query) =>
      query.where(sql<SqlBool>`a.scope_id in ${listed(JSON.stringify(scopes), engine)}`),
    )
    .$if(shape.inProject, (query) => query.where('a.scope_id', '=', param('scope')))
    .$if(shape.inSection, (query) =>
      query.where('a.scope_id', '=', (eb) =>
        eb
          .selectFrom('section as s')
          .select('s.scope_id')
          .where('s.id', '=', param('sectionId'))
          .where('s.deleted_at', 'is', null),
      ),
    )
    .$if(!shape.inProject && !shape.inSection, (query) => query.where('p.archived_at', 'is', null));
}

/** What a task `t` must satisfy besides its scope. */
function conditions(db: Db, shape: TaskListShape, param: ListParam, engine: Engine): RawBuilder<SqlBool> {
  const { filter } = shape;
  const all = filter ? [] : [sql<SqlBool>`t.deleted_at is null`];
  if (filter) {
    const scopes = sql`${visibleProjects(db, param, engine, shape).select('a.scope_id')}`;
    all.push(shownInPanes(filter.panes, { engine, scopes }));
    if (filter.place) all.push(isAfter(filterKeys(filter, engine), filter.place));
  }
  if (shape.completed !== undefined) {
    all.push(shape.completed ? sql`t.completed_at is not null` : sql`t.completed_at is null`);
  }
  if (shape.inSection) all.push(sql`t.section_id = ${param('sectionId')}`);
  if (shape.labelled) all.push(hasLabel(param('labels'), engine));
  if (shape.searched) all.push(sql`t.id in ${listed(param('found'), engine)}`);
  if (shape.after) {
    const { keys, direction } = SORT_ORDERS[shape.sort];
    const place = keys.map((_, i) => param(KEY_NAMES[i as 0] as KeyName));
    all.push(sql`(${sql.join(keys)}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${sql.join(place)})`);
  }
  return sql.join(all, sql` and `);
}

function hasLabel(labels: string, engine: Engine): RawBuilder<SqlBool> {
  return engine === 'sqlite'
    ? sql`exists (select 1 from json_each(t.labels) l where l.value in ${listed(labels, engine)})`
    : sql`exists (select 1 from jsonb_array_elements_text(t.labels::jsonb) l where l in ${listed(labels, engine)})`;
}

/** The order of the first pane, over `t`. */
export function filterKeys({ panes }: ListFilter, engine: Engine): readonly OrderKey[] {
  return orderKeys(panes[0]?.sort ?? [], { alias: 't', engine });
}

function inOrder({ sort, filter }: TaskListShape, engine: Engine): RawBuilder<unknown> {
  if (filter?.isOrdered) return orderBy(filterKeys(filter, engine));
  const { keys, direction } = SORT_ORDERS[sort];
  return sql.join(keys.map((key) => sql`${key} ${sql.raw(direction)}`));
}

const taskColumns = columnsOf('task').map((column) => `t.${column}` as const);

/** PostgreSQL: access, the first rows of each scope from its index, and their merge, in one statement. */
export function acrossScopes(db: Db, param: ListParam, shape: TaskListShape) {
  return visibleProjects(db, param, 'postgres', shape)
    .crossJoinLateral((eb) =>
      eb
        .selectFrom('task as t')
        .select(taskColumns)
        .whereRef('t.scope_id', '=', 'a.scope_id')
        .where(conditions(db, shape, param, 'postgres'))
        .orderBy(inOrder(shape, 'postgres'))
        .limit(sql.lit(shape.limit))
        .as('t'),
    )
    .select(taskColumns)
    .orderBy(inOrder(shape, 'postgres'))
    .limit(sql.lit(shape.limit));
}

/** SQLite, which has no lateral join: one scope that `visibleProjects` allowed. */
export function withinScope(db: Db, param: ListParam, shape: TaskListShape) {
  return db
    .selectFrom('task as t')
    .where('t.scope_id', '=', param('scope'))
    .where(conditions(db, shape, param, 'sqlite'))
    .orderBy(inOrder(shape, 'sqlite'))
    .limit(sql.lit(shape.limit));
}

export function rowsWithinScope(db: Db, param: ListParam, shape: TaskListShape) {
  return withinScope(db, param, shape).select(taskColumns);
}

/** Only the place of each task in the list: with many scopes most rows are not shown. */
export function keysWithinScope(db: Db, param: ListParam, shape: TaskListShape) {
  const keys = SORT_ORDERS[shape.sort].keys.map((key, i) => key.as(KEY_NAMES[i as 0] as KeyName));
  return withinScope(db, param, shape).select(keys);
}

/** By number of rows instead of by place: reads all that come before. */
export function skipping(db: Db, param: ListParam, shape: TaskListShape, engine: Engine) {
  return matching(db, param, shape, engine)
    .select(taskColumns)
    .orderBy(inOrder(shape, engine))
    .limit(sql.lit(shape.limit))
    .offset(param('skip'));
}

export function counting(db: Db, param: ListParam, shape: TaskListShape, engine: Engine) {
  return matching(db, param, shape, engine).select((eb) => eb.fn.countAll<number>().as('total'));
}

function matching(db: Db, param: ListParam, shape: TaskListShape, engine: Engine) {
  return visibleProjects(db, param, engine, shape)
    .crossJoin('task as t') // which SQLite takes in this order; else it looks up the project of every task
    .whereRef('t.scope_id', '=', 'a.scope_id')
    .where(conditions(db, shape, param, engine));
}

/** The spellings of labels in use, of which a search without regard to case is one of few. */
export function labelsInUse(db: Db, param: ListParam, shape: Container, engine: Engine) {
  return visibleProjects(db, param, engine, shape)
    .innerJoin('task as t', 't.scope_id', 'a.scope_id')
    .where('t.labels', '<>', '[]')
    .innerJoin(
      engine === 'sqlite'
        ? sql<{ value: string }>`json_each(t.labels)`.as<'l'>(sql`l`)
        : sql<{ value: string }>`jsonb_array_elements_text(t.labels::jsonb)`.as<'l'>(sql`l(value)`),
      (join) => join.onTrue(),
    )
    .select('l.value')
    .distinct();
}
