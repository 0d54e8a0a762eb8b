import { Type } from 'typebox';
import { DomainError, forbidden, notFound } from '#core/errors.ts';
import { deepEqual } from '#core/mutation/deep-equal.ts';
import type { ChangeRecord, Fields } from '#core/mutation/effect.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { memberId } from '#core/projects/member.ts';
import { roleIn } from '#core/projects/project-permissions.ts';
import { can, type ProjectAction } from '#core/projects/role.ts';
import type { Kind, Row } from '#core/rows.ts';
import { Id } from '#core/schema.ts';
import type { Completion } from '#core/tasks/completion.ts';
import { isAt } from '#core/tasks/recurring-task.ts';
import { trashSubtree } from '#core/tasks/task-lifecycle-mutators.ts';
import { moveBelongings } from '#core/tasks/task-belongings.ts';
import { withWhatDatesAllow } from '#core/tasks/task-content.ts';
import { ancestorsOf } from '#core/tasks/task-tree.ts';
import type { Task } from '#core/tasks/task.ts';

/**
 * Inverts an earlier mutation of the same actor, field by field and only where the value is still
 * the one that it wrote, so that nobody's later work is turned back (docs/sync.md). What it created
 * goes to the trash. Redo is the undo of an undo.
 */
export const undo = defineMutator({
  name: 'undo',
  version: 1,
  undoable: true,
  args: Type.Object({ uid: Id }, { additionalProperties: false }),
  authorize(tx, args) {
    const recorded = tx.mutation(args.uid);
    if (!recorded || recorded.userId !== tx.actor.userId) throw notFound('action');
    if (!recorded.undoable) throw new DomainError('not_undoable', 'This action cannot be undone.');
    const changes = recorded.changes.filter((change) => change.kind !== 'member');
    for (const change of changes) authorizeInverse(tx, change);
    return changes.toReversed();
  },
  run(tx, _args, changes) {
    for (const change of changes) if (change.kind === 'completion') requireInStep(tx, change);
    const elsewhere = new Set(changes.filter((change) => hasGoneOn(tx, change)).map(({ id }) => id));
    const undone = changes.filter((change) => !isBelow(tx, change, elsewhere) && invert(tx, change));
    if (undone.length === 0) {
      throw new DomainError('not_undoable', 'Everything that this action changed has been changed again since.');
    }
  },
});

const TRASHABLE: ReadonlySet<Kind> = new Set(['project', 'section', 'task', 'comment']);

/** What a member must be allowed to do for a change of these fields of a project. */
function projectActionFor(fields: readonly string[]): ProjectAction {
  if (fields.includes('deletedAt')) return 'project.delete';
  if (fields.includes('archivedAt') || fields.includes('parentId') || fields.includes('rank')) return 'project.manage';
  return 'project.edit';
}

function authorizeInverse(tx: MutatorTx, change: ChangeRecord): void {
  const current = tx.get(change.kind, change.id);
  const row = { ...(current ?? change.before ?? change.after) } as Fields;
  if (typeof row['userId'] === 'string') {
    if (row['userId'] !== tx.actor.userId) throw notFound('action');
    return;
  }
  const projectIds = new Set([row['projectId'], change.before?.['projectId']].filter((id) => typeof id === 'string'));
  if (change.kind === 'project') projectIds.add(change.id);
  for (const projectId of projectIds) authorizeIn(tx, projectId, actionFor(change, row, tx.actor.userId));
}

function actionFor(change: ChangeRecord, row: Fields, userId: string): ProjectAction {
  if (change.kind === 'project')
    return projectActionFor(change.before && change.after ? Object.keys(change.after) : ['deletedAt']);
  if (change.kind === 'comment') return row['authorId'] === userId ? 'comment.write' : 'comment.moderate';
  return change.kind === 'section' ? 'section.write' : 'task.write';
}

function authorizeIn(tx: MutatorTx, projectId: string, action: ProjectAction): void {
  const role = roleIn(tx, projectId);
  if (!role) throw notFound('action');
  if (!can(role, action)) throw forbidden(`Your role in this project is ${role}, which does not allow this.`);
}

/**
 * What was done of a repeating task and where the task went by it are turned back together or not at all: history
 * alone would say that a date was never done which the task has left behind.
 */
function requireInStep(tx: MutatorTx, { id, before, after }: ChangeRecord): void {
  // A move between projects changes a completion, and neither begins nor ends one.
  if (before && after) return;
  const completion = tx.get('completion', id) ?? (before as Completion | null);
  const task = completion && tx.get('task', completion.taskId);
  if (!completion || !task || deepEqual(completion.before, completion.after)) return;
  if (!isAt(task, before ? completion.before : completion.after)) {
    throw new DomainError(
      'not_undoable',
      'The task has changed since: only what was completed last can be undone or done again.',
    );
  }
}

