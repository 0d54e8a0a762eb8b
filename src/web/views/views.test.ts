import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Section } from '#core/sections/section.ts';
import { createSection, deleteSection } from '#core/sections/section-mutators.ts';
import { deleteTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask, moveTask, reopenTask, updateTask } from '#core/tasks/task-mutators.ts';
import { createTaskActions } from '#web/tasks/task-actions.ts';
import type { Task } from '#core/tasks/task.ts';
import { archiveProject } from '#core/projects/project-mutators.ts';
import { ANA, aMember, aProject, aReplica, aTask, id, type KindRow } from '#tests/support/replica-fixture.ts';
import { createFolds } from './folds.ts';
import { labelDefinition } from './label-definition.ts';
import { projectDefinition } from './project-definition.ts';
import { LEAVE_AFTER_MS } from './leaving-tasks.ts';
import { TaskView, type TaskViewDefinition, type ViewReplica } from './task-view.ts';
import { todayDefinition } from './today-definition.ts';
import { loadOf, upcomingDefinition } from './upcoming-definition.ts';

const INBOX = id(10);
const WORK = id(11);
const metrics = { coarse: false, width: 800 };
const today = '2026-11-18';

const stamped = { rev: 1, createdAt: '2026-11-01T00:00:00.000Z', updatedAt: '2026-11-01T00:00:00.000Z' };

function aSection(given: Partial<Section> & { id: string }): Section {
  return {
    ...stamped,
    name: 'Section',
    collapsed: false,
    wipLimit: null,
    projectId: INBOX,
    rank: 'a0',
    deletedAt: null,
    ...given,
  };
}

function account(tasks: readonly (Partial<Task> & { id: string })[], others: readonly KindRow[] = []) {
  return aReplica([
    ['project', aProject({ id: INBOX, name: 'Inbox', inbox: true })],
    ['member', aMember(INBOX)],
    ['project', aProject({ id: WORK, name: 'Work', rank: 'a1' })],
    ['member', aMember(WORK)],
    ...others,
    ...tasks.map((task): KindRow => ['task', aTask({ projectId: INBOX, title: task.id.slice(-3), ...task })]),
  ]);
}

/** The keys of a view, indented by level, with ids shortened to their last digits. */
function shown(view: TaskView): string[] {
  return view.rows().map(({ key, level }) => {
    const short = key.replace(/00000000-0000-7000-8000-0*/, '');
    return `${'  '.repeat(level - 1)}${short}`;
  });
}

function open(replica: ViewReplica, define: (replica: ViewReplica) => TaskViewDefinition) {
  const view = new TaskView(replica, define(replica));
  view.subscribe(() => {});
  return view;
}

const folds = () => createFolds('test', null);
const project = (replica: ViewReplica, showCompleted = false) =>
  open(replica, (rows) =>
    projectDefinition(rows, { projectId: INBOX, showCompleted, writable: true, metrics, folds: folds() }),
  );
const day = { today, userId: ANA.userId, inboxId: INBOX, metrics };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a project shows its sections in order, each with its tasks and a row to add one', () => {
  const replica = account(
    [
      { id: id(101), rank: 'a1' },
      { id: id(102), rank: 'a0', sectionId: id(51) },
      { id: id(103), rank: 'a0', parentId: id(101) },
      { id: id(104), projectId: WORK },
    ],
    [
      ['section', aSection({ id: id(50), rank: 'a2' })],
      ['section', aSection({ id: id(51), rank: 'a1' })],
    ],
  );
  const view = project(replica);
  expect(shown(view)).toEqual(['101', '  103', 'add:', 'header:51', '  102', '  add:51', 'header:50', '  add:50']);
  replica.mutate(createSection, { id: id(52), projectId: INBOX, name: 'First', rank: 'a0' });
  expect(shown(view)[3]).toBe('header:52');
  replica.mutate(deleteSection, { id: id(51) });
  expect(shown(view)).not.toContain('header:51');
  expect(shown(view)).not.toContain('102');
});

