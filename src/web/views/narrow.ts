import type { Task } from '#core/tasks/task.ts';

/** Whether a task of a view stays in it. */
export type Narrow = (task: Task) => boolean;
