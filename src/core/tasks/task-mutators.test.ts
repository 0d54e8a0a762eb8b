import { describe, expect, test } from 'vitest';
import { createSection, deleteSection } from '#core/sections/section-mutators.ts';
import { NOON, testId } from '#core/testing/memory-store.ts';
import { addTask, createWorld, inboxOf } from '#core/testing/world.ts';
import { createComment } from '#core/comments/comment-mutators.ts';
import { archiveProject } from '#core/projects/project-mutators.ts';
import { deleteTask, duplicateTask, purgeTask, restoreTask } from './task-lifecycle-mutators.ts';
import { completeTask } from './completion-mutators.ts';
import { createTask, moveTask, reopenTask, updateTask } from './task-mutators.ts';

const section = testId(0x500);

describe('creating', () => {
  test('a task starts open, in its project, with the defaults', () => {
    const world = createWorld();
    const id = addTask(world, 1, { title: '  Buy milk ' });
    expect(world.store.get('task', id)).toMatchObject({
      title: 'Buy milk',
      projectId: world.home,
      priority: 4,
      labels: [],
      completedAt: null,
      rev: 1,
      createdAt: NOON,
      createdBy: world.ana.userId,
    });
  });

  test('labels that differ only in case are kept once, in their first spelling', () => {
    const world = createWorld();
    const id = addTask(world, 1, { labels: ['Errand', 'errand', 'calls'] });
    expect(world.store.get('task', id)?.labels).toEqual(['Errand', 'calls']);
  });

  test('a subtask stands in the section of its parent, and six levels are the most', () => {
    const world = createWorld();
    world.store.run(world.ana, createSection, { id: section, projectId: world.home, name: 'Later', rank: 'a0' });
    let parentId = addTask(world, 1, { sectionId: section });
    for (let level = 2; level <= 6; level++) parentId = addTask(world, level, { parentId });
    expect(world.store.get('task', parentId)?.sectionId).toBe(section);
    expect(() => addTask(world, 7, { parentId })).toThrow('6 levels');
  });

  test('an open subtask reopens its completed parents', () => {
    const world = createWorld();
    const parentId = addTask(world, 1);
    world.store.run(world.ana, completeTask, { id: parentId });
    addTask(world, 2, { parentId });
    expect(world.store.get('task', parentId)?.completedAt).toBeNull();
  });

  test.each([
    ['a time', { time: '09:00' }, 'A time needs a date.'],
    ['an evening', { evening: true }, 'An evening needs a date.'],
    ['a zone that does not exist', { date: '2026-11-20', time: '09:00', timeZone: 'Mars/Olympus' }, 'not a known IANA'],
    ['an assignee outside the project', { assigneeId: testId(3) }, 'only be assigned to a member'],
    ['a section elsewhere', { sectionId: section }, 'does not exist in this project'],
    ['a rank that is no fractional index', { rank: '00' }, 'not a fractional index'],
  ])('%s is refused', (_what, given, message) => {
    const world = createWorld();
    world.store.run(world.ana, createSection, { id: section, projectId: world.work, name: 'Later', rank: 'a0' });
    const args = { id: testId(9), projectId: world.home, title: 'x', rank: 'a0', ...given };
    expect(() => world.store.run(world.ana, createTask, args)).toThrow(message);
  });
});

describe('changing', () => {
  test('absent fields keep their value', () => {
    const world = createWorld();
    const id = addTask(world, 1, { date: '2026-11-20', labels: ['calls'] });
    world.store.run(world.ana, updateTask, { id, title: 'New' });
    expect(world.store.get('task', id)).toMatchObject({ title: 'New', date: '2026-11-20', labels: ['calls'], rev: 2 });
  });

  test('without its date a task has neither time, zone, evening nor recurrence', () => {
    const world = createWorld();
    const id = addTask(world, 1, { date: '2026-11-20' });
    const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule' as const, intendedDay: null };
    world.store.run(world.ana, updateTask, { id, time: '09:00', timeZone: 'Europe/Berlin', recurrence });
    world.store.run(world.ana, updateTask, { id, date: null });
    expect(world.store.get('task', id)).toMatchObject({ date: null, time: null, timeZone: null, recurrence: null });
  });

  test('writing what is already there is no change', () => {
    const world = createWorld();
    const id = addTask(world, 1, { title: 'Same' });
    expect(world.store.preview(world.ana, updateTask, { id, title: 'Same' })).toEqual([]);
  });

  test('a task in an archived project cannot be changed', () => {
    const world = createWorld();
    const id = addTask(world, 1);
    world.store.run(world.ana, archiveProject, { id: world.home });
    expect(() => world.store.run(world.ana, updateTask, { id, title: 'x' })).toThrow('archived');
  });
});

