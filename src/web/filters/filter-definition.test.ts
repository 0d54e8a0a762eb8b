import { expect, onTestFinished, test, vi } from 'vitest';
import { demandedContent } from '#core/filters/demanded-content.ts';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import { createComment } from '#core/comments/comment-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import { deleteTask } from '#core/tasks/task-lifecycle-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';
import { createFolds } from '#web/views/folds.ts';
import { LEAVE_AFTER_MS } from '#web/views/leaving-tasks.ts';
import { TaskView, type TaskViewDefinition } from '#web/views/task-view.ts';
import { aMember, ANA, aProject, aReplica, aTask, id, type KindRow } from '#tests/support/replica-fixture.ts';
import { filterDefinition } from './filter-definition.ts';

const WORK = id(11);
const OLD = id(12);

function account(tasks: readonly (Partial<Task> & { id: string })[]): Replica {
  return aReplica([
    ['project', aProject({ id: WORK, name: 'Work' })],
    ['member', aMember(WORK)],
    ['project', aProject({ id: OLD, name: 'Old', archivedAt: '2026-11-01T08:00:00.000Z' })],
    ['member', aMember(OLD)],
    ...tasks.map((task): KindRow => ['task', aTask({ projectId: WORK, title: task.id, ...task })]),
  ]);
}

/** What the only pane of a query shows, by the last digits of ids. */
function open(replica: Replica, query: string): () => string {
  const { view } = show(replica, query, false);
  return () => rowsOf(view);
}

function rowsOf(view: TaskView): string {
  return view
    .rows()
    .map(({ key, level }) => '>'.repeat(level - 1) + key.replaceAll(/00000000-0000-7000-8000-0*/g, ''))
    .join(' ');
}

/** The only pane of a query as a view, to which tasks can be added or not. */
function show(
  replica: Replica,
  query: string,
  canAdd: boolean,
): { view: TaskView; draft: TaskViewDefinition['draft'] } {
  const { userId } = ANA;
  const clock = {
    now: Date.parse('2026-11-18T09:00:00Z'),
    timeZone: 'Europe/Berlin',
    weekStart: 1,
    dayStart: 0,
    userId,
  };
  const today = '2026-11-18';
  const names = { projects: [{ id: WORK, name: 'Work', parentId: null }], sections: [], labels: [], members: [] };
  const parsed = parseFilter(query, { ...names, locale: 'en-GB' });
  const [pane] = parsed.ok ? resolveFilter(parsed.filter, { ...clock, ...names }) : [];
  const definition = filterDefinition(replica, {
    pane: pane!,
    day: clock,
    projects: new Set([WORK]),
    titleOf: (group) => group,
    metrics: { coarse: false, width: 800 },
    folds: createFolds('x', null),
    today,
    demanded: canAdd
      ? demandedContent(pane!.where, { ...clock, ...names, today, inboxId: WORK, canAdd: () => true })
      : null,
  });
  const view = new TaskView(replica, definition);
  onTestFinished(view.subscribe(() => {}));
  return { view, draft: definition.draft };
}

test('what is added to a group begins with what the list demands and the group stands for', () => {
  const replica = account([
    { id: id(1), priority: 2, date: '2026-11-17' },
    { id: id(2), priority: 4, date: '2026-11-18', labels: ['x'] },
  ]);
  const byPriority = show(replica, 'date <= today group:priority', true);
  expect(rowsOf(byPriority.view)).toBe('header:2 >1 >add:2 header:4 >2 >add:4');
  expect(byPriority.draft('2')).toMatchObject({ projectId: WORK, content: { date: '2026-11-18', priority: 2 } });
  const byDate = show(replica, 'date <= today group:date', true);
  expect(rowsOf(byDate.view)).toBe('header:2026-11-17 >1 header:2026-11-18 >2 >add:2026-11-18');
  const byLabel = show(replica, '#Work & p4 group:label', true);
  expect(byLabel.draft('x')).toMatchObject({ projectId: WORK, content: { labels: ['x'] } });
  const byProject = show(replica, 'p2 group:project', true);
  expect(byProject.draft(WORK)).toMatchObject({ projectId: WORK, content: { priority: 2 } });
  // I am no member of that project.
  expect(byProject.draft(id(77))).toBeNull();
  expect(rowsOf(show(replica, '@nothing group:priority', true).view)).toBe('add:');
  expect(rowsOf(show(replica, '@nothing group:created', true).view)).toBe('add:');
  expect(rowsOf(show(replica, 'p2 group:created', false).view)).not.toContain('add:');
});

