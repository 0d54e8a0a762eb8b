import { DomainError } from '#core/errors.ts';
import { createFilter } from '#core/filters/saved-filter-mutators.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import type { ArgsOf, Mutator } from '#core/mutation/mutator.ts';
import { deleteTask, purgeTask, restoreTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask, moveTask, reopenTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Replica } from '#web/replica/replica.ts';
import { attempt, type Choice, type EditAction, pickOf, someTask } from './choosing.ts';
import { renamed } from './releases.ts';
import { REPEATING_EDITS } from './repeating-edits.ts';
import type { Edit } from './steps.ts';

function someProject(replica: Replica, { to }: Choice) {
  return pickOf(replica.all('project').values(), to);
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
  const { rename = updateTask } = choice;
  attempt(replica, rename, task ? (renamed(rename, task.id, uniqueTitle(replica)) as never) : null);
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
  ...REPEATING_EDITS,
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
  label(replica, choice) {
    const id = replica.newId();
    if (choice.pick % 2 === 1) attempt(replica, createFilter, { id, name: `filter ${id}`, query: 'p1', rank: 'a1' });
    else attempt(replica, createLabel, { id, name: `label ${id}`, rank: 'a1' });
  },
  undo: steppingBack((replica) => replica.undo()),
  redo: steppingBack((replica) => replica.redo()),
  many(replica, choice) {
    replica.batch(() => {
      for (let i = 0; i < 3; i++) retitle(replica, { ...choice, pick: choice.pick + i });
    });
  },
};
