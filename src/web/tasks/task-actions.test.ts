import { expect, test } from 'vitest';
import { ANA, aMember, aProject, aReplica, aTask, id, type KindRow } from '#tests/support/replica-fixture.ts';
import { createTaskActions } from './task-actions.ts';
import { rankAt, rankForMove, tasksAt } from './task-place.ts';

const HOME = id(10);
const place = { projectId: HOME, sectionId: null, parentId: null };

function home(...tasks: Parameters<typeof aTask>[0][]) {
  const replica = aReplica([
    ['project', aProject({ id: HOME })],
    ['member', aMember(HOME)],
    ...tasks.map((task): KindRow => ['task', aTask(task)]),
  ]);
  const order = () =>
    tasksAt(replica, place)
      .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
      .map((task) => task.title);
  return { replica, actions: createTaskActions(replica), order };
}

const three = [
  { id: id(101), projectId: HOME, title: 'A', rank: 'a1' },
  { id: id(102), projectId: HOME, title: 'B', rank: 'a2' },
  { id: id(103), projectId: HOME, title: 'C', rank: 'a3' },
] as const;

test('tasks are created at the start, at the end and beside others', () => {
  const { actions, order } = home(...three);
  actions.create(['end 1', 'end 2'], place, 'end');
  actions.create(['start 1', 'start 2'], place, 'start');
  actions.create(['after B'], place, { after: id(102) });
  actions.create(['before B'], place, { before: id(102) });
  expect(order()).toEqual(['start 1', 'start 2', 'A', 'before B', 'B', 'after B', 'C', 'end 1', 'end 2']);
});

test('pasted tasks are one step of undo', () => {
  const { replica, actions } = home();
  const ids = actions.create(['A', 'B', 'C'], place, 'end');
  replica.undo();
  expect(ids.map((each) => replica.get('task', each)?.deletedAt)).not.toContain(null);
});

test('a task moves one place or to an end, and not beyond', () => {
  const { replica, actions, order } = home(...three);
  const siblings = () => tasksAt(replica, place).toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  const move = (task: string, direction: 'up' | 'down' | 'top' | 'bottom') => {
    const rank = rankForMove(siblings(), task, direction);
    if (rank !== null) actions.setRank(task, rank);
    return rank !== null;
  };
  expect(move(id(101), 'up')).toBe(false);
  expect(move(id(101), 'down')).toBe(true);
  expect(order()).toEqual(['B', 'A', 'C']);
  move(id(103), 'top');
  expect(order()).toEqual(['C', 'B', 'A']);
  move(id(103), 'bottom');
  expect(order()).toEqual(['B', 'A', 'C']);
});

test('a label that is new is made with the task, and both are undone together', () => {
  const { replica, actions } = home(three[0]);
  actions.setLabels(id(101), ['calls', 'Errand']);
  expect(replica.list('userLabels', ANA.userId).map((label) => label.name)).toEqual(['calls', 'Errand']);
  actions.setLabels(id(101), ['CALLS']);
  expect(replica.list('userLabels', ANA.userId)).toHaveLength(2);
  replica.undo();
  replica.undo();
  expect(replica.list('userLabels', ANA.userId)).toHaveLength(0);
  expect(replica.get('task', id(101))?.labels).toEqual([]);
});

test('a duplicate stands behind its task, with its subtasks', () => {
  const { replica, actions, order } = home(...three, { id: id(111), projectId: HOME, parentId: id(101), title: 'A1' });
  const copy = actions.duplicate(id(101));
  expect(order()).toEqual(['A', 'A', 'B', 'C']);
  expect(replica.list('subtasks', copy ?? '').map((task) => task.title)).toEqual(['A1']);
});

test('a date is shifted from today when there is none, and a time takes the evening away', () => {
  const { replica, actions } = home(three[0]);
  actions.shiftDate(id(101), 1, '2026-11-18');
  expect(replica.get('task', id(101))?.date).toBe('2026-11-19');
  actions.setWhen(id(101), { date: '2026-11-20', time: '09:00', evening: true });
  expect(replica.get('task', id(101))).toMatchObject({ date: '2026-11-20', time: '09:00', evening: false });
  actions.setWhen(id(101), { date: null, time: null, evening: false });
  expect(replica.get('task', id(101))).toMatchObject({ date: null, time: null });
});

test('the rank of an empty place is valid', () => {
  const { replica } = home();
  expect(rankAt(replica, place, 'end')).toBe('a0');
  expect(rankAt(replica, place, { after: id(999) })).toBe('a0');
});
