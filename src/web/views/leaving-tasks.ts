import type { Completion } from '#core/tasks/completion.ts';
import { currentOccurrence, isLatest } from '#core/tasks/recurring-task.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { Place } from './task-list-model.ts';

/** How long a completed task stays where it was. */
export const LEAVE_AFTER_MS = 1200;

type Reader = Pick<Replica, 'get'>;

interface Leaving {
  readonly task: Task;
  readonly place: Place;
  /** Of a repeating task, which itself has gone on. */
  readonly completionId: string | null;
}

/**
 * The tasks of a view that were completed a moment ago. They stay as they were and where they were, so that the list
 * does not move under the pointer, and can be taken back there.
 */
export class LeavingTasks {
  readonly #replica: Reader;
  readonly #release: (ids: readonly string[]) => void;
  readonly #byId = new Map<string, Leaving>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What was completed in quick succession is released together. */
  constructor(replica: Reader, release: (ids: readonly string[]) => void) {
    this.#replica = replica;
    this.#release = release;
  }

  get(id: string): Leaving | undefined {
    return this.#byId.get(id);
  }

  ids(): readonly string[] {
    return [...this.#byId.keys()];
  }

  /**
   * Called before the view takes in what became of a task, of which it has `before` in `place`. A repeating task leaves
   * only if it `moves`: where it stays, it shows at once when it is next.
   */
  note(task: Task, before: Task | undefined, place: Place | undefined, moves: () => boolean): void {
    const leaving = this.#byId.get(task.id);
    if (leaving) {
      const isBack = leaving.completionId
        ? this.#replica.get('completion', leaving.completionId) === undefined
        : task.completedAt === null;
      if (isBack) this.#byId.delete(task.id);
      return;
    }
    if (!before || !place || before.completedAt !== null) return;
    const completion = task.completedAt === null ? completionOf(this.#replica, before, task) : null;
    if (task.completedAt === null && !(completion && moves())) return;
    this.#byId.set(task.id, { task: before, place, completionId: completion?.id ?? null });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const ids = this.ids();
      this.#byId.clear();
      this.#release(ids);
    }, LEAVE_AFTER_MS);
  }

  /** A repeating task that is leaving is no open task of its list. */
  counted(task: Task): Task {
    return this.#byId.get(task.id)?.completionId ? { ...task, completedAt: task.updatedAt } : task;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#byId.clear();
  }
}

/** The completion by which a repeating task has gone on from what it was. */
function completionOf(replica: Reader, before: Task, task: Task): Completion | null {
  const occurrence = currentOccurrence(before);
  if (occurrence === null || currentOccurrence(task) === occurrence) return null;
  const id = `${task.id}.${occurrence}`;
  for (let n = 1; ; n++) {
    // One that came back is numbered.
    const completion = replica.get('completion', n === 1 ? id : `${id}.${n}`);
    if (!completion || isLatest(task, completion)) return completion ?? null;
  }
}
