import { expect, test } from 'vitest';
import { createComment } from '#core/comments/comment-mutators.ts';
import { createLabel, deleteLabel } from '#core/labels/label-mutators.ts';
import { removeMember } from '#core/projects/member-mutators.ts';
import { createProject, deleteProject } from '#core/projects/project-mutators.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { deleteTask, purgeTask } from '#core/tasks/task-lifecycle-mutators.ts';
import { completeTask } from '#core/tasks/completion-mutators.ts';
import { moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { testId } from '#core/testing/memory-store.ts';
import { addTask, createWorld } from '#core/testing/world.ts';
import { undo } from './undo-mutator.ts';

test('only fields that still have the written value are turned back', () => {
  const world = createWorld();
  const id = addTask(world, 1, { title: 'Old', date: '2026-11-20' });
  const uid = world.store.run(world.ana, updateTask, { id, title: 'New', date: '2026-11-21' });
  world.store.run(world.ana, updateTask, { id, date: '2026-11-30' });
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('task', id)).toMatchObject({ title: 'Old', date: '2026-11-30' });
});

const DAILY = { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null } as const;

test('a date stays when a recurrence given since rests on it', () => {
  const world = createWorld();
  const id = addTask(world, 1, { title: 'Old' });
  const uid = world.store.run(world.ana, updateTask, { id, title: 'New', date: '2026-11-21' });
  world.store.run(world.ana, updateTask, { id, recurrence: DAILY });
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('task', id)).toMatchObject({ title: 'Old', date: '2026-11-21', recurrence: DAILY });
});

test('nothing is turned back when all of it is still in use', () => {
  const world = createWorld();
  const id = addTask(world, 1);
  const uid = world.store.run(world.ana, updateTask, { id, date: '2026-11-21' });
  world.store.run(world.ana, updateTask, { id, time: '09:30' });
  expect(() => world.store.run(world.ana, undo, { uid })).toThrow('changed again since');
});

test('a time does not come back to a task that has no date any more', () => {
  const world = createWorld();
  const id = addTask(world, 1, { date: '2026-11-21' });
  world.store.run(world.ana, updateTask, { id, time: '09:30' });
  const uid = world.store.run(world.ana, updateTask, { id, title: 'New', time: null });
  world.store.run(world.ana, updateTask, { id, date: null });
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('task', id)).toMatchObject({ title: 'Task 1', date: null, time: null });
});

test('somebody who left the project is not assigned again', () => {
  const world = createWorld();
  const id = addTask(world, 1, { projectId: world.work });
  world.store.run(world.ana, updateTask, { id, assigneeId: world.ben.userId });
  const uid = world.store.run(world.ana, updateTask, { id, title: 'New', assigneeId: null });
  world.store.run(world.ana, removeMember, { projectId: world.work, userId: world.ben.userId });
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('task', id)?.assigneeId).toBeNull();
});

test('redo is the undo of the undo', () => {
  const world = createWorld();
  const id = addTask(world, 1);
  const child = addTask(world, 2, { parentId: id });
  const done = world.store.run(world.ana, completeTask, { id });
  const undone = world.store.run(world.ana, undo, { uid: done });
  expect(world.store.get('task', child)?.completedAt).toBeNull();
  world.store.run(world.ana, undo, { uid: undone });
  expect(world.store.get('task', child)?.completedAt).not.toBeNull();
});

test('what everybody changed since cannot be undone', () => {
  const world = createWorld();
  const id = addTask(world, 1);
  const uid = world.store.run(world.ana, updateTask, { id, title: 'New' });
  world.store.run(world.ana, updateTask, { id, title: 'Newer' });
  expect(() => world.store.run(world.ana, undo, { uid })).toThrow('changed again since');
});

test('a created task goes to the trash with what was put below it', () => {
  const world = createWorld();
  const id = testId(0x1001);
  addTask(world, 1);
  const child = addTask(world, 2, { parentId: id });
  world.store.run(world.ana, undo, { uid: lastUidBefore(world, 2) });
  expect(world.store.get('task', id)?.deletedAt).not.toBeNull();
  expect(world.store.get('task', child)?.deletedAt).not.toBeNull();
});