test('a completed task stays for a moment, and several go together', () => {
  const replica = account([
    { id: id(101), rank: 'a1' },
    { id: id(102), rank: 'a2' },
    { id: id(103), rank: 'a3' },
  ]);
  const view = project(replica);
  const before = view.rows();
  replica.mutate(completeTask, { id: id(101) });
  expect(view.rows()).toBe(before);
  expect(view.asLeft(id(101))).toBeDefined();
  expect(view.model.count('')).toBe(2);
  vi.advanceTimersByTime(LEAVE_AFTER_MS - 100);
  replica.mutate(completeTask, { id: id(102) });
  vi.advanceTimersByTime(LEAVE_AFTER_MS - 100);
  expect(view.rows()).toBe(before);
  vi.advanceTimersByTime(100);
  expect(shown(view)).toEqual(['103', 'add:']);
});

test('a second click within that moment keeps the task', () => {
  const replica = account([{ id: id(101) }]);
  const view = project(replica);
  replica.mutate(completeTask, { id: id(101) });
  replica.mutate(reopenTask, { id: id(101) });
  vi.advanceTimersByTime(2 * LEAVE_AFTER_MS);
  expect(shown(view)).toEqual(['101', 'add:']);
});

const daily = { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null } as const;

test('a repeating task stays for the same moment where it goes on to another day', () => {
  const replica = account([
    { id: id(101), date: today, recurrence: daily },
    { id: id(102), date: today },
  ]);
  const view = open(replica, (rows) => todayDefinition(rows, { ...day, folds: folds() }));
  const inbox = project(replica);
  replica.mutate(completeTask, { id: id(101) });
  expect(shown(view)).toEqual(['101', '102', 'add:today']);
  expect([view.asLeft(id(101))?.date, view.model.count('today')]).toEqual([today, 1]);
  // Where it stays, it says at once when it is next.
  expect(inbox.asLeft(id(101))).toBeUndefined();
  vi.advanceTimersByTime(LEAVE_AFTER_MS);
  expect(shown(view)).toEqual(['102', 'add:today']);
  expect(inbox.model.get(id(101))?.date).not.toBe(today);
});

test('within that moment its occurrence can be taken back', () => {
  const replica = account([{ id: id(101), date: today, recurrence: daily }]);
  const view = open(replica, (rows) => todayDefinition(rows, { ...day, folds: folds() }));
  const actions = createTaskActions(replica);
  for (let times = 0; times < 2; times++) {
    expect(actions.toggleComplete(id(101), view.leavingBy(id(101)))).toBe(true);
    expect(actions.toggleComplete(id(101), view.leavingBy(id(101)))).toBe(false);
    expect(view.asLeft(id(101))).toBeUndefined();
  }
  vi.advanceTimersByTime(2 * LEAVE_AFTER_MS);
  expect(shown(view)).toEqual(['101', 'add:today']);
  expect(replica.get('task', id(101))?.date).toBe(today);
  // Moved by hand, it goes at once.
  replica.mutate(updateTask, { id: id(101), date: '2026-12-24' });
  expect(shown(view)).toEqual(['add:today']);
});

test('completed tasks are shown on demand, after the open ones', () => {
  const replica = account([
    { id: id(101), rank: 'a1', completedAt: '2026-11-17T10:00:00.000Z' },
    { id: id(102), rank: 'a2' },
  ]);
  expect(shown(project(replica))).toEqual(['102', 'add:']);
  const all = project(replica, true);
  expect(shown(all)).toEqual(['102', '101', 'add:']);
  expect(all.model.count('')).toBe(1);
});

test('renaming and priority leave every row where it is', () => {
  const replica = account([{ id: id(101) }]);
  const view = project(replica);
  const before = view.rows();
  replica.mutate(updateTask, { id: id(101), title: 'Renamed', priority: 1 });
  expect(view.rows()).toBe(before);
});

test('today: overdue, timed by time, untimed, evening, and deadlines that are near', () => {
  const replica = account([
    { id: id(101), date: today, rank: 'a5' },
    { id: id(102), date: today, time: '14:00' },
    { id: id(103), date: today, time: '09:00' },
    { id: id(104), date: today, evening: true },
    { id: id(105), date: '2026-11-16' },
    { id: id(106), deadline: '2026-11-21' },
    { id: id(107), deadline: '2026-11-22' },
    { id: id(108), date: '2026-11-19' },
    { id: id(109), date: today, projectId: WORK, rank: 'a1' },
    { id: id(110), date: today, assigneeId: id(2) },
  ]);
  const view = open(replica, (rows) => todayDefinition(rows, { ...day, folds: folds() }));
  expect(shown(view)).toEqual([
    'header:overdue',
    '  105',
    'header:today',
    '  103',
    '  102',
    '  101',
    '  109',
    '  add:today',
    'header:evening',
    '  104',
    'header:soon',
    '  106',
  ]);
  replica.mutate(updateTask, { id: id(105), date: today, time: '08:00' });
  expect(shown(view).slice(0, 3)).toEqual(['105', '103', '102']);
  replica.mutate(archiveProject, { id: WORK });
  expect(shown(view)).not.toContain('109');
});

