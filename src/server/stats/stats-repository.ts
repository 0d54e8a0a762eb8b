import { sql } from 'kysely';
import { DAY_MS, type DaySpan } from '#core/stats/day-spans.ts';
import { notFound } from '#core/errors.ts';
import { projectScope } from '#core/rows.ts';
import type { Database, Db } from '#server/db/database.ts';
import { type Param, prepareQuery } from '#server/db/prepared-query.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

interface Params {
  readonly userId: string;
  /** Empty: all. */
  readonly scope: string;
  /** Empty: anybody. */
  readonly by: string;
  readonly from: number;
  readonly before: number;
}

interface Counted {
  readonly n: number;
  readonly completed: number;
}

/** The projects that count: visible, archived or not, outside the trash. */
function visibleProjects(db: Db, param: Param<Pick<Params, 'userId' | 'scope'>>) {
  return fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .where((eb) => eb.or([eb(sql`${param('scope')}`, '=', ''), eb('a.scope_id', '=', param('scope'))]));
}

const PROJECT = prepareQuery<Pick<Params, 'userId' | 'scope'>, { id: string }>((db, param) =>
  visibleProjects(db, param).select('p.id'),
);

const TASKS = prepareQuery<Params, Counted>((db, param) =>
  visibleProjects(db, param)
    .innerJoin('task as t', 't.scope_id', 'a.scope_id')
    .where('t.completed_at', '>=', param('from'))
    .where('t.completed_at', '<', param('before'))
    .where('t.deleted_at', 'is', null)
    .where((eb) => eb.or([eb(sql`${param('by')}`, '=', ''), eb('t.completed_by', '=', param('by'))]))
    .select([dayOf('t', param).as('n'), sql<number>`count(*)`.as('completed')])
    .groupBy('n'),
);

/** What was done of repeating tasks; the history of one in the trash is there with it. */
const OCCURRENCES = prepareQuery<Params, Counted>((db, param) =>
  visibleProjects(db, param)
    .innerJoin('completion as c', 'c.scope_id', 'a.scope_id')
    .innerJoin('task as t', (join) => join.onRef('t.scope_id', '=', 'a.scope_id').onRef('t.id', '=', 'c.task_id'))
    .where('c.completed_at', '>=', param('from'))
    .where('c.completed_at', '<', param('before'))
    .where('t.deleted_at', 'is', null)
    .where((eb) => eb.or([eb(sql`${param('by')}`, '=', ''), eb('c.completed_by', '=', param('by'))]))
    .select([dayOf('c', param).as('n'), sql<number>`count(*)`.as('completed')])
    .groupBy('n'),
);

/** Both engines divide whole numbers to whole numbers. */
function dayOf(alias: string, param: Param<Params>) {
  return sql<number>`(${sql.ref(`${alias}.completed_at`)} - cast(${param('from')} as bigint)) / ${sql.lit(DAY_MS)}`;
}

export interface CompletedQuery {
  readonly userId: string;
  readonly projectId: string | undefined;
  /** Whose completions. */
  readonly by: 'me' | 'anyone';
  readonly spans: readonly DaySpan[];
}

/** How much was completed on each day of the spans. Throws `not_found` for a project that the user may not see. */
export async function countCompleted(database: Database, query: CompletedQuery): Promise<number[]> {
  const { userId, projectId, by, spans } = query;
  const seen = { userId, scope: projectId === undefined ? '' : projectScope(projectId) };
  if (projectId !== undefined && !(await PROJECT.first(database, seen))) throw notFound('project');
  const counts: number[] = [];
  for (const { from, before, days } of spans) {
    const params = { ...seen, by: by === 'me' ? userId : '', from, before };
    const [tasks, occurrences] = await Promise.all([TASKS.all(database, params), OCCURRENCES.all(database, params)]);
    const inSpan = Array.from<number>({ length: days }).fill(0);
    for (const { n, completed } of [...tasks, ...occurrences]) {
      // A last day of 25 hours has an hour of a day of its own.
      const day = Math.min(Number(n), days - 1);
      inSpan[day] = (inSpan[day] ?? 0) + Number(completed);
    }
    counts.push(...inSpan);
  }
  return counts;
}
