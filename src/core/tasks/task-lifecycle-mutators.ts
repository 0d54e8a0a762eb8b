import { Type } from 'typebox';
import { DomainError, validationFailed } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { authorizeTask } from '#core/projects/project-permissions.ts';
import { Id, Rank } from '#core/schema.ts';
import { withCopiedSubtasks } from './paused-subtasks.ts';
import { contentOf } from './task-content.ts';
import { subtreeOf } from './task-tree.ts';
import { SUBTREE_MAX, type Task } from './task.ts';

const strict = { additionalProperties: false };

/**
 * Moves a task and its subtasks to the trash. They share one `deletedAt`, by which
 * restoring recognises what went together.
 */
export const deleteTask = defineMutator({
  name: 'task.delete',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run: (tx, _args, { task }) => trashSubtree(tx, task),
});

export function trashSubtree(tx: MutatorTx, root: Task): void {
  for (const task of subtreeOf(tx, root)) {
    if (!task.deletedAt) tx.put('task', { ...task, deletedAt: tx.now });
  }
}

/** Brings back a task with the subtasks that were deleted with it, to its old place or the nearest that is left. */
export const restoreTask = defineMutator({
  name: 'task.restore',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write', { inTrash: true }),
  run(tx, _args, { task }) {
    if (!task.deletedAt) return;
    const parent = task.parentId ? tx.get('task', task.parentId) : undefined;
    const section = task.sectionId ? tx.get('section', task.sectionId) : undefined;
    const sectionId = section && !section.deletedAt ? section.id : null;
    const parentId = parent && !parent.deletedAt ? parent.id : null;
    for (const each of subtreeOf(tx, task)) {
      if (each.deletedAt !== task.deletedAt) continue;
      tx.put('task', { ...each, sectionId, deletedAt: null, ...(each === task ? { parentId } : {}) });
    }
  },
});

/** Removes a task in the trash for good, with its subtasks and comments. */
export const purgeTask = defineMutator({
  name: 'task.purge',
  version: 1,
  undoable: false,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write', { inTrash: true }),
  run(tx, _args, { task }) {
    if (!task.deletedAt) throw new DomainError('conflict', 'Only a task in the trash can be deleted for good.');
    for (const each of subtreeOf(tx, task)) {
      for (const comment of tx.list('taskComments', each.id)) tx.delete('comment', comment.id);
      for (const completion of tx.list('taskCompletions', each.id)) tx.delete('completion', completion.id);
      tx.delete('task', each.id);
    }
  },
});

/** Copies a task with its subtasks, open and without comments. `copies` names the id of each copy. */
export const duplicateTask = defineMutator({
  name: 'task.duplicate',
  version: 1,
  undoable: true,
  args: Type.Object(
    {
      id: Id,
      rank: Rank,
      copies: Type.Array(Type.Object({ from: Id, to: Id }, strict), { minItems: 1, maxItems: SUBTREE_MAX }),
    },
    strict,
  ),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, args, { task }) {
    const copyIds = new Map(args.copies.map(({ from, to }) => [from, to]));
    if (!copyIds.has(task.id)) throw validationFailed('/copies', 'An id for the copy of the task itself is missing.');
    for (const each of subtreeOf(tx, task)) {
      const id = copyIds.get(each.id);
      // A subtask that the caller did not know of yet is left out together with what is below it.
      const parentId = each === task ? task.parentId : copyIds.get(each.parentId ?? '');
      if (!id || parentId === undefined || each.deletedAt) continue;
      if (tx.get('task', id)) throw new DomainError('conflict', 'A task with this id already exists.');
      tx.put('task', {
        ...contentOf(each),
        recurrence: withCopiedSubtasks(each.recurrence, copyIds),
        id,
        projectId: each.projectId,
        sectionId: each.sectionId,
        parentId,
        descriptionConflict: null,
        rank: each === task ? args.rank : each.rank,
        completedAt: null,
        completedBy: null,
        createdBy: tx.actor.userId,
        deletedAt: null,
      });
    }
  },
});
