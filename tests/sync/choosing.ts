import { DomainError } from '#core/errors.ts';
import type { ArgsOf, Mutator } from '#core/mutation/mutator.ts';
import type { Row } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';

/** The numbers of a step, from which an edit chooses among what the device shows at that moment. */
export interface Choice {
  readonly pick: number;
  readonly to: number;
  /** How this version of the app renames a task. */
  readonly rename?: Mutator;
}

export type EditAction = (replica: Replica, choice: Choice) => void;

export function pickOf<R extends Row>(rows: Iterable<R>, index: number): R | undefined {
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted[index % sorted.length];
}

export function someTask(replica: Replica, { pick }: Choice, trashed = false): Task | undefined {
  return pickOf(
    [...replica.all('task').values()].filter((task) => (task.deletedAt !== null) === trashed),
    pick,
  );
}

/** Does nothing where the device itself says that it is not possible. */
export function attempt<M extends Mutator>(replica: Replica, mutator: M, args: ArgsOf<M> | null): void {
  if (args === null) return;
  try {
    replica.mutate(mutator, args);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}
