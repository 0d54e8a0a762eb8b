import { deepEqual } from '#core/mutation/deep-equal.ts';
import type { Row } from '#core/rows.ts';
import { completeTask, skipOccurrence } from '#core/tasks/completion-mutators.ts';
import type { Completion, Occasion } from '#core/tasks/completion.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import type { TestServer } from './test-server.ts';
import { Violation } from './violation.ts';

type Stored = Awaited<ReturnType<TestServer['stored']['listMutations']>>[number];
type Change = Awaited<ReturnType<TestServer['stored']['listChanges']>>[number];

/**
 * One completion per occurrence, and none lost: who names one that is done, because another device was there first,
 * moves the task no further; who names one that it has not reached, as by a clock that is wrong, completes the current
 * one, once by that name. The history names no occurrence twice and no task that is elsewhere.
 */
export async function checkOccurrences(server: TestServer, mutations: readonly Stored[]): Promise<void> {
  const completions: Completion[] = [];
  const rows = new Map<string, Row>();
  for (const scope of (await server.stored.rowsByScope()).values()) {
    for (const [key, row] of scope) {
      rows.set(key, row);
      if (key.startsWith('completion ')) completions.push(row as Completion);
    }
  }
  for (const { id, taskId, projectId } of completions) {
    const task = rows.get(`task ${taskId}`);
    if (!task || !('projectId' in task)) throw new Violation(`${id} is the history of no task`);
    if (task.projectId !== projectId) throw new Violation(`${id} is not in the project of its task`);
  }
  const changes = await server.stored.listChanges();
  checkAdvances(mutations, changes);
  checkNothingLost(mutations, changes);
  checkInStep(changes);
  checkHistory(completions, datesGiven(mutations, changes));
}

/** What moved a task on must have found it at the occurrence that it named, or have completed another by that name. */
function checkAdvances(mutations: readonly Stored[], changes: readonly Change[]): void {
  const named = new Map<string, { readonly id: string; readonly occurrence?: string }>();
  for (const { uid, name, args } of mutations) {
    if (name === completeTask.key || name === skipOccurrence.key) named.set(uid, JSON.parse(args));
  }
  for (const { mutation_uid: uid, eid, before, after } of changes) {
    const { id, occurrence } = named.get(uid) ?? {};
    if (eid !== id || before === null || after === null || occurrence === undefined) continue;
    // The last one has no history: the task itself is completed, once.
    if ((JSON.parse(after) as Partial<Task>).completedAt) continue;
    const { date, recurrence } = JSON.parse(before) as Partial<Task>;
    // A moved occurrence is remembered in the recurrence, which changes when the task goes on, and so is one that rests.
    const found = recurrence?.occurrence?.slice(0, 10) ?? date ?? recurrence?.paused?.date;
    if (found === undefined || found === occurrence.slice(0, 10)) continue;
    const done = completionOf(changes.find(({ mutation_uid, eid: of }) => mutation_uid === uid && isHistory(of)));
    const hasNotReached = found < occurrence.slice(0, 10) || done?.before.recurrence.anchor !== 'schedule';
    if (done?.id !== `${id}.${occurrence}` || !hasNotReached) {
      throw new Violation(`${uid} names ${occurrence} of a task, and moved it on from ${found}`);
    }
  }
}

/** A completion changes nothing only where its occurrence is in the history, or where the task itself was completed. */
function checkNothingLost(mutations: readonly Stored[], changes: readonly Change[]): void {
  const log = Map.groupBy(changes, ({ eid }) => eid);
  for (const { uid, name, args, status } of mutations) {
    if (name !== completeTask.key || status !== 'noop') continue;
    const { id, occurrence } = JSON.parse(args) as { id: string; occurrence?: string };
    const ofTask = log.get(id) ?? [];
    // What was forgotten with an old log, here or where the task came from or went to, tells nothing.
    const hasLeft = ofTask.some(({ before, after }) => before === null && after === null);
    const isWhole =
      !hasLeft &&
      ofTask.some(({ before }) => before === null) &&
      new Set(ofTask.map((each) => each.scope_id)).size === 1;
    const wasCompleted = ofTask.some(({ after }) => after !== null && (JSON.parse(after) as Partial<Task>).completedAt);
    const isDone = changes.some((change) => {
      const done = completionOf(change);
      return (
        done?.taskId === id &&
        [done.id.slice(id.length + 1), done.date, `${done.date}T${done.time}`].includes(occurrence ?? '')
      );
    });
    if (isWhole && !wasCompleted && !isDone) {
      throw new Violation(`${uid} completed ${occurrence ?? 'a task'} and is in no history`);
    }
  }
}

/** A completion by which a task has gone on comes and goes with a change of the task. */
function checkInStep(changes: readonly Change[]): void {
  const touched = new Set(changes.map(({ mutation_uid: uid, eid }) => `${uid} ${eid}`));
  for (const change of changes) {
    const completion = completionOf(change);
    if (!completion || deepEqual(completion.before, completion.after)) continue;
    const { mutation_uid: uid } = change;
    if (!touched.has(`${uid} ${completion.taskId}`)) {
      throw new Violation(`${uid} changed the history of ${completion.taskId}, and left the task as it was`);
    }
  }
}

function isHistory(rowId: string): boolean {
  return rowId.includes('.');
}

/** What a change began or ended, if that is a completion. */
function completionOf(change: Change | undefined): Completion | null {
  if (!change || !isHistory(change.eid) || (change.before !== null && change.after !== null)) return null;
  return JSON.parse(change.after ?? change.before ?? 'null') as Completion | null;
}

/**
 * By task, the dates that somebody gave it to begin (again) with. A task that was moved this once is not among them,
 * until it is given a rule: it begins anew where it is.
 */
function datesGiven(mutations: readonly Stored[], changes: readonly Change[]): Map<string, string[]> {
  const after = new Map<string, Partial<Occasion>>();
  for (const { mutation_uid: uid, eid, after: row } of changes) {
    if (row !== null && !isHistory(eid)) after.set(uid, JSON.parse(row) as Partial<Occasion>);
  }
  const given = new Map<string, string[]>();
  for (const { uid, name, args } of mutations) {
    if (name !== updateTask.key || after.get(uid)?.recurrence?.occurrence) continue;
    const { id, ...changed } = JSON.parse(args) as { id: string } & Partial<Occasion>;
    // Where the log is forgotten it may have been at any date.
    const date = changed.recurrence ? (changed.date ?? after.get(uid)?.date ?? '') : changed.date;
    if (date !== undefined && date !== null) given.set(id, [...(given.get(id) ?? []), date]);
  }
  return given;
}

function checkHistory(completions: readonly Completion[], given: ReadonlyMap<string, readonly string[]>): void {
  for (const [taskId, history] of Map.groupBy(completions, (each) => each.taskId)) {
    // Who counts from the completion and is early may meet the same date twice.
    if (history.some(({ before }) => before.recurrence.anchor !== 'schedule')) continue;
    for (const [occurrence, times] of Map.groupBy(history, ({ date, time }) => `${date} ${time}`)) {
      // Whoever gives a date begins there, also where that was done before.
      const beginnings = (given.get(taskId) ?? []).filter((date) => date <= occurrence.slice(0, 10)).length;
      if (times.length > Math.max(1, beginnings)) {
        throw new Violation(`${taskId} was completed ${times.length} times for ${occurrence}`);
      }
    }
  }
}
