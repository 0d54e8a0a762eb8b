import { beforeEach, describe, expect, test } from 'vitest';
import { testId } from '#core/testing/memory-store.ts';
import { noon, repeatingTask } from '#core/testing/repeating-task.ts';
import { addTask, type World } from '#core/testing/world.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import { updateSettings } from '#core/users/user-mutators.ts';
import { completeTask } from './completion-mutators.ts';
import { pauseRecurrence, resumeRecurrence } from './pause-mutators.ts';
import { duplicateTask } from './task-lifecycle-mutators.ts';
import { createTask, updateTask } from './task-mutators.ts';
import type { Task } from './task.ts';

const { start, repeat, task } = repeatingTask();
let world: World;
let id: string;

beforeEach(() => {
  ({ world, id } = start());
});

function pause(at = noon('2026-11-18')): string {
  return world.store.run(world.ana, pauseRecurrence, { id }, at);
}

function resume(date: string): string {
  return world.store.run(world.ana, resumeRecurrence, { id }, noon(date));
}

/** What a person sees of a task. */
function content(): unknown {
  const { rev: _rev, updatedAt: _at, ...rest } = task();
  return rest;
}

describe('a paused task', () => {
  test('has no date, and goes on where it was', () => {
    repeat('FREQ=WEEKLY', { time: '09:00', timeZone: 'Europe/Berlin', deadline: '2026-11-20' });
    const before = content();
    pause();
    expect(task()).toMatchObject({ date: null, time: null, timeZone: null, deadline: null });
    resume('2026-11-18');
    expect(content()).toEqual(before);
  });

  test('whose date is past goes on with its first date from today, and its checklist anew', () => {
    const item = testId(0x1002);
    const place = { projectId: world.work, rank: 'a0', title: 'Item', parentId: id };
    world.store.run(world.ana, createTask, { ...place, id: item, date: '2026-11-17' });
    repeat('FREQ=WEEKLY;COUNT=4', { deadline: '2026-11-20' });
    world.store.run(world.ana, completeTask, { id: item }, noon('2026-11-18'));
    pause();
    resume('2026-12-16');
    expect(task()).toMatchObject({
      date: '2026-12-16',
      deadline: '2026-12-18',
      recurrence: { rule: 'FREQ=WEEKLY;COUNT=4' },
    });
    expect(task(item)).toMatchObject({ date: '2026-12-15', completedAt: null });
  });

  test.each([
    ['completion', '2026-12-15'],
    ['completion-weekday', '2026-12-16'],
  ] as const)('that counts from the %s is due at once, or on its weekday', (anchor, date) => {
    repeat('FREQ=WEEKLY;BYDAY=WE', {}, { anchor });
    pause();
    resume('2026-12-15');
    expect(task().date).toBe(date);
  });

  test('goes on from a date that it is given', () => {
    repeat('FREQ=WEEKLY');
    pause();
    world.store.run(world.ana, updateTask, { id, date: '2026-11-27' });
    expect(task()).toMatchObject({ date: '2026-11-27', recurrence: { rule: 'FREQ=WEEKLY' } });
    expect(task().recurrence).not.toHaveProperty('paused');
    resume('2026-11-30');
    expect(task().date).toBe('2026-11-27');
  });

  test('remembers a moved occurrence', () => {
    repeat('FREQ=WEEKLY');
    world.store.run(world.ana, updateTask, { id, date: '2026-11-20' });
    const before = content();
    pause();
    resume('2026-11-19');
    expect(content()).toEqual(before);
    pause();
    resume('2026-11-21');
    expect(task()).toMatchObject({ date: '2026-11-25' });
    expect(task().recurrence).not.toHaveProperty('occurrence');
  });

  test('that has ended meanwhile says so', () => {
    repeat('FREQ=DAILY;UNTIL=20261120');
    pause();
    expect(() => resume('2026-11-25')).toThrow('Its last date has passed: give it a date or another rule.');
  });

  test('is completed for good, for it has no date to go on from', () => {
    repeat('FREQ=DAILY');
    pause();
    world.store.run(world.ana, completeTask, { id }, noon('2026-11-19'));
    expect(task().completedAt).toBe(noon('2026-11-19'));
    expect(world.store.list('taskCompletions', id)).toEqual([]);
  });

  test('comes back by undo, and twice is once', () => {
    repeat('FREQ=DAILY', { time: '09:00' });
    const before = content();
    const paused = pause();
    const once = content();
    pause();
    expect(content()).toEqual(once);
    world.store.run(world.ana, undo, { uid: paused });
    expect(content()).toEqual(before);
  });
});

