import { Type } from 'typebox';
import { DomainError } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { authorizeTask } from '#core/projects/project-permissions.ts';
import { nextAfterPause } from '#core/recurrence/next-occurrence.ts';
import { parseDate } from '#core/recurrence/wall-clock.ts';
import { Id } from '#core/schema.ts';
import { restSubtasks, wakeSubtasks } from './paused-subtasks.ts';
import { goOn, isRecurring, nextOccasion, plannedDate, type RecurringTask } from './recurring-task.ts';
import type { Task } from './task.ts';

const strict = { additionalProperties: false };

/**
 * Takes a repeating task and its subtasks off the calendar, with its rule, until it is to go on. A paused task stays as
 * it is.
 */
export const pauseRecurrence = defineMutator({
  name: 'task.pause',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, _args, { task }) {
    if (task.recurrence?.paused) return;
    if (!isRecurring(task) || task.completedAt) {
      throw new DomainError('conflict', 'Only an open task that repeats can be paused.');
    }
    restTask(tx, task);
  },
});

/** Takes a task off the calendar, if it is open and repeats. */
export function restTask(tx: MutatorTx, task: Task | undefined): void {
  if (!task || !isRecurring(task) || task.completedAt) return;
  const { date, time, timeZone, evening, deadline } = task;
  const paused = { date, time, timeZone, evening, deadline };
  const recurrence = { ...task.recurrence, paused, pausedSubtasks: restSubtasks(tx, task) };
  tx.put('task', { ...task, date: null, time: null, timeZone: null, evening: false, deadline: null, recurrence });
}

/** Puts a paused task back exactly where it was; null when it is not paused. */
export function wakeTask(tx: MutatorTx, task: Task): RecurringTask | null {
  const planned = unpaused(task);
  if (!planned) return null;
  tx.put('task', planned);
  wakeSubtasks(tx, task, task.recurrence?.pausedSubtasks ?? {}, { days: 0, isAnew: false });
  return planned;
}

/** Puts a paused task back: where it was, or at its first occurrence from today. One that is not paused stays. */
export const resumeRecurrence = defineMutator({
  name: 'task.resume',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, _args, { task }) {
    const planned = unpaused(task);
    if (!planned || task.completedAt) return;
    const next = nextOccasion(tx, planned, nextAfterPause);
    if (!next) throw new DomainError('conflict', 'Its last date has passed: give it a date or another rule.');
    const plans = task.recurrence?.pausedSubtasks;
    const isAnew = next.date !== planned.date;
    if (!plans && isAnew) {
      // Paused by an older version: the subtasks have kept their dates.
      goOn(tx, planned, next);
      return;
    }
    tx.put('task', isAnew ? { ...planned, ...next } : planned);
    const days = isAnew ? parseDate(next.date) - parseDate(plannedDate(planned)) : 0;
    wakeSubtasks(tx, task, plans ?? {}, { days, isAnew });
  },
});

/** The task as it was when it was paused; null when it is not. */
export function unpaused(task: Task): RecurringTask | null {
  if (!task.recurrence?.paused) return null;
  const { paused, pausedSubtasks: _resting, ...recurrence } = task.recurrence;
  const planned = { ...task, ...paused, recurrence };
  return isRecurring(planned) ? planned : null;
}
