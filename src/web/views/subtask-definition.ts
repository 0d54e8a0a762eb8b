import type { Task } from '#core/tasks/task.ts';
import type { ListMetrics } from '#web/tasks/row-lines.ts';
import { foldsOf } from './folds.ts';
import type { TaskViewDefinition } from './task-view.ts';
import { addRow } from './view-rows.ts';

/** The subtasks of one task, completed ones last. Deeper levels are found in the detail of each. */
export function subtaskDefinition(
  parent: Pick<Task, 'id' | 'projectId' | 'sectionId'>,
  writable: boolean,
  metrics: ListMetrics,
): TaskViewDefinition {
  const group = parent.id;
  const context = { showProject: false, groupDate: null };
  return {
    sources: [{ kind: 'task', where: { index: 'subtasks', key: parent.id } }],
    dependencies: [],
    nested: false,
    metrics,
    folds: foldsOf('subtasks'),
    rowMeta: () => context,
    place(task) {
      if (task.parentId !== parent.id || task.deletedAt !== null) return null;
      return { group, sort: `${task.completedAt === null ? '0' : '1'} ${task.rank}` };
    },
    groups: () => [{ group, before: [], after: writable ? [addRow(group, metrics, 1)] : [], closed: false, level: 1 }],
    draft: () => (writable ? { projectId: parent.projectId, sectionId: parent.sectionId, parentId: parent.id } : null),
  };
}
