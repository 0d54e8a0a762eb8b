import { DomainError, validationFailed } from '#core/errors.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { SUBTASK_DEPTH_MAX, SUBTREE_MAX, type Task } from './task.ts';

/** The task and everything below it, parents before children. Throws `limit_exceeded` past SUBTREE_MAX. */
export function subtreeOf(tx: MutatorTx, root: Task): Task[] {
  const found = [root];
  const seen = new Set([root.id]);
  for (const task of found) {
    for (const child of tx.list('subtasks', task.id)) {
      if (seen.has(child.id)) continue;
      seen.add(child.id);
      found.push(child);
    }
    if (found.length > SUBTREE_MAX) {
      throw new DomainError('limit_exceeded', `One action can change at most ${SUBTREE_MAX} tasks.`, {
        limit: SUBTREE_MAX,
      });
    }
  }
  return found;
}

/** The parents of a task, nearest first. */
export function ancestorsOf(tx: MutatorTx, task: Task): Task[] {
  const found: Task[] = [];
  for (let id = task.parentId; id !== null && found.length < SUBTASK_DEPTH_MAX; ) {
    const parent = tx.get('task', id);
    if (!parent) break;
    found.push(parent);
    id = parent.parentId;
  }
  return found;
}

/** Levels from a task down to its deepest subtask; 1 when it has none. */
export function heightOf(tx: MutatorTx, root: Task): number {
  const levels = new Map([[root.id, 1]]);
  let height = 1;
  for (const task of subtreeOf(tx, root).slice(1)) {
    const level = (levels.get(task.parentId ?? '') ?? 0) + 1;
    levels.set(task.id, level);
    height = Math.max(height, level);
  }
  return height;
}

/** The parent, after checking that a subtree of `height` levels may hang below it in `projectId`. */
export function requireParent(tx: MutatorTx, parentId: string, projectId: string, height: number): Task {
  const parent = tx.get('task', parentId);
  if (!parent || parent.projectId !== projectId || parent.deletedAt) {
    throw validationFailed('/parentId', 'The parent task does not exist in this project.');
  }
  if (ancestorsOf(tx, parent).length + 1 + height > SUBTASK_DEPTH_MAX) {
    throw validationFailed('/parentId', `Subtasks can be nested ${SUBTASK_DEPTH_MAX} levels deep.`);
  }
  return parent;
}

export function requireSection(tx: MutatorTx, sectionId: string, projectId: string): void {
  const section = tx.get('section', sectionId);
  if (!section || section.projectId !== projectId || section.deletedAt) {
    throw validationFailed('/sectionId', 'The section does not exist in this project.');
  }
}
