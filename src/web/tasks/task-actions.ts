import { createLabel } from '#core/labels/label-mutators.ts';
import { DomainError } from '#core/errors.ts';
import { labelKey } from '#core/labels/label.ts';
import { rankAtEnd } from '#core/ordering.ts';
import type { TaskPatch } from '#core/tasks/task-content.ts';
import { describeTask } from '#core/tasks/description-mutators.ts';
import { deleteTask, duplicateTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask, skipOccurrence, uncompleteTask } from '#core/tasks/completion-mutators.ts';
import { pauseRecurrence, resumeRecurrence } from '#core/tasks/pause-mutators.ts';
import { meantOccurrence } from '#core/tasks/recurring-task.ts';
import { createTask, moveTask, reopenTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import { addDays } from '#web/dates/calendar-date.ts';
import type { Replica } from '#web/replica/replica.ts';
import { placeOf, type Position, rankAt, ranksAt, type TaskPlace } from './task-place.ts';

export interface When {
  readonly date: string | null;
  readonly time: string | null;
  readonly evening: boolean;
}

/** What a person does to tasks, as mutations. Refusals are thrown and shown by the app. */
export interface TaskActions {
  /** Returns whether the task is completed now. `completionId`: of a repeating task that is to have its occurrence back. */
  toggleComplete(id: string, completionId?: string | null): boolean;
  /** Completes a repeating task with all that was to come. */
  completeForGood(id: string): void;
  /** Leaves the current occurrence of a repeating task out. */
  skip(id: string): void;
  togglePause(id: string): void;
  /** The task stays, once. A paused one gets the date back that it had. */
  endRecurrence(id: string): void;
  update(id: string, patch: TaskPatch): void;
  /** Saves a description that was edited from `base`; what it became meanwhile is merged in. */
  describe(id: string, base: string, description: string): void;
  /** Takes `description` for good, of the versions that were written at the same time. */
  resolveDescription(task: Task, description: string): void;
  setWhen(id: string, when: When): void;
  /** Moves the date by days; an undated task counts from today. */
  shiftDate(id: string, days: number, today: string): void;
  setLabels(id: string, labels: readonly string[]): void;
  place(id: string, to: { projectId: string; sectionId: string | null }): void;
  reparent(id: string, parentId: string | null, position: Position): void;
  setRank(id: string, rank: string): void;
  duplicate(id: string): string | null;
  remove(id: string): void;
  /** Creates a task for each title, in order, as one step of undo. Returns their ids. */
  create(titles: readonly string[], place: TaskPlace, position: Position, content?: TaskPatch): string[];
}

export function createTaskActions(replica: Replica): TaskActions {
  const withTask = (id: string, act: (task: Task) => void): void => {
    const task = replica.get('task', id);
    if (task) act(task);
  };

  return {
    toggleComplete(id, completionId = null) {
      if (completionId !== null) {
        replica.mutate(uncompleteTask, { id, completionId });
        return false;
      }
      const task = replica.get('task', id);
      const completed = task?.completedAt !== null;
      if (completed) replica.mutate(reopenTask, { id });
      else replica.mutate(completeTask, { id, ...meantOccurrence(task) });
      return !completed;
    },
    completeForGood: (id) =>
      withTask(id, (task) => {
        if (task.completedAt === null) replica.mutate(completeTask, { id, end: true });
      }),
    skip: (id) => withTask(id, (task) => replica.mutate(skipOccurrence, { id, ...meantOccurrence(task) })),
    togglePause: (id) =>
      withTask(id, (task) => replica.mutate(task.recurrence?.paused ? resumeRecurrence : pauseRecurrence, { id })),
    endRecurrence: (id) =>
      withTask(id, ({ recurrence }) => replica.mutate(updateTask, { ...recurrence?.paused, id, recurrence: null })),
    update: (id, patch) => void replica.mutate(updateTask, { ...patch, id }),
    describe: (id, base, description) => describe(replica, id, base, description),
    resolveDescription({ id, description: base, descriptionConflict }, description) {
      if (descriptionConflict)
        replica.mutate(describeTask, { id, base, description, resolves: descriptionConflict.at });
    },
    setWhen: (id, when) => withTask(id, (task) => setWhen(replica, task, when)),
    shiftDate: (id, days, today) =>
      withTask(id, (task) => replica.mutate(updateTask, { id, date: addDays(task.date ?? today, days) })),
    setLabels: (id, labels) =>
      replica.batch(() => {
        createMissingLabels(replica, labels);
        replica.mutate(updateTask, { id, labels: [...labels] });
      }),
    place(id, { projectId, sectionId }) {
      const rank = rankAt(replica, { projectId, sectionId, parentId: null }, 'end');
      replica.mutate(moveTask, { id, projectId, sectionId, parentId: null, rank });
    },
    reparent: (id, parentId, position) =>
      withTask(id, (task) => {
        const rank = rankAt(replica, { ...placeOf(task), parentId }, position);
        replica.mutate(moveTask, { id, parentId, rank });
      }),
    setRank: (id, rank) => void replica.mutate(moveTask, { id, rank }),
    duplicate: (id) => duplicate(replica, id),
    remove: (id) => void replica.mutate(deleteTask, { id }),
    create: (titles, place, position, content = {}) => create(replica, titles, place, position, content),
  };
}

/** Somebody may take the task away while it is being described: the text is then kept among the refused changes. */
function describe(replica: Replica, id: string, base: string, description: string): void {
  const args = { id, base, description };
  try {
    replica.mutate(describeTask, args);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    replica.submit(describeTask, args);
  }
}

function setWhen(replica: Replica, task: Task, { date, time, evening }: When): void {
  if (date === null) replica.mutate(updateTask, { id: task.id, date: null });
  else replica.mutate(updateTask, { id: task.id, date, time, evening: time === null && evening });
}

/** A label that is typed for the first time is made, so that it gets a colour and a place in the lists. */
export function createMissingLabels(replica: Replica, names: readonly string[]): void {
  const own = replica.list('userLabels', replica.account.userId);
  const known = new Set(own.map((label) => labelKey(label.name)));
  let ranked = own;
  for (const name of names) {
    if (known.has(labelKey(name))) continue;
    const id = replica.newId();
    replica.mutate(createLabel, { id, name, rank: rankAtEnd(ranked) });
    ranked = replica.list('userLabels', replica.account.userId);
  }
}

function duplicate(replica: Replica, id: string): string | null {
  const task = replica.get('task', id);
  if (!task) return null;
  const copies = subtree(replica, id).map((from) => ({ from, to: replica.newId() }));
  replica.mutate(duplicateTask, { id, rank: rankAt(replica, placeOf(task), { after: id }), copies });
  return copies[0]?.to ?? null;
}

function subtree(replica: Replica, rootId: string): string[] {
  const found = [rootId];
  for (const id of found) for (const child of replica.list('subtasks', id)) found.push(child.id);
  return found;
}

function create(
  replica: Replica,
  titles: readonly string[],
  place: TaskPlace,
  position: Position,
  content: TaskPatch,
): string[] {
  const ranks = ranksAt(replica, place, position, titles.length);
  return replica.batch(() =>
    titles.map((title, index) => {
      const id = replica.newId();
      replica.mutate(createTask, { ...content, ...place, id, title, rank: ranks[index] ?? rankAtEnd([]) });
      return id;
    }),
  );
}
