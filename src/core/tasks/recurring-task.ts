import { deepEqual } from '#core/mutation/deep-equal.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { type NextOccurrence, occurrenceOf, type Plan, wallClockAt } from '#core/recurrence/next-occurrence.ts';
import { isReadableRule } from '#core/recurrence/parse-rule.ts';
import { formatDate, parseDate } from '#core/recurrence/wall-clock.ts';
import type { Completion, Occasion } from './completion.ts';
import { subtreeOf } from './task-tree.ts';
import type { Task } from './task.ts';

export type RecurringTask = Task & Pick<Occasion, 'date' | 'recurrence'>;

/** Rules that cannot be read are left from before they were checked; such a task does not go on. */
export function isRecurring(task: Task): task is RecurringTask {
  return task.recurrence !== null && task.date !== null && isReadableRule(task.recurrence.rule);
}

export type FindNext = (plan: Plan, clock: ReturnType<typeof wallClockAt>) => NextOccurrence | null;

/**
 * What the task becomes after its current occurrence, or null when that was the last one. A floating date is read on
 * the clock of whoever acts, and their day begins when they say.
 */
export function nextOccasion(tx: MutatorTx, task: RecurringTask, find: FindNext): Occasion | null {
  const settings = tx.get('settings', tx.actor.userId);
  const timeZone = task.timeZone ?? settings?.timeZone ?? 'UTC';
  const next = find({ ...task, timeZone }, wallClockAt(tx.now, timeZone, settings?.dayStart));
  if (!next) return null;
  const days = parseDate(next.date) - parseDate(plannedDate(task));
  return { ...next, deadline: shifted(task.deadline, days) };
}

/** Lets the task go on, and everything below it begin anew. */
export function goOn(tx: MutatorTx, task: RecurringTask, to: Occasion): void {
  const days = parseDate(to.date) - parseDate(plannedDate(task));
  for (const each of subtreeInStep(tx, task)) {
    const begun = { ...each, completedAt: null, completedBy: null };
    if (!each.deletedAt)
      tx.put('task', { ...begun, date: shifted(each.date, days), deadline: shifted(each.deadline, days) });
  }
  tx.put('task', { ...task, ...to });
}

/** What is below a task and follows it: a subtask with a rhythm of its own keeps it, and what is below it. */
export function subtreeInStep(tx: MutatorTx, task: Task): Task[] {
  const apart = new Set<string>();
  return subtreeOf(tx, task)
    .slice(1)
    .filter((each) => {
      const follows = !each.recurrence && !apart.has(each.parentId ?? '');
      if (!follows) apart.add(each.id);
      return follows;
    });
}

export function occasionOf({ date, time, deadline, recurrence }: RecurringTask): Occasion {
  return { date, time, deadline, recurrence };
}

/** Whether a task still is as this completion left it, so that it can be taken back. */
export function isLatest(task: Task, { after }: Completion): boolean {
  return isRecurring(task) && deepEqual(occasionOf(task), after);
}

/** Whether a task stands where `occasion` says, with the same rule: another deadline or time of day is no matter. */
export function isAt(task: Task, occasion: Occasion): boolean {
  return currentOccurrence(task) === occurrenceOf(occasion) && deepEqual(task.recurrence, occasion.recurrence);
}

/** The occurrence that a task stands for when it recurs. */
export function currentOccurrence(task: Task): string | null {
  return isRecurring(task) ? occurrenceOf(task) : null;
}

/** What completing says of the occurrence that somebody saw, so that two who complete it do not complete two. */
export function meantOccurrence(task: Task): { occurrence?: string } {
  const occurrence = currentOccurrence(task);
  return occurrence === null ? {} : { occurrence };
}

/**
 * A recurring task that is only given another date or time is moved this once: it still stands for its occurrence, from
 * which the next ones are counted.
 */
export function keepOccurrence<T extends Pick<Task, 'date' | 'time' | 'recurrence'>>(before: T, after: T): T {
  const { recurrence } = after;
  if (!recurrence || !before.recurrence || before.date === null || after.date === null) return after;
  if ((before.date === after.date && before.time === after.time) || !isReadableRule(recurrence.rule)) return after;
  const occurrence = occurrenceOf({ date: before.date, time: before.time, recurrence });
  const { occurrence: _moved, ...unmoved } = recurrence;
  const back = occurrence === occurrenceOf({ date: after.date, time: after.time, recurrence: unmoved });
  return { ...after, recurrence: back ? unmoved : { ...unmoved, occurrence } };
}

export function plannedDate(task: RecurringTask): string {
  return task.recurrence.occurrence?.slice(0, 10) ?? task.date;
}

/** Past the last day of four digits a date stays where it is. */
export function shifted(date: string | null, days: number): string | null {
  if (date === null) return null;
  const moved = formatDate(parseDate(date) + days);
  return moved.length === 10 ? moved : date;
}