describe('the subtasks of a paused task', () => {
  const [dated, done, apart] = [testId(0x1011), testId(0x1012), testId(0x1013)];

  beforeEach(() => {
    repeat('FREQ=WEEKLY');
    const place = { projectId: world.work, rank: 'a0', parentId: id };
    const add = (given: Pick<Task, 'id' | 'title'> & Partial<Task>) =>
      world.store.run(world.ana, createTask, { ...place, ...given });
    add({ id: dated, title: 'Dated', date: '2026-11-17', time: '09:00', deadline: '2026-11-19' });
    add({ id: done, title: 'Done', deadline: '2026-11-18' });
    const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null } as const;
    add({ id: apart, title: 'Apart', date: '2026-11-18', recurrence });
    world.store.run(world.ana, completeTask, { id: done }, noon('2026-11-18'));
  });

  const plan = ({ date, time, deadline }: Task) => [date, time, deadline];
  const rested = [null, null, null];

  test('rest with it, but for one with a rhythm of its own, and come back with it', () => {
    const before = [dated, done, apart].map((each) => plan(task(each)));
    pause();
    expect([plan(task(dated)), plan(task(done)), plan(task(apart))]).toEqual([rested, rested, before[2]]);
    resume('2026-11-18');
    expect([dated, done, apart].map((each) => plan(task(each)))).toEqual(before);
    expect(task(done).completedAt).toBe(noon('2026-11-18'));
    expect(task().recurrence).toEqual({ rule: 'FREQ=WEEKLY', anchor: 'schedule', intendedDay: null });
    world.store.run(world.ana, undo, { uid: pause() });
    expect(plan(task(dated))).toEqual(before[0]);
  });

  test('begin anew with its first date after the pause, and keep what they were given during it', () => {
    pause();
    const added = addTask(world, 0x1014, { projectId: world.work, parentId: id, date: '2026-12-10' });
    world.store.run(world.ana, updateTask, { id: done, date: '2026-12-12' });
    resume('2026-12-15');
    expect(task().date).toBe('2026-12-16');
    expect(plan(task(dated))).toEqual(['2026-12-15', '09:00', '2026-12-17']);
    expect(plan(task(done))).toEqual(['2026-12-12', null, null]);
    expect(task(done).completedAt).toBeNull();
    expect(task(added).date).toBe('2026-12-10');
  });

  test('move as far as it does when a new date ends the pause, and not when it only stops to repeat', () => {
    pause();
    world.store.run(world.ana, updateTask, { id, date: '2026-11-28' });
    expect(plan(task(dated))).toEqual(['2026-11-27', '09:00', '2026-11-29']);
    pause();
    world.store.run(world.ana, updateTask, { id, recurrence: null });
    expect(plan(task(dated))).toEqual(['2026-11-27', '09:00', '2026-11-29']);
    expect(task().date).toBeNull();
  });

  test('are remembered under another rule and in a copy', () => {
    pause();
    const { paused } = task().recurrence ?? {};
    repeat('FREQ=DAILY;INTERVAL=2', {}, { paused: paused! });
    const copies = [
      [id, testId(0x1021)],
      [dated, testId(0x1022)],
    ].map(([from = '', to = '']) => ({ from, to }));
    world.store.run(world.ana, duplicateTask, { id, rank: 'a9', copies });
    world.store.run(world.ana, resumeRecurrence, { id: testId(0x1021) }, noon('2026-11-18'));
    expect(plan(task(testId(0x1022)))).toEqual(['2026-11-17', '09:00', '2026-11-19']);
    expect(plan(task(dated))).toEqual(rested);
    resume('2026-11-18');
    expect(plan(task(dated))).toEqual(['2026-11-17', '09:00', '2026-11-19']);
  });
});

test('only what repeats can be paused', () => {
  expect(() => pause()).toThrow('Only an open task that repeats can be paused.');
});

test('a person whose day begins later is still on the day before', () => {
  world.store.run(world.ana, updateSettings, { dayStart: 240 });
  repeat('FREQ=DAILY');
  world.store.run(world.ana, completeTask, { id }, '2026-11-19T01:30:00.000Z');
  expect(task().date).toBe('2026-11-19');
  world.store.run(world.ana, completeTask, { id }, '2026-11-20T04:30:00.000Z');
  expect(task().date).toBe('2026-11-21');
});