test('undoing a new section keeps the tasks that were put into it', () => {
  const world = createWorld();
  const section = testId(0x500);
  const uid = world.store.run(world.ana, createSection, { id: section, projectId: world.home, name: 'S', rank: 'a0' });
  const id = addTask(world, 1, { sectionId: section });
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('task', id)).toMatchObject({ sectionId: null, deletedAt: null });
});

test('a deleted label comes back, on its tasks too', () => {
  const world = createWorld();
  const label = testId(0x600);
  world.store.run(world.ana, createLabel, { id: label, name: 'calls', rank: 'a0' });
  const id = addTask(world, 1, { labels: ['calls'] });
  const uid = world.store.run(world.ana, deleteLabel, { id: label, taskIds: [id] });
  expect(world.store.get('task', id)?.labels).toEqual([]);
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('task', id)?.labels).toEqual(['calls']);
  expect(world.store.get('label', label)?.name).toBe('calls');
});

test('a move between projects is turned back as one', () => {
  const world = createWorld();
  const id = addTask(world, 1);
  const uid = world.store.run(world.ana, moveTask, { id, projectId: world.work });
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('task', id)?.projectId).toBe(world.home);
});

test('what was added to a task after its move goes back with it', () => {
  const world = createWorld();
  const id = addTask(world, 1, { date: '2026-11-18' });
  const moved = world.store.run(world.ana, moveTask, { id, projectId: world.work });
  world.store.run(world.ben, createComment, { id: testId(0x300), taskId: id, body: 'Since' });
  world.store.run(world.ana, updateTask, { id, recurrence: DAILY });
  world.store.run(world.ana, completeTask, { id });
  world.store.run(world.ana, undo, { uid: moved });
  const belongings = [...world.store.list('taskComments', id), ...world.store.list('taskCompletions', id)];
  expect(belongings.map((row) => row.projectId)).toEqual([world.home, world.home]);
});

test('an action of somebody else does not exist', () => {
  const world = createWorld();
  const id = addTask(world, 1, { projectId: world.work });
  const uid = world.store.run(world.ana, updateTask, { id, title: 'New' });
  expect(() => world.store.run(world.ben, undo, { uid })).toThrow('does not exist');
});

test('who lost the right to write can no longer undo', () => {
  const world = createWorld();
  const id = addTask(world, 1, { projectId: world.work });
  const uid = world.store.run(world.ben, updateTask, { id, title: 'New' });
  world.store.run(world.ana, removeMember, { projectId: world.work, userId: world.ben.userId });
  expect(() => world.store.run(world.ben, undo, { uid })).toThrow('no access');
});

test('a created project goes to the trash and its membership stays', () => {
  const world = createWorld();
  const id = testId(0x700);
  const uid = world.store.run(world.ana, createProject, { id, name: 'New', rank: 'a9' });
  world.store.run(world.ana, undo, { uid });
  expect(world.store.get('project', id)?.deletedAt).not.toBeNull();
  expect(world.store.list('projectMembers', id)).toHaveLength(1);
});

test('a deleted project is restored; a purge and a removed member are final', () => {
  const world = createWorld();
  const trashed = world.store.run(world.ana, deleteProject, { id: world.work });
  world.store.run(world.ana, undo, { uid: trashed });
  expect(world.store.get('project', world.work)?.deletedAt).toBeNull();
  const id = addTask(world, 1);
  world.store.run(world.ana, deleteTask, { id });
  const purged = world.store.run(world.ana, purgeTask, { id });
  expect(() => world.store.run(world.ana, undo, { uid: purged })).toThrow('cannot be undone');
  const removed = world.store.run(world.ana, removeMember, { projectId: world.work, userId: world.ben.userId });
  expect(() => world.store.run(world.ana, undo, { uid: removed })).toThrow('cannot be undone');
});

/** The uid of the mutation that ran `back` runs ago, this one included. */
function lastUidBefore(world: ReturnType<typeof createWorld>, back: number): string {
  const probe = world.store.run(world.ana, updateTask, { id: testId(0x1001), title: 'probe' });
  return testId(Number.parseInt(probe.slice(-8), 16) - back);
}
