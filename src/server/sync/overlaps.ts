import { projectScope } from '#core/rows.ts';
import type { Overlap } from '#core/sync/protocol.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import type { ServerContext } from '#server/context.ts';
import type { Database } from '#server/db/database.ts';
import type { MutationOutcome, WriteMutation } from '#server/write/write-request.ts';

/** What is younger was hardly kept back: its author saw what they changed. */
const LATE_MS = 5_000;
const CHUNK = 200;

export interface PushedMutations {
  readonly userId: string;
  readonly mutations: readonly WriteMutation[];
  readonly results: readonly MutationOutcome[];
}

/** An edit of a task that waited, for want of a network say, before it arrived. */
interface LateEdit {
  readonly uid: string;
  readonly userId: string;
  readonly taskId: string;
  readonly scope: string;
  readonly at: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Never fails: what was written stays written, and is answered. */
export function overlapFinder({ database, clock, logger }: Pick<ServerContext, 'database' | 'clock' | 'logger'>) {
  return async (pushed: PushedMutations): Promise<ReadonlyMap<string, Overlap[]>> => {
    try {
      return await findOverlaps(database, lateEdits(pushed, clock.now()));
    } catch (err) {
      logger.error({ err }, 'overlapping edits could not be looked for');
      return new Map();
    }
  };
}

/**
 * What others did meanwhile to the same fields of the same tasks, by the uid of the edit. The edit stands, because it
 * arrived later; its author is told.
 */
async function findOverlaps(database: Database, edits: readonly LateEdit[]): Promise<Map<string, Overlap[]>> {
  const found = new Map<string, Overlap[]>();
  for (let start = 0; start < edits.length; start += CHUNK) {
    const chunk = edits.slice(start, start + CHUNK);
    const changes = await changesSince(database, chunk);
    for (const edit of chunk) {
      const overlaps = changes.flatMap((change) => overlapsOf(edit, change));
      const latest = new Map(overlaps.map((overlap) => [overlap.field, overlap]));
      if (latest.size > 0) found.set(edit.uid, [...latest.values()]);
    }
  }
  return found;
}

type Change = Awaited<ReturnType<typeof changesSince>>[number];

function overlapsOf({ taskId, scope, at, args }: LateEdit, change: Change): Overlap[] {
  if (change.eid !== taskId || change.scope_id !== scope || change.at <= at) return [];
  const fields = JSON.parse(change.after ?? '{}') as Record<string, unknown>;
  return Object.keys(args).flatMap((field) =>
    field in fields && field !== 'id' ? [{ field, by: change.actor, value: fields[field] }] : [],
  );
}

function lateEdits({ userId, mutations, results }: PushedMutations, nowMs: number): LateEdit[] {
  const outcomes = new Map(results.map((result) => [result.uid, result]));
  return mutations.flatMap(({ uid, name, args, at: acted }) => {
    const at = Date.parse(acted ?? '');
    const outcome = outcomes.get(uid);
    if (name !== updateTask.key || outcome?.status !== 'applied' || !(nowMs - at > LATE_MS)) return [];
    const taskId = (args as { id: string }).id;
    const task = outcome.rows.find((row) => row.kind === 'task' && row.id === taskId)?.row as Task | undefined;
    // What was done in the project from which the task came is not told: its author may not see that one.
    return task
      ? [{ uid, userId, taskId, at, args: args as LateEdit['args'], scope: projectScope(task.projectId) }]
      : [];
  });
}

/** By when they arrived, not by when their authors acted: that is what nobody could have seen. */
function changesSince({ reader }: Database, edits: readonly LateEdit[]) {
  return reader
    .selectFrom('change')
    .innerJoin('scope_commit', (join) =>
      join.onRef('scope_commit.scope_id', '=', 'change.scope_id').onRef('scope_commit.ver', '=', 'change.ver'),
    )
    .select(['change.scope_id', 'change.eid', 'change.actor', 'change.after', 'scope_commit.at'])
    .where('change.kind', '=', 'task')
    .where('change.op', '=', 'put')
    .where('change.actor', 'not in', [...new Set(edits.map(({ userId }) => userId))])
    .where('change.before', 'is not', null)
    .where(
      'change.eid',
      'in',
      edits.map(({ taskId }) => taskId),
    )
    .where('scope_commit.at', '>', Math.min(...edits.map(({ at }) => at)))
    .orderBy('change.ver')
    .orderBy('change.seq')
    .execute();
}
