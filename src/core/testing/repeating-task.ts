import { completeTask } from '#core/tasks/completion-mutators.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import type { Recurrence, Task } from '#core/tasks/task.ts';
import { addTask, createWorld, type World } from './world.ts';

interface CompletionArgs {
  readonly occurrence?: string;
  readonly end?: boolean;
}

export const noon = (date: string): string => `${date}T12:00:00.000Z`;

/** One task of 18 November 2026 in a world that each test begins with `start`, and what is done to it and asked of it. */
export function repeatingTask() {
  let world: World;
  let id: string;
  return {
    start: (): { world: World; id: string } => {
      world = createWorld();
      id = addTask(world, 1, { projectId: world.work, date: '2026-11-18' });
      return { world, id };
    },
    repeat: (rule: string, given: Partial<Task> = {}, recurrence: Partial<Recurrence> = {}): void => {
      const whole = { rule, anchor: 'schedule' as const, intendedDay: null, ...recurrence };
      world.store.run(world.ana, updateTask, { id, ...given, recurrence: whole });
    },
    /** Answers with the uid of the mutation. */
    complete: (at: string, actor = world.ana, args: CompletionArgs = {}): string =>
      world.store.run(actor, completeTask, { id, ...args }, at),
    task: (taskId = id): Task => world.store.get('task', taskId) as Task,
    /** By the names of their occurrences. */
    completions: (): string[] => world.store.list('taskCompletions', id).map((row) => row.id.slice(id.length + 1)),
  };
}
