import { sql } from 'kysely';
import type { Completion } from '#core/tasks/completion.ts';
import { notFound } from '#core/errors.ts';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { CompletionTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { LIMIT_MAX } from '#server/rest/page.ts';
import { findTask } from './task-repository.ts';

interface Params {
  readonly userId: string;
  readonly taskId: string;
  readonly completedAt: number;
  readonly id: string;
}

const OF_TASK = prepareQuery<Params, CompletionTable>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .innerJoin('completion as c', 'c.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .where('c.task_id', '=', param('taskId'))
    .where((eb) => eb(eb.refTuple('c.completed_at', 'c.id'), '<', eb.tuple(param('completedAt'), param('id'))))
    .orderBy('c.completed_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(sql.lit(LIMIT_MAX + 1))
    .select(columnsOf('completion').map((column) => `c.${column}` as const)),
);

/** When a completion was made, and its id. */
export type CompletionPlace = readonly [completedAt: number, id: string];

/** Later than everything that was completed. */
const BEGIN: CompletionPlace = [Number.MAX_SAFE_INTEGER, ''];

export interface CompletionsQuery {
  readonly userId: string;
  readonly taskId: string;
  readonly limit: number;
  readonly after: CompletionPlace | undefined;
}

/** The history of a repeating task, latest first. Throws `not_found` for a task that the user may not see. */
export async function listCompletions(database: Database, query: CompletionsQuery): Promise<Completion[]> {
  const { userId, taskId, limit, after } = query;
  const [completedAt, id] = after ?? BEGIN;
  const stored = await OF_TASK.all(database, { userId, taskId, completedAt, id });
  if (stored.length === 0 && !(await findTask(database, userId, taskId))) throw notFound('task');
  return stored.slice(0, limit).map((row) => decodeRow('completion', row));
}
