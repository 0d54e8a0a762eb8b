import { labelKey } from '#core/labels/label.ts';
import type { ListMetrics } from '#web/tasks/row-lines.ts';
import type { Folds } from './folds.ts';
import { createTaskOrder, isCurrent } from './task-order.ts';
import type { TaskViewDefinition, ViewReplica } from './task-view.ts';
import { addRow, headerRow } from './view-rows.ts';

interface LabelViewOptions {
  readonly name: string;
  readonly inboxId: string;
  readonly metrics: ListMetrics;
  readonly folds: Folds;
}

/** All open tasks with a label, by project. */
export function labelDefinition(replica: ViewReplica, options: LabelViewOptions): TaskViewDefinition {
  const { name, inboxId, metrics, folds } = options;
  const key = labelKey(name);
  const order = createTaskOrder(replica);
  const context = { showProject: false, groupDate: null };

  return {
    sources: [{ kind: 'task', where: { index: 'openByLabel', key } }],
    dependencies: [{ kind: 'project' }],
    nested: false,
    prepare: () => order.reset(),
    place(task) {
      if (!isCurrent(replica, task)) return null;
      if (!task.labels.some((label) => labelKey(label) === key)) return null;
      return { group: task.projectId, sort: order.manual(task) };
    },
    metrics,
    folds,
    rowMeta: () => context,
    groups(model) {
      const projects = [...model.groups()].sort((a, b) => (order.project(a) < order.project(b) ? -1 : 1));
      return projects.map((group) => {
        const closed = folds.isClosed(group, false);
        const after = closed ? [] : [addRow(group, metrics, 2)];
        return { group, before: [headerRow(group, !closed)], after, closed, level: 2 };
      });
    },
    draft: (group) => ({ projectId: group || inboxId, labels: [name] }),
  };
}
