import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import { labelKey } from '#core/labels/label.ts';
import { projectScope } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Database } from '#server/db/database.ts';
import { prepareQuery, type PreparedQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { TaskTable } from '#server/db/schema.ts';
import { SELDOM } from '#server/db/seldom.ts';
import type { SqliteConnection } from '#server/db/sqlite-connection.ts';
import {
  acrossScopes,
  counting,
  filterKeys,
  KEY_NAMES,
  keysWithinScope,
  labelsInUse,
  type ListFilter,
  rowsWithinScope,
  skipping,
  type TaskListParams,
  type TaskListShape,
  visibleProjects,
} from './task-list-query.ts';
import type { Place } from '#server/filters/filter-order.ts';
import { compareKeys, SORT_ORDERS, type SortKey, type TaskSort } from './task-sort.ts';

export interface TaskListQuery {
  readonly userId: string;
  readonly sort: TaskSort;
  readonly limit: number;
  readonly completed?: boolean;
  readonly projectId?: string;
  readonly sectionId?: string;
  /** In any case. */
  readonly label?: string;
  /** Only these tasks, as a search found them. */
  readonly ids?: readonly string[];
  readonly filter?: ListFilter;
  /** The place behind which the page begins. */
  readonly after?: readonly SortKey[];
  /** Or the number of rows to leave out. */
  readonly skip?: number;
}

/** Sizes that statements are prepared for; what is read too much is cut off. */
const LIMITS = [2, 21, 51, 101, 201];

/** At most `limit` tasks that the user may see. Throws `not_found` for a project or section that they may not. */
export async function listTasks(database: Database, query: TaskListQuery): Promise<Task[]> {
  const shape = shapeOf(query);
  const params = await paramsOf(database, query, shape);
  const stored = (await readPage(database, shape, params)) ?? [];
  if (stored.length === 0) await requireContainer(database, query, params);
  return stored.slice(0, query.limit).map((row) => decodeRow('task', row));
}

function readPage(database: Database, shape: TaskListShape, params: TaskListParams) {
  const whole = wholePage(database, shape, params);
  if (whole) return whole.all(database, params);
  return database.sqlite?.read((connection) => readByScope(connection, database, shape, params));
}

/** The one statement that reads a page; undefined where SQLite walks one scope after the other. */
function wholePage({ sqlite }: Database, shape: TaskListShape, { skip }: TaskListParams) {
  // A filter may have an order of its own, along which no index runs.
  if (skip > 0 || (sqlite && shape.filter)) return skipped(shape);
  return sqlite ? undefined : across(shape);
}

/** The statement of a list, for whoever asks the database how it will go about it. */
export async function listStatement(database: Database, query: TaskListQuery) {
  const shape = shapeOf(query);
  const params = await paramsOf(database, query, shape);
  return wholePage(database, shape, params)?.bind(database, params);
}

/** How many tasks the list has without regard to its pages. Costs as much as reading them. */
export async function countTasks(database: Database, query: TaskListQuery): Promise<number> {
  const shape = shapeOf({ ...query, limit: 1 });
  return (await count(shape).first(database, await paramsOf(database, query, shape)))?.total ?? 0;
}

function shapeOf(query: TaskListQuery): TaskListShape {
  return {
    sort: query.sort,
    completed: query.completed,
    inProject: query.projectId !== undefined,
    inSection: query.sectionId !== undefined,
    labelled: query.label !== undefined,
    searched: query.ids !== undefined,
    after: query.after !== undefined,
    ...(query.filter && { filter: query.filter }),
    limit: LIMITS.find((limit) => limit >= query.limit) ?? query.limit,
  };
}

async function paramsOf(database: Database, query: TaskListQuery, shape: TaskListShape): Promise<TaskListParams> {
  const [k0 = '', k1 = '', k2 = '', k3 = ''] = query.after ?? [];
  const params = {
    userId: query.userId,
    scope: query.projectId ? projectScope(query.projectId) : '',
    sectionId: query.sectionId ?? '',
    labels: '[]',
    found: JSON.stringify(query.ids ?? []),
    k0,
    k1,
    k2,
    k3,
    skip: query.skip ?? 0,
  };
  if (query.label === undefined) return params;
  const wanted = labelKey(query.label);
  const inUse = await labels(shape).all(database, params);
  return {
    ...params,
    labels: JSON.stringify(inUse.map((row) => row.value).filter((name) => labelKey(name) === wanted)),
  };
}

/** One walk of an index per scope. With one scope, the usual case, its rows are the list; else their keys are merged. */
function readByScope(connection: SqliteConnection, database: Database, shape: TaskListShape, params: TaskListParams) {
  const read = <R>(query: PreparedQuery<TaskListParams, R>, scope: string): R[] => {
    const { sql: text, values } = query.bind(database, { ...params, scope });
    return connection.all<R>(text, values);
  };
  const scopes = read(projects(shape), params.scope).map((row) => row.scope_id);
  const [only] = scopes;
  if (scopes.length === 1 && only) return read(rows(shape), only);
  const order = SORT_ORDERS[shape.sort];
  const places = scopes.flatMap((scope) =>
    read(keys(shape), scope).map((row) => ({ scope, keys: order.keys.map((_, i) => row[KEY_NAMES[i as 0]]) })),
  );
  places.sort((a, b) => compareKeys(order, a.keys, b.keys));
  return places.slice(0, shape.limit).flatMap((place) => {
    const { sql: text, values } = ROW.bind(database, { scope: place.scope, id: String(place.keys.at(-1)) });
    return connection.all<TaskTable>(text, values);
  });
}

async function requireContainer(database: Database, { projectId, sectionId }: TaskListQuery, params: TaskListParams) {
  if (projectId === undefined && sectionId === undefined) return;
  const shape = { inProject: projectId !== undefined, inSection: sectionId !== undefined };
  if (!(await projects(shape).first(database, params))) throw notFound(sectionId ? 'section' : 'project');
}

/** Where a task stands in the order of a filter. */
export async function placeInFilter(database: Database, filter: ListFilter, { id, projectId }: Task): Promise<Place> {
  const query = prepareQuery<object, Record<string, string | number>>((db, _, engine) =>
    db
      .selectFrom('task as t')
      .where('t.scope_id', '=', projectScope(projectId))
      .where('t.id', '=', id)
      .modifyFront(sql.raw(SELDOM))
      .select(filterKeys(filter, engine).map(({ value }, n) => value.as(`k${n}`))),
  );
  return Object.values((await query.first(database, {})) ?? {});
}

const ROW = prepareQuery<{ readonly scope: string; readonly id: string }, TaskTable>((db, param) =>
  db.selectFrom('task').select(columnsOf('task')).where('scope_id', '=', param('scope')).where('id', '=', param('id')),
);

type Container = Pick<TaskListShape, 'inProject' | 'inSection' | 'filter'>;
type Prepared<R> = PreparedQuery<TaskListParams, R>;

const projects = byShape<Container, { scope_id: string }>((shape) =>
  prepareQuery((db, param, engine) => visibleProjects(db, param, engine, shape).select('a.scope_id')),
);
const labels = byShape<Container, { value: string }>((shape) =>
  prepareQuery((db, param, engine) => labelsInUse(db, param, shape, engine)),
);
const rows = byShape<TaskListShape, TaskTable>((shape) =>
  prepareQuery((db, param) => rowsWithinScope(db, param, shape)),
);
const keys = byShape<TaskListShape, Record<(typeof KEY_NAMES)[0], SortKey>>((shape) =>
  prepareQuery((db, param) => keysWithinScope(db, param, shape)),
);
const across = byShape<TaskListShape, TaskTable>((shape) =>
  prepareQuery((db, param) => acrossScopes(db, param, shape)),
);
const skipped = byShape<TaskListShape, TaskTable>((shape) =>
  prepareQuery((db, param, engine) => skipping(db, param, shape, engine)),
);
const count = byShape<TaskListShape, { total: number }>((shape) =>
  prepareQuery((db, param, engine) => counting(db, param, shape, engine)),
);

/** One prepared query per shape, made when it is first asked for. Filters have too many shapes, and values in them. */
function byShape<S extends object, R>(prepare: (shape: S) => Prepared<R>): (shape: S) => Prepared<R> {
  const made = new Map<string, Prepared<R>>();
  return (shape) => {
    if ('filter' in shape) return prepare(shape);
    const key = JSON.stringify(shape);
    let query = made.get(key);
    if (!query) made.set(key, (query = prepare(shape)));
    return query;
  };
}
