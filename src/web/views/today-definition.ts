import type { Task } from '#core/tasks/task.ts';
import { addDays, type CalendarDate } from '#web/dates/calendar-date.ts';
import type { ListMetrics } from '#web/tasks/row-lines.ts';
import type { Folds } from './folds.ts';
import type { GroupRows, TaskListModel } from './task-list-model.ts';
import { createTaskOrder, isCurrent } from './task-order.ts';
import type { TaskViewDefinition, ViewReplica } from './task-view.ts';
import { addRow, headerRow } from './view-rows.ts';

export type TodayGroup = 'overdue' | 'today' | 'evening' | 'soon';

/** Overdue tasks that are still shown open; more begin closed, so that today stays small. */
const OVERDUE_OPEN_MAX = 5;
const DEADLINE_DAYS = 3;

export interface DayViewOptions {
  readonly today: CalendarDate;
  readonly userId: string;
  readonly inboxId: string;
  readonly metrics: ListMetrics;
  readonly folds: Folds;
}

/** Mine or nobody's: what is assigned to others is their day. */
export function concerns(task: Task, userId: string): boolean {
  return task.assigneeId === null || task.assigneeId === userId;
}

export function todayGroupOf(task: Task, today: CalendarDate): TodayGroup | null {
  if (task.date !== null && task.date < today) return 'overdue';
  if (task.date === today) return task.evening && task.time === null ? 'evening' : 'today';
  return task.deadline !== null && task.deadline <= addDays(today, DEADLINE_DAYS) ? 'soon' : null;
}

export function todayDefinition(replica: ViewReplica, options: DayViewOptions): TaskViewDefinition {
  const { today, userId, inboxId, metrics, folds } = options;
  const order = createTaskOrder(replica);

  function sortIn(group: TodayGroup, task: Task): string {
    if (group === 'overdue') return `${task.date ?? ''} ${order.withinDay(task)}`;
    return group === 'soon' ? `${task.deadline ?? ''} ${order.manual(task)}` : order.withinDay(task);
  }

  function groups(model: TaskListModel): GroupRows[] {
    const overdue = model.groups().includes('overdue');
    const header = (group: TodayGroup, byDefault: boolean): GroupRows => {
      const closed = folds.isClosed(group, byDefault);
      return { group, before: [headerRow(group, !closed)], after: [], closed, level: 2 };
    };
    const shown: GroupRows[] = [];
    if (overdue) shown.push(header('overdue', model.count('overdue') > OVERDUE_OPEN_MAX));
    const level = overdue ? 2 : 1;
    shown.push({
      group: 'today',
      before: overdue ? [headerRow('today')] : [],
      after: [addRow('today', metrics, level)],
      closed: false,
      level,
    });
    for (const group of ['evening', 'soon'] as const) {
      if (model.groups().includes(group)) shown.push(header(group, false));
    }
    return shown;
  }

  return {
    sources: [
      { kind: 'task', where: { index: 'openByDate', to: today } },
      { kind: 'task', where: { index: 'openByDeadline', to: addDays(today, DEADLINE_DAYS) } },
    ],
    dependencies: [{ kind: 'project' }],
    nested: false,
    prepare: () => order.reset(),
    place(task) {
      if (!isCurrent(replica, task) || !concerns(task, userId)) return null;
      const group = todayGroupOf(task, today);
      return group && { group, sort: sortIn(group, task) };
    },
    metrics,
    folds,
    rowMeta: (task) => ({ showProject: true, groupDate: task.date === today ? today : null }),
    groups,
    draft: (group) =>
      group === 'today' || group === 'evening'
        ? { projectId: inboxId, date: today, evening: group === 'evening' }
        : null,
  };
}
