import type { Mutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import type { Completion } from '#core/tasks/completion.ts';
import { meantOccurrence } from '#core/tasks/recurring-task.ts';
import { moveTask } from '#core/tasks/task-mutators.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import type { SeededFault } from './faults.ts';
import { Endpoint } from './faulty-endpoints.ts';
import { TODAY } from './releases.ts';
import { REPEATING } from './steps.ts';
import type { Fault } from './world.ts';

type Apply = (mutator: Mutator, tx: MutatorTx, args: Record<string, unknown>) => void;

/** A server on which one action does something else. */
function changed(key: string, apply: Apply): Fault {
  const findMutator = (name: string): Mutator | undefined => {
    const found = TODAY.findMutator(name);
    if (name !== key || !found) return found;
    return { ...found, apply: (tx, args) => apply(found, tx, args as Record<string, unknown>) };
  };
  return {
    endpoint(server) {
      server.release = { ...TODAY, findMutator };
      return new Endpoint(server);
    },
  };
}

const FAULTS: readonly SeededFault[] = [
  {
    name: 'whoever completes an occurrence completes the current one',
    fault: changed(completeTask.key, (found, tx, { occurrence: _seen, ...args }) => found.apply(tx, args)),
  },
  {
    name: 'who completes what the task has not reached completes nothing',
    fault: changed(completeTask.key, (found, tx, args) => {
      const task = tx.get('task', String(args['id']));
      const current = task && meantOccurrence(task).occurrence;
      if (!current || args['occurrence'] === undefined || args['occurrence'] === current) found.apply(tx, args);
    }),
  },
  {
    name: 'undo takes from the history what the task has left behind',
    fault: changed(undo.key, (found, tx, args) => {
      const get = ((kind, id) => {
        const row = tx.get(kind, id);
        return row && kind === 'completion' ? { ...row, after: (row as Completion).before } : row;
      }) as MutatorTx['get'];
      found.apply({ ...tx, get }, args);
    }),
    weights: { undo: 30, 'complete-occurrence': 30, recur: 12, postpone: 20, flow: 30, redo: 0, share: 0, restore: 0 },
  },
  {
    name: 'undo turns a task back and leaves its history',
    fault: changed(undo.key, (found, tx, args) => {
      const keepsHistory = { ...tx, delete: (kind, id) => kind !== 'completion' && tx.delete(kind, id) } as MutatorTx;
      found.apply(keepsHistory, args);
    }),
    weights: { undo: 30, 'complete-occurrence': 30, recur: 12, move: 0, share: 0, restore: 0, postpone: 0 },
  },
  {
    name: 'history stays behind when its task moves',
    fault: changed(moveTask.key, (found, tx, args) => {
      const list = ((index, key) => (index === 'taskCompletions' ? [] : tx.list(index, key))) as MutatorTx['list'];
      found.apply({ ...tx, list }, args);
    }),
    weights: { move: 16, 'complete-occurrence': 30, recur: 12, restore: 0 },
  },
];

/** Mistakes with tasks that repeat, planted one at a time. */
export const REPEATING_FAULTS: readonly SeededFault[] = FAULTS.map((each) => ({
  ...each,
  weights: { ...REPEATING, ...each.weights },
}));
