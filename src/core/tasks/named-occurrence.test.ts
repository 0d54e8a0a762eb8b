import { beforeEach, expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { testId } from '#core/testing/memory-store.ts';
import { noon, repeatingTask } from '#core/testing/repeating-task.ts';
import type { World } from '#core/testing/world.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import { skipOccurrence, uncompleteTask } from './completion-mutators.ts';
import { pauseRecurrence, resumeRecurrence } from './pause-mutators.ts';
import { createTask } from './task-mutators.ts';

const { start, repeat, complete, task, completions } = repeatingTask();
let world: World;
let id: string;

beforeEach(() => {
  ({ world, id } = start());
});

test('what a clock that was ahead has made of the date counts for the current one, once', () => {
  repeat('FREQ=DAILY');
  complete(noon('2026-11-18'));
  // The device went on to the 24th, the server to the 19th.
  complete(noon('2026-11-19'), world.ana, { occurrence: '2026-11-24' });
  complete(noon('2026-11-19'), world.ben, { occurrence: '2026-11-24' });
  expect([task().date, completions()]).toEqual(['2026-11-20', ['2026-11-18', '2026-11-24']]);
  expect(world.store.get('completion', `${id}.2026-11-24`)).toMatchObject({
    date: '2026-11-19',
    completedBy: world.ana.userId,
  });
});

test('the date whose name was taken so is done in its turn, and once', () => {
  repeat('FREQ=DAILY');
  complete(noon('2026-11-18'), world.ana, { occurrence: '2026-11-20' });
  complete(noon('2026-11-19'), world.ana, { occurrence: '2026-11-19' });
  for (const who of [world.ana, world.ben]) complete(noon('2026-11-20'), who, { occurrence: '2026-11-20' });
  const history = world.store.list('taskCompletions', id).map(({ date }) => date);
  expect([task().date, history]).toEqual(['2026-11-21', ['2026-11-18', '2026-11-19', '2026-11-20']]);
});

test('a day that was named before the rule had times is the current one of that day', () => {
  repeat('FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0', { time: '09:00' });
  for (const who of [world.ana, world.ben]) complete(noon('2026-11-17'), who, { occurrence: '2026-11-18' });
  expect([task().date, task().time, completions()]).toEqual(['2026-11-18', '17:00', ['2026-11-18']]);
});

test('a date that was done under the name of another is done', () => {
  repeat('FREQ=DAILY');
  complete(noon('2026-11-18'), world.ana, { occurrence: '2026-11-20' });
  complete(noon('2026-11-18'), world.ben, { occurrence: '2026-11-18' });
  expect([task().date, completions()]).toEqual(['2026-11-19', ['2026-11-20']]);
});

test('what was done of a date that the task has left behind is history, and moves nothing', () => {
  repeat('FREQ=DAILY');
  // Somebody else was late, and the task left the days between out.
  complete(noon('2026-11-22'), world.ben, { occurrence: '2026-11-18' });
  const late = complete(noon('2026-11-19'), world.ana, { occurrence: '2026-11-19' });
  complete(noon('2026-11-19'), world.ben, { occurrence: '2026-11-19' });
  expect([task().date, completions()]).toEqual(['2026-11-23', ['2026-11-18', '2026-11-19']]);
  expect(world.store.get('completion', `${id}.2026-11-19`)?.completedAt).toBe(noon('2026-11-19'));
  world.store.run(world.ana, undo, { uid: late });
  expect([task().date, completions()]).toEqual(['2026-11-23', ['2026-11-18']]);
});

test('who counts from the completion has no dates to leave behind: the latest tells when it is next', () => {
  repeat('FREQ=DAILY;INTERVAL=2', {}, { anchor: 'completion' });
  complete(noon('2026-11-19'), world.ben, { occurrence: '2026-11-18' });
  expect(task().date).toBe('2026-11-21');
  complete(noon('2026-11-18'), world.ana, { occurrence: '2026-11-18' });
  complete(noon('2026-11-20'), world.ana, { occurrence: '2026-11-20' });
  expect([task().date, completions()]).toEqual(['2026-11-22', ['2026-11-18', '2026-11-20']]);
});

test('a pause that came between stays, and goes on after what was done', () => {
  const item = testId(0x1002);
  const place = { projectId: world.work, rank: 'a0', title: 'Item', parentId: id };
  world.store.run(world.ana, createTask, { ...place, id: item, date: '2026-11-18' });
  repeat('FREQ=WEEKLY');
  const paused = world.store.run(world.ben, pauseRecurrence, { id }, noon('2026-11-17'));
  for (const who of [world.ana, world.ben]) complete(noon('2026-11-18'), who, { occurrence: '2026-11-18' });
  expect(task()).toMatchObject({ date: null, completedAt: null, recurrence: { paused: { date: '2026-11-25' } } });
  expect([task(item).date, completions()]).toEqual([null, ['2026-11-18']]);
  expect(() => world.store.run(world.ben, undo, { uid: paused })).toThrow(DomainError);
  expect([task().date, task(item).date]).toEqual([null, null]);
  world.store.run(world.ben, resumeRecurrence, { id }, noon('2026-11-19'));
  expect([task().date, task(item).date]).toEqual(['2026-11-25', '2026-11-25']);
});

test('the last occurrence, seen before a pause, ends it', () => {
  repeat('FREQ=WEEKLY;COUNT=1');
  world.store.run(world.ben, pauseRecurrence, { id }, noon('2026-11-17'));
  complete(noon('2026-11-18'), world.ana, { occurrence: '2026-11-18' });
  expect(task()).toMatchObject({ date: '2026-11-18', completedAt: noon('2026-11-18') });
  expect(task().recurrence?.paused).toBe(undefined);
});

test('an occurrence that the task is not at is not left out in place of another, and its author is told', () => {
  repeat('FREQ=DAILY');
  const skip = (occurrence: string) => () => world.store.run(world.ana, skipOccurrence, { id, occurrence });
  expect(skip('2026-11-24')).toThrow('at another date by now');
  complete(noon('2026-11-18'), world.ben, { occurrence: '2026-11-24' });
  skip('2026-11-18')();
  skip('2026-11-24')();
  expect(task().date).toBe('2026-11-19');
});

test('taking back what moved nothing moves nothing, and reopens nothing', () => {
  repeat('FREQ=DAILY');
  complete(noon('2026-11-22'), world.ben, { occurrence: '2026-11-18' });
  complete(noon('2026-11-19'), world.ana, { occurrence: '2026-11-19' });
  complete(noon('2026-11-22'), world.ben, { end: true });
  world.store.run(world.ana, uncompleteTask, { id, completionId: `${id}.2026-11-19` });
  expect(task()).toMatchObject({ date: '2026-11-23', completedAt: noon('2026-11-22') });
  expect(completions()).toEqual(['2026-11-18']);
});
