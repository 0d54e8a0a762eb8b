import { beforeEach, describe, expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { createTask, moveTask, reopenTask, updateTask } from './task-mutators.ts';
import { testId } from '#core/testing/memory-store.ts';
import { noon, repeatingTask } from '#core/testing/repeating-task.ts';
import { addTask, type World } from '#core/testing/world.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import { updateSettings } from '#core/users/user-mutators.ts';
import { completeTask, completeTaskV1, skipOccurrence, uncompleteTask } from './completion-mutators.ts';
import { meantOccurrence } from './recurring-task.ts';
import { deleteTask, purgeTask } from './task-lifecycle-mutators.ts';
import type { Task } from './task.ts';

const { start, repeat, complete, task, completions } = repeatingTask();
let world: World;
let id: string;

beforeEach(() => {
  ({ world, id } = start());
});

describe('completing a recurring task', () => {
  test('it goes on with its next date and remembers what was done', () => {
    repeat('FREQ=WEEKLY', { deadline: '2026-11-20', time: '09:00' });
    complete(noon('2026-11-19'), world.ben);
    expect(task()).toMatchObject({ date: '2026-11-25', time: '09:00', deadline: '2026-11-27', completedAt: null });
    expect(world.store.get('completion', `${id}.2026-11-18`)).toMatchObject({
      taskId: id,
      projectId: world.work,
      date: '2026-11-18',
      time: '09:00',
      completedAt: noon('2026-11-19'),
      completedBy: world.ben.userId,
    });
  });

  test('the clock of who completes it tells which day it is', () => {
    repeat('FREQ=DAILY');
    world.store.run(world.ana, updateSettings, { timeZone: 'Pacific/Auckland' });
    complete(noon('2026-11-18'));
    expect(task().date).toBe('2026-11-20');
  });

  test('two who complete the same occurrence complete one', () => {
    repeat('FREQ=DAILY');
    const seen = meantOccurrence(task());
    complete(noon('2026-11-18'), world.ana, seen);
    complete(noon('2026-11-18'), world.ben, seen);
    expect([task().date, completions()]).toEqual(['2026-11-19', ['2026-11-18']]);
  });

  test('a device that knows nothing of occurrences completes the current one', () => {
    repeat('FREQ=DAILY');
    world.store.run(world.ana, completeTaskV1, { id }, noon('2026-11-18'));
    expect([task().date, task().completedAt]).toEqual(['2026-11-19', null]);
  });

  test('the last occurrence completes the task, and so does asking for the end', () => {
    repeat('FREQ=DAILY;COUNT=2');
    complete(noon('2026-11-18'));
    expect(task()).toMatchObject({ date: '2026-11-19', recurrence: { rule: 'FREQ=DAILY;COUNT=1' }, completedAt: null });
    complete(noon('2026-11-19'));
    expect(task()).toMatchObject({ date: '2026-11-19', completedAt: noon('2026-11-19') });
    world.store.run(world.ana, reopenTask, { id });
    repeat('FREQ=DAILY');
    complete(noon('2026-11-19'), world.ana, { end: true });
    expect(task().completedAt).toBe(noon('2026-11-19'));
  });

  test('who counts from the completion and is early has both in the history', () => {
    repeat('FREQ=DAILY;INTERVAL=2', {}, { anchor: 'completion' });
    complete(noon('2026-11-16'));
    complete(noon('2026-11-16'));
    expect([task().date, completions()]).toEqual(['2026-11-18', ['2026-11-18', '2026-11-18.2']]);
  });

  test('its checklist begins anew and moves with it, but not what has a rhythm of its own', () => {
    const [item, own, below] = [2, 3, 4].map((n) => testId(0x1000 + n)) as [string, string, string];
    const place = { projectId: world.work, rank: 'a0', title: 'Item' };
    const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule' as const, intendedDay: null };
    repeat('FREQ=WEEKLY');
    world.store.run(world.ana, createTask, { ...place, id: item, parentId: id, date: '2026-11-17' });
    world.store.run(world.ana, createTask, { ...place, id: own, parentId: id, date: '2026-11-18', recurrence });
    world.store.run(world.ana, createTask, { ...place, id: below, parentId: own });
    for (const each of [item, below]) world.store.run(world.ana, completeTask, { id: each }, noon('2026-11-18'));
    complete(noon('2026-11-18'));
    expect(task(item)).toMatchObject({ completedAt: null, completedBy: null, date: '2026-11-24' });
    expect(task(own).date).toBe('2026-11-18');
    expect(task(below).completedAt).toBe(noon('2026-11-18'));
  });

  test('undoing brings everything back, and redoing does it again', () => {
    const item = testId(0x1002);
    world.store.run(world.ana, createTask, {
      id: item,
      projectId: world.work,
      rank: 'a0',
      title: 'Item',
      parentId: id,
    });
    repeat('FREQ=MONTHLY', { date: '2027-01-31' });
    world.store.run(world.ana, completeTask, { id: item }, noon('2027-01-31'));
    const before = [task(), task(item)];
    const done = complete(noon('2027-01-31'));
    expect(task()).toMatchObject({ date: '2027-02-28', recurrence: { intendedDay: 31 } });
    const undone = world.store.run(world.ana, undo, { uid: done });
    const plain = ({ rev: _rev, updatedAt: _at, ...rest }: Task) => rest;
    expect([task(), task(item)].map(plain)).toEqual(before.map(plain));
    expect(completions()).toEqual([]);
    world.store.run(world.ana, undo, { uid: undone });
    expect([task().date, completions()]).toEqual(['2027-02-28', ['2027-01-31']]);
  });
});

describe('taking a completion back', () => {
  test('the latest one can be, by another member too', () => {
    repeat('FREQ=DAILY;COUNT=5', { deadline: '2026-11-18' });
    const before = task();
    complete(noon('2026-11-18'));
    world.store.run(world.ben, uncompleteTask, { id, completionId: `${id}.2026-11-18` });
    const { date, deadline, recurrence } = before;
    expect(task()).toMatchObject({ date, deadline, recurrence });
    expect(completions()).toEqual([]);
  });

  test('an earlier one cannot, and none of another task', () => {
    repeat('FREQ=DAILY');
    complete(noon('2026-11-18'));
    complete(noon('2026-11-19'));
    const other = addTask(world, 2, { projectId: world.work });
    const takeBack = (args: { id: string; completionId: string }) => () =>
      world.store.run(world.ana, uncompleteTask, args);
    expect(takeBack({ id, completionId: `${id}.2026-11-18` })).toThrow(DomainError);
    expect(takeBack({ id: other, completionId: `${id}.2026-11-19` })).toThrow(DomainError);
    takeBack({ id, completionId: `${id}.2026-11-19` })();
    takeBack({ id, completionId: `${id}.2026-11-18` })();
    expect(task().date).toBe('2026-11-18');
  });
});

describe('moving one and leaving one out', () => {
  test('another date is for this occurrence; the next ones stay where they were', () => {
    repeat('FREQ=WEEKLY');
    world.store.run(world.ana, updateTask, { id, date: '2026-11-20' });
    expect(task().recurrence).toMatchObject({ occurrence: '2026-11-18' });
    world.store.run(world.ana, updateTask, { id, date: '2026-11-21' });
    complete(noon('2026-11-21'));
    expect([task().date, completions(), task().recurrence?.occurrence]).toEqual([
      '2026-11-25',
      ['2026-11-18'],
      undefined,
    ]);
  });

  test('back on its day it is not moved any more', () => {
    repeat('FREQ=WEEKLY');
    const { recurrence } = task();
    world.store.run(world.ana, updateTask, { id, date: '2026-11-20' });
    world.store.run(world.ana, updateTask, { id, date: '2026-11-18' });
    expect(task().recurrence).toEqual(recurrence);
  });

  test('with the rule said again, the date is where the rule goes on from', () => {
    repeat('FREQ=WEEKLY', { date: '2026-11-20' });
    complete(noon('2026-11-20'));
    expect(task().date).toBe('2026-11-27');
  });

  test('a time of its own is for all occurrences, one of several a day for this one', () => {
    repeat('FREQ=DAILY', { time: '09:00' });
    world.store.run(world.ana, updateTask, { id, time: '10:00' });
    expect(task().recurrence?.occurrence).toBe(undefined);
    repeat('FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0', { time: '09:00' });
    world.store.run(world.ana, updateTask, { id, time: '11:00' });
    expect(task().recurrence?.occurrence).toBe('2026-11-18T09:00');
    complete('2026-11-18T11:30:00.000Z');
    expect([task().date, task().time]).toEqual(['2026-11-18', '17:00']);
  });

  test('leaving one out writes no history', () => {
    repeat('FREQ=DAILY');
    world.store.run(world.ana, skipOccurrence, { id, occurrence: '2026-11-18' }, noon('2026-11-18'));
    world.store.run(world.ana, skipOccurrence, { id, occurrence: '2026-11-18' }, noon('2026-11-18'));
    expect([task().date, completions()]).toEqual(['2026-11-19', []]);
  });

  test('the last occurrence and a task that does not repeat cannot be left out', () => {
    const skip = (): string => world.store.run(world.ana, skipOccurrence, { id });
    expect(skip).toThrow('Only an open task that repeats has an occurrence to leave out.');
    repeat('FREQ=DAILY;COUNT=1');
    expect(skip).toThrow('This is the last occurrence: there is none to go on with.');
  });
});

describe('a rule is checked when it is given', () => {
  test.each([
    ['FREQ=HOURLY', 'FREQ=HOURLY is not supported: for several times a day use FREQ=DAILY with BYHOUR and BYMINUTE.'],
    ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30', 'No date matches this recurrence rule.'],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=MO', 'No date matches this recurrence rule.'],
  ])('%s', (rule, message) => {
    expect(() => repeat(rule)).toThrow(message);
  });

  test('a weekday after completion takes no months', () => {
    const snapped = (): void => repeat('FREQ=WEEKLY;BYMONTH=3', {}, { anchor: 'completion-weekday' });
    expect(snapped).toThrow('takes FREQ, INTERVAL and BYDAY, not BYMONTH');
  });

  test('one that was stored before is no obstacle', () => {
    repeat('FREQ=DAILY');
    const stored = {
      ...task(),
      time: '09:00',
      recurrence: { rule: 'FREQ=HOURLY', anchor: 'schedule' as const, intendedDay: null },
    };
    (world.store.rows as Map<string, unknown>).set(`task ${id}`, { kind: 'task', row: stored });
    world.store.run(world.ana, updateTask, { id, date: '2026-11-19' });
    complete(noon('2026-11-18'));
    expect(task().completedAt).toBe(noon('2026-11-18'));
  });
});

test('what was taken back does not come back without its task', () => {
  repeat('FREQ=DAILY');
  complete(noon('2026-11-18'));
  const takenBack = world.store.run(world.ana, uncompleteTask, { id, completionId: `${id}.2026-11-18` });
  world.store.run(world.ana, deleteTask, { id });
  world.store.run(world.ana, purgeTask, { id });
  expect(() => world.store.run(world.ana, undo, { uid: takenBack })).toThrow(DomainError);
  expect(completions()).toEqual([]);
});

test('the history goes where the task goes, and ends with it', () => {
  repeat('FREQ=DAILY');
  complete(noon('2026-11-18'));
  world.store.run(world.ana, moveTask, { id, projectId: world.home });
  expect(world.store.get('completion', `${id}.2026-11-18`)?.projectId).toBe(world.home);
  world.store.run(world.ana, deleteTask, { id });
  world.store.run(world.ana, purgeTask, { id });
  expect(completions()).toEqual([]);
});