test('tasks come, go and move as they change, and those of archived projects are not there', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const replica = account([
    { id: id(1), date: '2026-11-18', priority: 2 },
    { id: id(2), date: '2026-11-18', priority: 1 },
    { id: id(3) },
    { id: id(4), date: '2026-11-18', projectId: OLD },
  ]);
  const shown = open(replica, 'today');
  expect(shown()).toBe('2 1');
  replica.mutate(updateTask, { id: id(3), date: '2026-11-18', priority: 1 });
  expect(shown()).toBe('2 3 1');
  replica.mutate(updateTask, { id: id(2), date: '2026-11-19' });
  expect(shown()).toBe('3 1');
  replica.mutate(completeTask, { id: id(3) });
  expect(shown()).toBe('3 1');
  vi.advanceTimersByTime(LEAVE_AFTER_MS);
  expect(shown()).toBe('1');
});

test('groups have headers, in the order of what they stand for', () => {
  const replica = account([
    { id: id(1), priority: 4 },
    { id: id(2), priority: 1 },
    { id: id(3), priority: 4 },
  ]);
  expect(open(replica, 'all group:priority')()).toBe('header:1 >2 header:4 >1 >3');
});

test('with a limit, the next one takes the place of what goes', () => {
  const replica = account([
    { id: id(1), date: '2026-11-20' },
    { id: id(2), date: '2026-11-19' },
    { id: id(3), date: '2026-11-21' },
  ]);
  const shown = open(replica, 'all limit:2');
  expect(shown()).toBe('2 1');
  replica.mutate(deleteTask, { id: id(2) });
  expect(shown()).toBe('1 3');
});

test('what is completed stays for a moment, too, where a limit or relatives decide', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const replica = account([
    { id: id(1), date: '2026-11-18' },
    { id: id(2), date: '2026-11-19' },
    { id: id(3), date: '2026-11-20' },
    { id: id(5), parentId: id(3), date: '2026-11-17' },
    {
      id: id(6),
      date: '2026-11-18',
      priority: 1,
      recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null },
    },
  ]);
  const limited = open(replica, 'p4 & !subtask limit:2');
  const below = open(replica, 'overdue with:parents');
  const today = open(replica, 'today limit:5');
  expect([limited(), below(), today()]).toEqual(['1 2', '3 >5', '6 1']);
  for (const n of [1, 5, 6]) replica.mutate(completeTask, { id: id(n) });
  // The next one is there already.
  expect([limited(), below(), today()]).toEqual(['1 2 3', '3 >5', '6 1']);
  vi.advanceTimersByTime(LEAVE_AFTER_MS);
  expect([limited(), below(), today()]).toEqual(['2 3', '', '']);
});

test('what is counted on a task is followed, and subtasks stand below their parents', () => {
  const replica = account([{ id: id(1), date: '2026-11-18' }, { id: id(2) }]);
  const parents = open(replica, 'parent');
  const withSubtasks = open(replica, 'today with:subtasks');
  const commented = open(replica, 'has:comment');
  expect([parents(), withSubtasks(), commented()]).toEqual(['', '1', '']);
  replica.mutate(createTask, { id: id(5), projectId: WORK, parentId: id(1), title: 'Below', rank: 'a0' });
  replica.mutate(createComment, { id: id(90), taskId: id(2), body: 'Hello' });
  expect([parents(), withSubtasks(), commented()]).toEqual(['1', '1 >5', '2']);
  replica.mutate(deleteTask, { id: id(5) });
  expect([parents(), withSubtasks()]).toEqual(['', '1']);
});
