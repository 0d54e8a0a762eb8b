import { SUBTREE_MAX, type Task } from '#core/tasks/task.ts';
import { projectScope } from '#core/rows.ts';
import { sql } from 'kysely';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { TaskTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

const taskColumns = columnsOf('task').map((column) => `t.${column}` as const);

const VISIBLE_TASK = prepareQuery<{ readonly userId: string; readonly id: string }, TaskTable>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('task as t', 't.scope_id', 'a.scope_id')
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('t.id', '=', param('id'))
    .where('p.deleted_at', 'is', null)
    .select(taskColumns),
);

/** A task that the user may see; in the trash or not, but not of a project in the trash. */
export async function findTask(database: Database, userId: string, id: string): Promise<Task | undefined> {
  const stored = await VISIBLE_TASK.first(database, { userId, id });
  return stored && decodeRow('task', stored);
}

const INBOX = prepareQuery<{ readonly userId: string }, { id: string }>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.inbox', '=', 1)
    .select('p.id'),
);

/** The project of tasks that name none. */
export async function findInbox(database: Database, userId: string): Promise<string | undefined> {
  return (await INBOX.first(database, { userId }))?.id;
}

const SECTION_PROJECT = prepareQuery<{ readonly userId: string; readonly id: string }, { scope_id: string }>(
  (db, param) =>
    fromVisibleScopes(db, param('userId'))
      .innerJoin('section as s', 's.scope_id', 'a.scope_id')
      .where('s.id', '=', param('id'))
      .select('s.scope_id'),
);

/** The project of a section that the user may see. */
export async function findProjectOfSection(
  database: Database,
  userId: string,
  id: string,
): Promise<string | undefined> {
  return (await SECTION_PROJECT.first(database, { userId, id }))?.scope_id.slice(2);
}

const LAST_RANK = prepareQuery<{ readonly scope: string }, { rank: string | null }>((db, param) =>
  db
    .selectFrom('task')
    .where('scope_id', '=', param('scope'))
    .where('deleted_at', 'is', null)
    .orderBy('rank', 'desc')
    .limit(sql.lit(1))
    .select('rank'),
);
const FIRST_RANK = prepareQuery<{ readonly scope: string }, { rank: string | null }>((db, param) =>
  db
    .selectFrom('task')
    .where('scope_id', '=', param('scope'))
    .where('deleted_at', 'is', null)
    .orderBy('rank')
    .limit(sql.lit(1))
    .select('rank'),
);
const NEXT_RANK = prepareQuery<{ readonly scope: string; readonly rank: string }, { rank: string | null }>(
  (db, param) =>
    db
      .selectFrom('task')
      .where('scope_id', '=', param('scope'))
      .where('deleted_at', 'is', null)
      .where('rank', '>', param('rank'))
      .orderBy('rank')
      .limit(sql.lit(1))
      .select('rank'),
);

/**
 * The greatest or least rank of a project. What is beyond it is beyond every sibling, whichever list the task goes to.
 * A rank tells nothing, and the mutator that receives the new one decides whether the user may write here.
 */
export async function outermostRank(
  database: Database,
  projectId: string,
  end: 'first' | 'last',
): Promise<string | null> {
  const query = end === 'last' ? LAST_RANK : FIRST_RANK;
  return (await query.first(database, { scope: projectScope(projectId) }))?.rank ?? null;
}

/** The rank that follows another in its project. */
export async function nextRank(database: Database, { projectId, rank }: Task): Promise<string | null> {
  return (await NEXT_RANK.first(database, { scope: projectScope(projectId), rank }))?.rank ?? null;
}

const SUBTREE = prepareQuery<{ readonly scope: string; readonly id: string }, { id: string }>((db, param) =>
  db
    .withRecursive('tree(id, scope_id)', (query) =>
      query
        .selectFrom('task as t')
        .where('t.scope_id', '=', param('scope'))
        .where('t.id', '=', param('id'))
        .select(['t.id', 't.scope_id'])
        .union(
          query
            .selectFrom('tree')
            .innerJoin('task as c', (join) =>
              join.onRef('c.parent_id', '=', 'tree.id').onRef('c.scope_id', '=', 'tree.scope_id'),
            )
            .where('c.deleted_at', 'is', null)
            .select(['c.id', 'c.scope_id']),
        ),
    )
    .selectFrom('tree')
    .select('id')
    .limit(sql.lit(SUBTREE_MAX + 1)),
);

/** The ids of a task and of all that is below it. */
export async function listSubtreeIds(database: Database, { id, projectId }: Task): Promise<string[]> {
  return (await SUBTREE.all(database, { scope: projectScope(projectId), id })).map((row) => row.id);
}
