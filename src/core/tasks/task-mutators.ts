import { Type } from 'typebox';
import { DomainError, validationFailed } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { memberId } from '#core/projects/member.ts';
import { authorizeProject, authorizeTask } from '#core/projects/project-permissions.ts';
import { Id, Nullable, Rank } from '#core/schema.ts';
import { reopenWithParents } from './completion-mutators.ts';
import { moveBelongings } from './task-belongings.ts';
import { endPause, keepResting } from './paused-subtasks.ts';
import { keepOccurrence } from './recurring-task.ts';
import { applyPatch, EMPTY_CONTENT, TaskPatch } from './task-content.ts';
import { heightOf, requireParent, requireSection, subtreeOf } from './task-tree.ts';
import { taskContent, type Task } from './task.ts';

const strict = { additionalProperties: false };

export const createTask = defineMutator({
  name: 'task.create',
  version: 1,
  undoable: true,
  args: Type.Object(
    {
      ...TaskPatch.properties,
      title: taskContent.title,
      id: Id,
      projectId: Id,
      sectionId: Type.Optional(Nullable(Id)),
      parentId: Type.Optional(Nullable(Id)),
      rank: Rank,
    },
    strict,
  ),
  authorize: (tx, args) => authorizeProject(tx, args.projectId, 'task.write'),
  run(tx, args) {
    if (tx.get('task', args.id)) throw new DomainError('conflict', 'A task with this id already exists.');
    const parent = args.parentId ? requireParent(tx, args.parentId, args.projectId, 1) : null;
    if (args.sectionId && args.sectionId !== parent?.sectionId) requireSection(tx, args.sectionId, args.projectId);
    tx.put('task', {
      ...applyPatch(tx, args.projectId, EMPTY_CONTENT, args),
      id: args.id,
      projectId: args.projectId,
      sectionId: parent ? parent.sectionId : (args.sectionId ?? null),
      parentId: parent?.id ?? null,
      descriptionConflict: null,
      rank: args.rank,
      completedAt: null,
      completedBy: null,
      createdBy: tx.actor.userId,
      deletedAt: null,
    });
    if (parent?.completedAt) reopenWithParents(tx, parent);
  },
});

export const updateTask = defineMutator({
  name: 'task.update',
  version: 1,
  undoable: true,
  args: Type.Object({ ...TaskPatch.properties, id: Id }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, args, { task }) {
    const next = keepResting(task, applyPatch(tx, task.projectId, task, args));
    tx.put('task', args.recurrence === undefined ? keepOccurrence(task, next) : next);
    endPause(tx, task, next);
  },
});

/** Reopens the task and the completed tasks above it: an open subtask has open parents. */
export const reopenTask = defineMutator({
  name: 'task.reopen',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, _args, { task }) {
    if (task.completedAt) reopenWithParents(tx, task);
  },
});

/**
 * Moves a task with its subtasks and comments. Absent fields keep their value, except that a new
 * project starts without section and parent, and a new section without parent.
 */
export const moveTask = defineMutator({
  name: 'task.move',
  version: 1,
  undoable: true,
  args: Type.Object(
    {
      id: Id,
      projectId: Type.Optional(Id),
      sectionId: Type.Optional(Nullable(Id)),
      parentId: Type.Optional(Nullable(Id)),
      rank: Type.Optional(Rank),
    },
    strict,
  ),
  authorize(tx, args) {
    const found = authorizeTask(tx, args.id, 'task.write');
    if (args.projectId) authorizeProject(tx, args.projectId, 'task.write');
    return found;
  },
  run(tx, args, { task }) {
    const projectId = args.projectId ?? task.projectId;
    const stays = projectId === task.projectId;
    const subtree = subtreeOf(tx, task);
    const place = placeFor(tx, task, projectId, {
      parentId:
        args.parentId !== undefined ? args.parentId : stays && args.sectionId === undefined ? task.parentId : null,
      sectionId: args.sectionId !== undefined ? args.sectionId : stays ? task.sectionId : null,
    });
    if (place.parentId && subtree.some((each) => each.id === place.parentId)) {
      throw validationFailed('/parentId', 'A task cannot be moved below itself.');
    }
    for (const each of subtree) {
      const moved = { ...each, projectId, sectionId: place.sectionId };
      if (!stays) moved.assigneeId = keepAssignee(tx, projectId, each.assigneeId);
      if (each === task) Object.assign(moved, { parentId: place.parentId, rank: args.rank ?? task.rank });
      tx.put('task', moved);
      if (!stays) moveBelongings(tx, each.id, projectId);
    }
  },
});

function placeFor(
  tx: MutatorTx,
  task: Task,
  projectId: string,
  wanted: { parentId: string | null; sectionId: string | null },
): { parentId: string | null; sectionId: string | null } {
  // Where it is already was checked when it came there; in another project nothing of its old place is valid.
  const stays = projectId === task.projectId;
  if (wanted.sectionId && !(stays && wanted.sectionId === task.sectionId)) {
    requireSection(tx, wanted.sectionId, projectId);
  }
  if (!wanted.parentId) return wanted;
  if (stays && wanted.parentId === task.parentId) return { parentId: wanted.parentId, sectionId: task.sectionId };
  const parent = requireParent(tx, wanted.parentId, projectId, heightOf(tx, task));
  return { parentId: parent.id, sectionId: parent.sectionId };
}

function keepAssignee(tx: MutatorTx, projectId: string, assigneeId: string | null): string | null {
  return assigneeId && tx.get('member', memberId(projectId, assigneeId)) ? assigneeId : null;
}
