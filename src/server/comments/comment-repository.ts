import { sql } from 'kysely';
import type { Comment } from '#core/comments/comment.ts';
import { notFound } from '#core/errors.ts';
import type { Database, Db } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { CommentTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { LIMIT_MAX } from '#server/rest/page.ts';

function visibleProjects(db: Db, userId: string) {
  return fromVisibleScopes(db, userId)
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null);
}

function visibleComments(db: Db, userId: string) {
  return visibleProjects(db, userId)
    .innerJoin('comment as c', 'c.scope_id', 'a.scope_id')
    .select(columnsOf('comment').map((column) => `c.${column}` as const));
}

const ONE = prepareQuery<{ readonly userId: string; readonly id: string }, CommentTable>((db, param) =>
  visibleComments(db, param('userId')).where('c.id', '=', param('id')).where('c.deleted_at', 'is', null),
);
const TASK = prepareQuery<{ readonly userId: string; readonly id: string }, { id: string }>((db, param) =>
  visibleProjects(db, param('userId'))
    .innerJoin('task as t', 't.scope_id', 'a.scope_id')
    .where('t.id', '=', param('id'))
    .select('t.id'),
);

interface ListParams {
  readonly userId: string;
  readonly taskId: string;
  readonly createdAt: number;
  readonly id: string;
}

const OF_TASK = prepareQuery<ListParams, CommentTable>((db, param) =>
  visibleComments(db, param('userId'))
    .where('c.task_id', '=', param('taskId'))
    .where('c.deleted_at', 'is', null)
    .where((eb) => eb(eb.refTuple('c.created_at', 'c.id'), '>', eb.tuple(param('createdAt'), param('id'))))
    .orderBy('c.created_at')
    .orderBy('c.id')
    .limit(sql.lit(LIMIT_MAX + 1)),
);

/** A comment that the user may see and that was not withdrawn. */
export async function getComment(database: Database, userId: string, id: string): Promise<Comment> {
  const stored = await ONE.first(database, { userId, id });
  if (!stored) throw notFound('comment');
  return decodeRow('comment', stored);
}

/** What was said about a task, oldest first. Throws `not_found` for a task that the user may not see. */
export async function listComments(
  database: Database,
  {
    userId,
    taskId,
    limit,
    after: [createdAt, id] = [-1, ''],
  }: {
    readonly userId: string;
    readonly taskId: string;
    readonly limit: number;
    readonly after: readonly [number, string] | undefined;
  },
): Promise<Comment[]> {
  const stored = await OF_TASK.all(database, { userId, taskId, createdAt, id });
  if (stored.length === 0 && !(await TASK.first(database, { userId, id: taskId }))) throw notFound('task');
  return stored.slice(0, limit).map((row) => decodeRow('comment', row));
}
