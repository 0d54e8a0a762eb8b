import { beforeEach, expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { testId } from '#core/testing/memory-store.ts';
import { noon, repeatingTask } from '#core/testing/repeating-task.ts';
import type { World } from '#core/testing/world.ts';
import { undo } from './undo-mutator.ts';
import { completeTask, skipOccurrence } from '#core/tasks/completion-mutators.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';

const { start, repeat, complete, task, completions } = repeatingTask();
let world: World;
let id: string;

beforeEach(() => {
  ({ world, id } = start());
});

test('only what was completed last is undone, and then all of it', () => {
  repeat('FREQ=DAILY;COUNT=5');
  const before = task();
  const first = complete(noon('2026-11-18'));
  const second = complete(noon('2026-11-19'));
  const undoing = (uid: string) => () => world.store.run(world.ana, undo, { uid });
  expect(undoing(first)).toThrow('only what was completed last can be undone');
  expect([task().date, completions()]).toEqual(['2026-11-20', ['2026-11-18', '2026-11-19']]);
  undoing(second)();
  undoing(first)();
  expect([task().date, task().recurrence, completions()]).toEqual([before.date, before.recurrence, []]);
});

test('what was changed since stays; where the occurrence was moved or the rule is another, nothing is undone', () => {
  repeat('FREQ=DAILY', { time: '09:00', deadline: '2026-11-18' });
  const done = complete(noon('2026-11-18'));
  const undoing = () => world.store.run(world.ana, undo, { uid: done });
  world.store.run(world.ben, updateTask, { id, date: '2026-11-21' });
  expect(undoing).toThrow(DomainError);
  world.store.run(world.ben, updateTask, { id, date: '2026-11-19' });
  const { recurrence } = task();
  repeat('FREQ=WEEKLY');
  expect(undoing).toThrow(DomainError);
  world.store.run(world.ben, updateTask, { id, recurrence, deadline: '2026-12-24', time: '10:00' });
  undoing();
  expect(task()).toMatchObject({ date: '2026-11-18', time: '10:00', deadline: '2026-12-24' });
  expect(completions()).toEqual([]);
});

test('what was undone is not redone for a task that has changed since', () => {
  repeat('FREQ=DAILY');
  const undone = world.store.run(world.ana, undo, { uid: complete(noon('2026-11-18')) });
  world.store.run(world.ben, updateTask, { id, date: '2026-11-21' });
  expect(() => world.store.run(world.ana, undo, { uid: undone })).toThrow('only what was completed last');
  expect([task().date, completions()]).toEqual(['2026-11-21', []]);
});

test('undoing a skip leaves the checklist to what was completed since', () => {
  const item = testId(0x1002);
  const place = { projectId: world.work, rank: 'a0', title: 'Item', parentId: id };
  world.store.run(world.ana, createTask, { ...place, id: item });
  repeat('FREQ=DAILY');
  world.store.run(world.ana, completeTask, { id: item }, noon('2026-11-18'));
  const skipped = world.store.run(world.ana, skipOccurrence, { id }, noon('2026-11-18'));
  complete(noon('2026-11-19'));
  expect(() => world.store.run(world.ana, undo, { uid: skipped })).toThrow('changed again since');
  expect(task(item).completedAt).toBeNull();
});
