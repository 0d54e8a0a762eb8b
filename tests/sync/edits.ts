import { DomainError } from '#core/errors.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import type { ArgsOf, Mutator } from '#core/mutation/mutator.ts';
import type { Row } from '#core/rows.ts';
import { deleteTask, purgeTask, restoreTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask, createTask, moveTask, reopenTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { Edit } from './steps.ts';

interface Choice {
  readonly pick: number;
  readonly to: number;
}

/** `base` makes ids; the choices decide on what the device shows at that moment. */
type EditAction = (replica: Replica, choice: Choice) => void;

function pickOf<R extends Row>(rows: Iterable<R>, index: number): R | undefined {
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted[index % sorted.length];
}

function someTask(replica: Replica, { pick }: Choice, trashed = false) {
  return pickOf(
    [...replica.all('task').values()].filter((task) => (task.deletedAt !== null) === trashed),
    pick,
  );
}

function someProject(replica: Replica, { to }: Choice) {
  return pickOf(replica.all('project').values(), to);
}

/** Does nothing where the device itself says that it is not possible. */
function attempt<M extends Mutator>(replica: Replica, mutator: M, args: ArgsOf<M> | null): void {
  if (args === null) return;
  try {
    replica.mutate(mutator, args);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/** A title that no other mutation of the history writes. */
function uniqueTitle(replica: Replica): string {
  return `title ${replica.newId()}`;
}

function onTask<M extends Mutator>(mutator: M, trashed = false): EditAction {
  return (replica, choice) => {
    const task = someTask(replica, choice, trashed);
    attempt(replica, mutator, task ? ({ id: task.id } as ArgsOf<M>) : null);
  };
}

const retitle: EditAction = (replica, choice) => {
  const task = someTask(replica, choice);
  attempt(replica, updateTask, task ? { id: task.id, title: uniqueTitle(replica) } : null);
};

function create(below: boolean): EditAction {
  return (replica, choice) => {
    const parent = below ? someTask(replica, choice) : undefined;
    const projectId = parent?.projectId ?? someProject(replica, choice)?.id;
    const fresh = { id: replica.newId(), title: uniqueTitle(replica), rank: 'a1', parentId: parent?.id ?? null };
    attempt(replica, createTask, projectId ? { ...fresh, projectId } : null);
  };
}

/** Undo refuses like any other mutator, when nothing is left to turn back. */
function steppingBack(step: (replica: Replica) => boolean): EditAction {
  return (replica) => {
    try {
      step(replica);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  };
}

/** What people do on a device. */
export const EDITS: Readonly<Record<Edit, EditAction>> = {
  create: create(false),
  'create-below': create(true),
  retitle,
  complete: onTask(completeTask),
  reopen: onTask(reopenTask),
  move(replica, choice) {
    const task = someTask(replica, choice);
    const project = someProject(replica, choice);
    attempt(replica, moveTask, task && project ? { id: task.id, projectId: project.id } : null);
  },
  trash: onTask(deleteTask),
  'restore-task': onTask(restoreTask, true),
  purge: onTask(purgeTask, true),
  label(replica) {
    const id = replica.newId();
    attempt(replica, createLabel, { id, name: `label ${id}`, rank: 'a1' });
  },
  undo: steppingBack((replica) => replica.undo()),
  redo: steppingBack((replica) => replica.redo()),
  many(replica, choice) {
    replica.batch(() => {
      for (let i = 0; i < 3; i++) retitle(replica, { ...choice, pick: choice.pick + i });
    });
  },
};
