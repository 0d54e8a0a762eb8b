import { EMPTY_CONTENT, type TaskContent } from '#core/tasks/task-content.ts';
import type { Task } from '#core/tasks/task.ts';
import type { DraftBase } from '#web/quick-add/draft.ts';
import { type ListMetrics, taskRowHeight } from '#web/tasks/row-lines.ts';

/** In the place of the title while there is none. */
const TITLE = 'Add task';

/** A task as it is going to be, for what shows tasks. */
export function previewOf(place: DraftBase['place'], content: Partial<TaskContent>): Task {
  const life = { descriptionConflict: null, completedAt: null, completedBy: null, deletedAt: null };
  const made = { id: '', rev: 0, rank: '', createdBy: '', createdAt: '', updatedAt: '' };
  return { ...EMPTY_CONTENT, ...life, ...made, ...place, ...content, title: TITLE };
}

/** Like a row of the list, in which a new task will stand. */
export const START_CONTEXT = { showProject: true, groupDate: null };

/** Of a row in which a task is added, with what it begins with. */
export function startHeight({ place, content }: DraftBase, metrics: ListMetrics): number {
  return taskRowHeight(previewOf(place, content), metrics, START_CONTEXT);
}
