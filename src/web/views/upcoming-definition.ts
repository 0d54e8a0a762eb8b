import { addDays, type CalendarDate } from '#web/dates/calendar-date.ts';
import { lineHeight } from '#web/tasks/row-lines.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import type { GroupRows, TaskListModel } from './task-list-model.ts';
import { createTaskOrder, isCurrent } from './task-order.ts';
import type { TaskViewDefinition, ViewReplica } from './task-view.ts';
import { concerns, type DayViewOptions } from './today-definition.ts';
import { emptyKey, headerRow, monthKey } from './view-rows.ts';

/** Days that are shown even when nothing is planned for them. */
export const WINDOW_DAYS = 7;
const MONTH_HEIGHT = 48;
export const OVERDUE = 'overdue';

export interface UpcomingOptions extends DayViewOptions {
  /** First day of the days that are always shown. */
  readonly from: CalendarDate;
}

/** Everything that has a date, day by day, without end. */
export function upcomingDefinition(replica: ViewReplica, options: UpcomingOptions): TaskViewDefinition {
  const { today, from, userId, inboxId, metrics, folds } = options;
  const order = createTaskOrder(replica);
  const nearEnd = addDays(today, WINDOW_DAYS - 1);

  function dayRows(date: CalendarDate, filled: boolean): GroupRows {
    const empty: RowSpec = { key: emptyKey(date), kind: 'footer', level: 1, height: lineHeight(metrics) };
    return { group: date, before: [filled ? headerRow(date) : empty], after: [], closed: false, level: 2 };
  }

  function monthRows(month: string, closed: boolean): GroupRows {
    const key = monthKey(month);
    const row: RowSpec = { key, kind: 'header', level: 1, height: MONTH_HEIGHT, expanded: !closed };
    return { group: key, before: [row], after: [], closed: true, level: 2 };
  }

  function groups(model: TaskListModel): GroupRows[] {
    const shown: GroupRows[] = [];
    if (model.groups().includes(OVERDUE)) {
      const closed = folds.isClosed(OVERDUE, true);
      shown.push({ group: OVERDUE, before: [headerRow(OVERDUE, !closed)], after: [], closed, level: 2 });
    }
    const filled = new Set(model.groups().filter((group) => group !== OVERDUE));
    const days = new Set(filled);
    for (const start of [today, from]) {
      for (let day = 0; day < WINDOW_DAYS; day++) days.add(addDays(start, day));
    }
    let month = today.slice(0, 7);
    let monthClosed = false;
    for (const date of [...days].sort()) {
      if (date.slice(0, 7) !== month) {
        month = date.slice(0, 7);
        monthClosed = folds.isClosed(monthKey(month), false);
        shown.push(monthRows(month, monthClosed));
      }
      if (!monthClosed || date <= nearEnd) shown.push(dayRows(date, filled.has(date)));
    }
    return shown;
  }

  return {
    sources: [{ kind: 'task', where: { index: 'openByDate', from: '' } }],
    dependencies: [{ kind: 'project' }],
    nested: false,
    prepare: () => order.reset(),
    place(task) {
      if (task.date === null || !isCurrent(replica, task) || !concerns(task, userId)) return null;
      const late = task.date < today;
      return {
        group: late ? OVERDUE : task.date,
        sort: late ? `${task.date} ${order.withinDay(task)}` : order.withinDay(task),
      };
    },
    metrics,
    folds,
    rowMeta: (task) => ({
      showProject: true,
      groupDate: task.date !== null && task.date >= today ? task.date : null,
    }),
    groups,
    draft: (group) => (group === OVERDUE ? null : { projectId: inboxId, date: group }),
  };
}

/** How many tasks each day of a week has. */
export function loadOf(model: TaskListModel, weekStart: CalendarDate): number[] {
  return Array.from({ length: 7 }, (_, day) => model.count(addDays(weekStart, day)));
}