test('more than five overdue tasks begin closed', () => {
  const late = [1, 2, 3, 4, 5, 6].map((n) => ({ id: id(100 + n), date: '2026-11-10' }));
  const closed = open(account(late), (rows) => todayDefinition(rows, { ...day, folds: folds() }));
  expect(shown(closed)).toEqual(['header:overdue', 'header:today', '  add:today']);
  expect(closed.model.count('overdue')).toBe(6);
});

test('upcoming names empty days for a week, then only days and months with tasks', () => {
  const replica = account([
    { id: id(101), date: '2026-11-20' },
    { id: id(102), date: '2026-12-24' },
    { id: id(103), date: '2026-11-01' },
  ]);
  const view = open(replica, (rows) => upcomingDefinition(rows, { ...day, from: today, folds: folds() }));
  expect(shown(view)).toEqual([
    'header:overdue',
    'empty:2026-11-18',
    'empty:2026-11-19',
    'header:2026-11-20',
    '  101',
    'empty:2026-11-21',
    'empty:2026-11-22',
    'empty:2026-11-23',
    'empty:2026-11-24',
    'month:2026-12',
    'header:2026-12-24',
    '  102',
  ]);
  expect(loadOf(view.model, '2026-11-16')).toEqual([0, 0, 0, 0, 1, 0, 0]);
  replica.mutate(updateTask, { id: id(101), date: '2026-11-19' });
  expect(shown(view).slice(2, 5)).toEqual(['header:2026-11-19', '  101', 'empty:2026-11-20']);
});

test('a label shows its tasks by project, whatever the case of the label', () => {
  const replica = account([
    { id: id(101), labels: ['Calls'], projectId: WORK },
    { id: id(102), labels: ['calls', 'home'] },
    { id: id(103), labels: ['home'] },
  ]);
  const view = open(replica, (rows) =>
    labelDefinition(rows, { name: 'calls', inboxId: INBOX, metrics, folds: folds() }),
  );
  expect(shown(view)).toEqual(['header:10', '  102', '  add:10', 'header:11', '  101', '  add:11']);
  replica.mutate(updateTask, { id: id(102), labels: ['home'] });
  expect(shown(view)).toEqual(['header:11', '  101', '  add:11']);
});

test('new, moved and deleted tasks change the rows, from this device or another', () => {
  const replica = account([
    { id: id(101), rank: 'a1' },
    { id: id(102), rank: 'a3' },
  ]);
  const view = project(replica);
  replica.mutate(createTask, { id: id(103), projectId: INBOX, title: 'New', rank: 'a2' });
  expect(shown(view)).toEqual(['101', '103', '102', 'add:']);
  replica.mutate(moveTask, { id: id(103), parentId: id(102), rank: 'a0' });
  expect(shown(view)).toEqual(['101', '102', '  103', 'add:']);
  replica.mutate(deleteTask, { id: id(102) });
  expect(shown(view)).toEqual(['101', 'add:']);
  replica.undo();
  expect(shown(view)).toEqual(['101', '102', '  103', 'add:']);
});

test('the editor of a new task stands behind the subtasks of the task above it', () => {
  const replica = account([
    { id: id(101), rank: 'a1' },
    { id: id(102), parentId: id(101) },
    { id: id(103), rank: 'a2' },
  ]);
  const view = project(replica);
  const spec = { key: 'editor', kind: 'footer', height: 36 } as const;
  view.insert({ anchor: id(101), where: 'after', spec });
  expect(shown(view)).toEqual(['101', '  102', 'editor', '103', 'add:']);
  view.insert({ anchor: id(101), where: 'child', spec });
  expect(shown(view)).toEqual(['101', '  102', '  editor', '103', 'add:']);
  view.insert({ anchor: id(101), where: 'before', spec });
  expect(shown(view)[0]).toBe('editor');
});