/** Whether a task was given another date since. What is below it has begun anew there. */
function hasGoneOn(tx: MutatorTx, { kind, id, before, after }: ChangeRecord): boolean {
  const task = kind === 'task' && before && after ? tx.get('task', id) : undefined;
  if (!task || !after) return false;
  return (
    restsElsewhere(task, after) ||
    (['date', 'time'] as const).some((field) => after[field] !== undefined && task[field] !== after[field])
  );
}

/** The dates of a task that was paused are those of its pause, which may have gone on. */
function restsElsewhere(task: Task, after: Fields): boolean {
  const paused = (after['recurrence'] as Task['recurrence'] | undefined)?.paused;
  return paused !== undefined && !deepEqual(paused, task.recurrence?.paused);
}

function isBelow(tx: MutatorTx, { kind, id }: ChangeRecord, taskIds: ReadonlySet<string>): boolean {
  const task = kind === 'task' && taskIds.size > 0 ? tx.get('task', id) : undefined;
  return task !== undefined && ancestorsOf(tx, task).some((parent) => taskIds.has(parent.id));
}

/** Returns whether anything could be turned back. */
function invert(tx: MutatorTx, { kind, id, before, after }: ChangeRecord): boolean {
  const current = tx.get(kind, id);
  if (!before) return current !== undefined && withdraw(tx, kind, current);
  if (!after) {
    if (current || (kind === 'completion' && !hasItsTask(tx, before))) return false;
    tx.put(kind, { ...before } as never);
    return true;
  }
  if (!current || (kind === 'task' && restsElsewhere(current as Task, after))) return false;
  const next: Record<string, unknown> = { ...current };
  const fields = Object.keys(after).filter((field) => deepEqual(next[field], after[field]));
  if (fields.length === 0) return false;
  for (const field of fields) next[field] = before[field];
  const valid = kind === 'task' ? validTask(tx, current as Task, next as unknown as Task) : next;
  if (deepEqual(valid, current)) return false;
  tx.put(kind, valid as never);
  // What was added to a task since goes back with it.
  if (kind === 'task' && fields.includes('projectId')) moveBelongings(tx, id, (valid as Task).projectId);
  return true;
}

/** `next` in the rules of a task, which what happened since the undone change may have moved. */
function validTask(tx: MutatorTx, current: Task, next: Task): Task {
  const assignee = next.assigneeId && tx.get('member', memberId(next.projectId, next.assigneeId));
  const dated = withWhatDatesAllow({ ...next, date: next.date ?? dateInUse(current, next) });
  return { ...withValidPlace(tx, dated), assigneeId: assignee ? next.assigneeId : null };
}

/** The date that a time, an evening or a recurrence given since rests on: taking it away would turn them back too. */
function dateInUse(current: Task, next: Task): string | null {
  const inUse =
    (next.time !== null && next.time === current.time) ||
    (next.evening && current.evening) ||
    (next.recurrence !== null && deepEqual(next.recurrence, current.recurrence));
  return inUse ? current.date : null;
}

/** History has no place without its task, or in a project that the task has left. */
function hasItsTask(tx: MutatorTx, { taskId, projectId }: Fields): boolean {
  return tx.get('task', String(taskId))?.projectId === projectId;
}

/** Turns back the creation of a row. */
function withdraw(tx: MutatorTx, kind: Kind, row: Row): boolean {
  if (!TRASHABLE.has(kind)) {
    tx.delete(kind, row.id);
    return true;
  }
  if ((row as { deletedAt?: string | null }).deletedAt) return false;
  if (kind === 'task') {
    trashSubtree(tx, row as Task);
    return true;
  }
  if (kind === 'section') {
    for (const task of tx.list('sectionTasks', row.id)) tx.put('task', { ...task, sectionId: null });
  }
  tx.put(kind, { ...row, deletedAt: tx.now } as never);
  return true;
}

/** The old section or parent of a task may be gone or elsewhere by now. */
function withValidPlace(tx: MutatorTx, task: Task): Task {
  const parent = task.parentId ? tx.get('task', task.parentId) : undefined;
  const section = task.sectionId ? tx.get('section', task.sectionId) : undefined;
  return {
    ...task,
    parentId: parent?.projectId === task.projectId ? parent.id : null,
    sectionId: section?.projectId === task.projectId && !section.deletedAt ? section.id : null,
  };
}
