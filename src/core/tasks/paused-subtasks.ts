import type { MutatorTx } from '#core/mutation/transaction.ts';
import { parseDate } from '#core/recurrence/wall-clock.ts';
import { shifted, subtreeInStep } from './recurring-task.ts';
import type { PausedSubtasks, Task } from './task.ts';

/** Takes the dates of what is below a task away, as the task loses its own, and tells what they were. */
export function restSubtasks(tx: MutatorTx, task: Task): PausedSubtasks {
  const plans: PausedSubtasks = {};
  for (const each of subtreeInStep(tx, task)) {
    if (each.deletedAt || (each.date === null && each.deadline === null)) continue;
    const { date, time, timeZone, evening, deadline } = each;
    plans[each.id] = { date, time, timeZone, evening, deadline };
    tx.put('task', { ...each, ...UNDATED });
  }
  return plans;
}

const UNDATED = { date: null, time: null, timeZone: null, evening: false, deadline: null };

interface Waking {
  /** How far the task itself was moved. */
  readonly days: number;
  /** What was completed begins anew, as after every other occurrence. */
  readonly isAnew: boolean;
}

/**
 * Gives subtasks of a paused task their dates back. What got a date during the pause keeps it, and what was moved
 * elsewhere is no longer concerned.
 */
export function wakeSubtasks(tx: MutatorTx, task: Task, plans: PausedSubtasks, { days, isAnew }: Waking): void {
  for (const each of subtreeInStep(tx, task)) {
    const plan = each.date === null && each.deadline === null ? plans[each.id] : undefined;
    const dated = plan && { ...plan, date: shifted(plan.date, days), deadline: shifted(plan.deadline, days) };
    const begins = isAnew && each.completedAt !== null && !each.deletedAt;
    const begun = begins ? { completedAt: null, completedBy: null } : {};
    if (plan || begins) tx.put('task', { ...each, ...begun, ...dated });
  }
}

/** A task that stays paused under another rule still knows what its subtasks were planned for. */
export function keepResting<T extends Pick<Task, 'recurrence'>>(before: T, after: T): T {
  const pausedSubtasks = before.recurrence?.pausedSubtasks;
  if (!pausedSubtasks || !after.recurrence?.paused || after.recurrence.pausedSubtasks) return after;
  return { ...after, recurrence: { ...after.recurrence, pausedSubtasks } };
}

/** Whoever gives a paused task a date, or takes its rule away, ends the pause: its subtasks are moved as it was. */
export function endPause(tx: MutatorTx, before: Task, after: Pick<Task, 'date' | 'recurrence'>): void {
  const { paused, pausedSubtasks } = before.recurrence ?? {};
  if (!paused || !pausedSubtasks || after.recurrence?.paused) return;
  const days = after.date === null ? 0 : parseDate(after.date) - parseDate(paused.date);
  wakeSubtasks(tx, before, pausedSubtasks, { days, isAnew: false });
}

/** For a copy of a paused task, whose subtasks are copies as well. */
export function withCopiedSubtasks(
  recurrence: Task['recurrence'],
  copyIds: ReadonlyMap<string, string>,
): Task['recurrence'] {
  if (!recurrence?.pausedSubtasks) return recurrence;
  const pausedSubtasks: PausedSubtasks = {};
  for (const [id, plan] of Object.entries(recurrence.pausedSubtasks)) {
    const copy = copyIds.get(id);
    if (copy !== undefined) pausedSubtasks[copy] = plan;
  }
  return { ...recurrence, pausedSubtasks };
}
