import { Type } from 'typebox';
import { DomainError } from '#core/errors.ts';
import { deepEqual } from '#core/mutation/deep-equal.ts';
import { defineMutator, type TypedMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { authorizeTask } from '#core/projects/project-permissions.ts';
import { nextAfterCompletion, nextAfterSkip } from '#core/recurrence/next-occurrence.ts';
import { formatDate, parseDate } from '#core/recurrence/wall-clock.ts';
import { Id } from '#core/schema.ts';
import type { Occasion } from './completion.ts';
import { restTask, unpaused, wakeTask } from './pause-mutators.ts';
import {
  currentOccurrence,
  goOn,
  isRecurring,
  nextOccasion,
  isLatest,
  occasionOf,
  type RecurringTask,
} from './recurring-task.ts';
import { ancestorsOf, subtreeOf } from './task-tree.ts';
import { Recurrence, type Task } from './task.ts';

const strict = { additionalProperties: false };

/** The occurrence that somebody saw: what is done is not done twice. Without it, the current one is meant. */
const Occurrence = Recurrence.properties.occurrence;

/**
 * Completes the task and its open subtasks. A recurring task goes on with its next occurrence instead, until it has
 * none or `end` is asked for. Completing a completed task or occurrence changes nothing; any other completion counts,
 * whatever the task stands for by now.
 */
export const completeTask = defineMutator({
  name: 'task.complete',
  version: 2,
  undoable: true,
  args: Type.Object({ id: Id, occurrence: Occurrence, end: Type.Optional(Type.Boolean()) }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, args, { task }) {
    if (task.completedAt || isDone(tx, unpaused(task) ?? task, args.occurrence)) return;
    const woken = args.occurrence === undefined ? null : wakeTask(tx, task);
    complete(tx, woken ?? task, args);
    // Who saw it before it was paused did not mean to end the pause, or all that is to come.
    if (woken) restTask(tx, tx.get('task', task.id));
  },
});

/** From devices that know nothing of occurrences: the current one is meant. */
export const completeTaskV1: TypedMutator<{ id: string }> = {
  ...completeTask,
  key: 'task.complete@1',
  args: Type.Object({ id: Id }, strict),
};

/** Leaves the current occurrence of a recurring task out. */
export const skipOccurrence = defineMutator({
  name: 'task.skip',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, occurrence: Occurrence }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, args, { task }) {
    if (!isRecurring(task) || task.completedAt) {
      throw new DomainError('conflict', 'Only an open task that repeats has an occurrence to leave out.');
    }
    const { occurrence } = args;
    const current = currentOccurrence(task);
    if (occurrence !== undefined && occurrence !== current) {
      if (isDone(tx, task, occurrence) || isPast(task, occurrence)) return;
      throw new DomainError('conflict', 'The task is at another date by now: nothing was left out.');
    }
    const next = nextOccasion(tx, task, nextAfterSkip);
    if (!next) throw new DomainError('conflict', 'This is the last occurrence: there is none to go on with.');
    goOn(tx, task, next);
  },
});

/** Takes back the latest completion of a recurring task: it stands again for the occurrence that was completed. */
export const uncompleteTask = defineMutator({
  name: 'task.uncomplete',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, completionId: Type.String({ maxLength: 80 }) }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, args, { task }) {
    const completion = tx.get('completion', args.completionId);
    if (completion?.taskId !== task.id || !isRecurring(task) || !isLatest(task, completion)) {
      throw new DomainError('conflict', 'The task has changed since: only its latest completion can be taken back.');
    }
    tx.delete('completion', completion.id);
    const before = { ...task, ...completion.before };
    // Where the task had stayed, it was completed by something else.
    if (task.completedAt && !deepEqual(completion.before, completion.after)) reopenWithParents(tx, before);
    else tx.put('task', before);
  },
});

/** An open task has open parents. */
export function reopenWithParents(tx: MutatorTx, task: Task): void {
  for (const each of [task, ...ancestorsOf(tx, task)]) {
    tx.put('task', { ...each, completedAt: null, completedBy: null });
  }
}

/** Whether the occurrence that was meant, and is not the current one, was completed, by this name or by another. */
function isDone(tx: MutatorTx, task: Task, occurrence: string | undefined): boolean {
  if (occurrence === undefined || occurrence === currentOccurrence(task)) return false;
  if (tx.get('completion', completionId(task, occurrence))) return true;
  return tx
    .list('taskCompletions', task.id)
    .some(({ date, time }) => occurrence === date || occurrence === `${date}T${time ?? ''}`);
}

/**
 * Whether the schedule of a task has left an occurrence behind. Who counts from the completion has no schedule, and a
 * day without a time was named before the rule had several a day.
 */
function isPast(task: RecurringTask, occurrence: string): boolean {
  const current = currentOccurrence(task) ?? '';
  return task.recurrence.anchor === 'schedule' && occurrence < current.slice(0, occurrence.length);
}

/**
 * What a clock that was wrong, or somebody who was late, has made the task leave behind is history: the task stays. An
 * occurrence that it has not reached, or that only this device counted, is the current one under another name.
 */
function complete(tx: MutatorTx, task: Task, { occurrence, end }: { occurrence?: string; end?: boolean }): void {
  if (occurrence !== undefined && isRecurring(task) && isPast(task, occurrence)) {
    recordCompletion(tx, task, { name: occurrence, occurrence, after: occasionOf(task) });
    return;
  }
  const after = isRecurring(task) && !end ? nextOccasion(tx, task, nextAfterCompletion) : null;
  if (!after || !isRecurring(task)) {
    completeForGood(tx, task);
    return;
  }
  const current = currentOccurrence(task) ?? task.date;
  recordCompletion(tx, task, { name: occurrence ?? current, occurrence: current, after });
  goOn(tx, task, after);
}

function completeForGood(tx: MutatorTx, task: Task): void {
  for (const each of subtreeOf(tx, task)) {
    if (each.completedAt || each.deletedAt) continue;
    tx.put('task', { ...each, completedAt: tx.now, completedBy: tx.actor.userId });
  }
}

interface Done {
  /** By which it is found when it is completed again. */
  readonly name: string;
  readonly occurrence: string;
  readonly after: Occasion;
}

function recordCompletion(tx: MutatorTx, task: RecurringTask, { name, occurrence, after }: Done): void {
  tx.put('completion', {
    id: freeCompletionId(tx, task, name),
    projectId: task.projectId,
    taskId: task.id,
    date: formatDate(parseDate(occurrence)),
    time: occurrence.slice(11) || task.time,
    completedAt: tx.now,
    completedBy: tx.actor.userId,
    before: occasionOf(task),
    after,
  });
}

function completionId(task: Task, occurrence: string): string {
  return `${task.id}.${occurrence}`;
}

/** Who counts from the completion and is early may meet the same date twice. */
function freeCompletionId(tx: MutatorTx, task: Task, occurrence: string): string {
  const id = completionId(task, occurrence);
  let free = id;
  for (let n = 2; tx.get('completion', free); n += 1) free = `${id}.${n}`;
  return free;
}
