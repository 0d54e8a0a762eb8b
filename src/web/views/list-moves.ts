import type { Task } from '#core/tasks/task.ts';
import type { TaskActions } from '#web/tasks/task-actions.ts';
import { type MoveDirection, rankForMove } from '#web/tasks/task-place.ts';
import type { TaskCommand } from '#web/tasks/task-shortcuts.ts';
import type { TaskView } from './task-view.ts';

const DIRECTIONS: Readonly<Partial<Record<TaskCommand, MoveDirection>>> = {
  'move-up': 'up',
  'move-down': 'down',
  'move-top': 'top',
  'move-bottom': 'bottom',
};

/** Moves a task within its list; returns what to say, null for other commands. */
export function moveInList(command: TaskCommand, task: Task, view: TaskView, actions: TaskActions): string | null {
  const direction = DIRECTIONS[command];
  if (direction) return reorder(task, direction, view, actions);
  if (command === 'indent') return indent(task, view, actions);
  return command === 'outdent' ? outdent(task, view, actions) : null;
}

function reorder(task: Task, direction: MoveDirection, view: TaskView, actions: TaskActions): string {
  if (!view.definition.nested && task.time !== null) return 'Tasks with a time stand in the order of their times.';
  const siblings = view.model.siblings(task.id).filter((each) => isComparable(each, task, view.definition.nested));
  const rank = rankForMove(siblings, task.id, direction);
  if (rank === null) return direction === 'up' || direction === 'top' ? 'Already first.' : 'Already last.';
  actions.setRank(task.id, rank);
  const after = view.model.siblings(task.id).filter((each) => each.completedAt === null);
  return `Moved to position ${after.findIndex((each) => each.id === task.id) + 1} of ${after.length}.`;
}

/** Manual order is an order within a project; lists across projects have days, times and evenings above it. */
function isComparable(a: Task, b: Task, nested: boolean): boolean {
  if (a.completedAt !== null || a.projectId !== b.projectId) return false;
  return nested || (a.date === b.date && a.time === null && a.evening === b.evening);
}

function indent(task: Task, view: TaskView, actions: TaskActions): string {
  if (!view.definition.nested) return 'Tasks are not nested in this view.';
  const siblings = view.model.siblings(task.id);
  const above = siblings[siblings.findIndex((each) => each.id === task.id) - 1];
  if (!above) return 'There is no task above to go below.';
  view.setClosed(above.id, false);
  actions.reparent(task.id, above.id, 'end');
  return `Subtask of ${above.title}.`;
}

function outdent(task: Task, view: TaskView, actions: TaskActions): string {
  const parent = task.parentId === null ? undefined : view.model.get(task.parentId);
  if (!view.definition.nested || !parent) return 'Not a subtask here.';
  actions.reparent(task.id, parent.parentId, { after: parent.id });
  return parent.parentId === null ? 'No longer a subtask.' : 'Moved out one level.';
}