describe('completing', () => {
  test('takes the open subtasks along and leaves completed ones alone', () => {
    const world = createWorld();
    const id = addTask(world, 1);
    const early = addTask(world, 2, { parentId: id });
    const open = addTask(world, 3, { parentId: id });
    world.store.run(world.ana, completeTask, { id: early }, '2026-11-17T08:00:00.000Z');
    world.store.run(world.ana, completeTask, { id }, NOON);
    expect(world.store.get('task', early)?.completedAt).toBe('2026-11-17T08:00:00.000Z');
    for (const each of [id, open]) {
      expect(world.store.get('task', each)).toMatchObject({ completedAt: NOON, completedBy: world.ana.userId });
    }
  });

  test('twice changes nothing', () => {
    const world = createWorld();
    const id = addTask(world, 1);
    world.store.run(world.ana, completeTask, { id });
    expect(world.store.preview(world.ana, completeTask, { id }, '2026-11-19T00:00:00.000Z')).toEqual([]);
  });

  test('reopening a subtask reopens what is above it', () => {
    const world = createWorld();
    const parent = addTask(world, 1);
    const child = addTask(world, 2, { parentId: parent });
    world.store.run(world.ana, completeTask, { id: parent });
    world.store.run(world.ana, reopenTask, { id: child });
    expect(world.store.get('task', parent)?.completedAt).toBeNull();
  });
});

describe('moving', () => {
  test('to another project takes subtasks and comments along and drops what does not exist there', () => {
    const world = createWorld();
    world.store.run(world.ana, createSection, { id: section, projectId: world.work, name: 'Later', rank: 'a0' });
    const id = addTask(world, 1, { projectId: world.work, sectionId: section });
    const child = addTask(world, 2, { projectId: world.work, parentId: id });
    world.store.run(world.ana, updateTask, { id: child, assigneeId: world.ben.userId });
    const comment = testId(0x900);
    world.store.run(world.ben, createComment, { id: comment, taskId: child, body: 'On it' });
    world.store.run(world.ana, moveTask, { id, projectId: world.home });
    expect(world.store.get('task', id)).toMatchObject({ projectId: world.home, sectionId: null, parentId: null });
    expect(world.store.get('task', child)).toMatchObject({ projectId: world.home, parentId: id, assigneeId: null });
    expect(world.store.get('comment', comment)?.projectId).toBe(world.home);
  });

  test('needs the right to write on both sides', () => {
    const world = createWorld();
    const shared = addTask(world, 1, { projectId: world.work });
    expect(() => world.store.run(world.ben, moveTask, { id: shared, projectId: world.home })).toThrow('no access');
    world.store.run(world.ben, moveTask, { id: shared, projectId: inboxOf(world.ben) });
    expect(() => world.store.run(world.ana, moveTask, { id: shared, projectId: world.home })).toThrow('no access');
  });

  test('below itself is refused', () => {
    const world = createWorld();
    const id = addTask(world, 1);
    const child = addTask(world, 2, { parentId: id });
    expect(() => world.store.run(world.ana, moveTask, { id, parentId: child })).toThrow('below itself');
  });

  test('to another project with the section or parent of the old one is refused', () => {
    const world = createWorld();
    world.store.run(world.ana, createSection, { id: section, projectId: world.home, name: 'Old', rank: 'a0' });
    const id = addTask(world, 1, { sectionId: section });
    const child = addTask(world, 2, { parentId: id });
    const projectId = world.work;
    expect(() => world.store.run(world.ana, moveTask, { id, projectId, sectionId: section })).toThrow('section');
    expect(() => world.store.run(world.ana, moveTask, { id: child, projectId, parentId: id })).toThrow('parent');
    expect(() => addTask(world, 3, { parentId: id, sectionId: testId(0x501) })).toThrow('section');
  });
});

describe('the trash', () => {
  test('restoring brings back what was deleted together, not what was deleted before', () => {
    const world = createWorld();
    const id = addTask(world, 1);
    const [before, together] = [addTask(world, 2, { parentId: id }), addTask(world, 3, { parentId: id })];
    world.store.run(world.ana, deleteTask, { id: before }, '2026-11-17T08:00:00.000Z');
    world.store.run(world.ana, deleteTask, { id });
    world.store.run(world.ana, restoreTask, { id });
    expect(world.store.get('task', together)?.deletedAt).toBeNull();
    expect(world.store.get('task', before)?.deletedAt).not.toBeNull();
  });

  test('a task whose section went returns without section', () => {
    const world = createWorld();
    world.store.run(world.ana, createSection, { id: section, projectId: world.home, name: 'Later', rank: 'a0' });
    const id = addTask(world, 1, { sectionId: section });
    world.store.run(world.ana, deleteSection, { id: section });
    world.store.run(world.ana, restoreTask, { id });
    expect(world.store.get('task', id)).toMatchObject({ sectionId: null, deletedAt: null });
  });

  test('only what is in the trash can be deleted for good', () => {
    const world = createWorld();
    const id = addTask(world, 1);
    const child = addTask(world, 2, { parentId: id });
    expect(() => world.store.run(world.ana, purgeTask, { id })).toThrow('in the trash');
    world.store.run(world.ana, deleteTask, { id });
    world.store.run(world.ana, purgeTask, { id });
    expect(world.store.get('task', child)).toBeUndefined();
  });
});

test('a duplicate is open, complete in content and independent', () => {
  const world = createWorld();
  const id = addTask(world, 1, { labels: ['calls'], date: '2026-11-20' });
  const child = addTask(world, 2, { parentId: id });
  world.store.run(world.ana, completeTask, { id });
  const copies = [
    { from: id, to: testId(0x801) },
    { from: child, to: testId(0x802) },
  ];
  world.store.run(world.ana, duplicateTask, { id, rank: 'a5', copies });
  expect(world.store.get('task', testId(0x801))).toMatchObject({
    labels: ['calls'],
    date: '2026-11-20',
    completedAt: null,
  });
  expect(world.store.get('task', testId(0x802))?.parentId).toBe(testId(0x801));
});
