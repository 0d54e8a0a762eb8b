import { expect, test } from 'vitest';
import { MUTATORS } from '#core/mutators.ts';
import { aProject, aTask } from '#tests/support/replica-fixture.ts';
import { type RowsAfter, undoWords } from './undo-words.ts';

const AT = '2026-11-18T10:00:00.000Z';
const tasks = [
  aTask({ id: 'a', projectId: 'p', completedAt: AT }),
  aTask({ id: 'a1', projectId: 'p', parentId: 'a', completedAt: AT }),
  aTask({ id: 'a11', projectId: 'p', parentId: 'a1', completedAt: AT }),
  aTask({ id: 'a2', projectId: 'p', parentId: 'a', completedAt: '2026-11-01T10:00:00.000Z' }),
];
const rows: RowsAfter = {
  get: (_kind, id) => [...tasks, aProject({ id: 'p', name: 'Home' })].find((row) => row.id === id) as never,
  whenWords: (date, time) => [date, time].filter(Boolean).join(' at '),
  subtasks: (taskId) => tasks.filter((task) => task.parentId === taskId),
};
const say = (name: string, args: Record<string, unknown>, count = 1) => undoWords(name, args, rows)?.message(count);

test('completing a task names the subtasks that went with it', () => {
  expect(say('task.complete', { id: 'a' })).toBe('Task and 2 subtasks completed');
  expect(say('task.complete', { id: 'a11' })).toBe('Task completed');
  expect(say('task.complete', { id: 'a11' }, 3)).toBe('3 tasks completed');
});

test('a repeating task says when it goes on', () => {
  const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule' as const, intendedDay: null };
  const daily = aTask({ id: 'r', projectId: 'p', date: '2026-11-19', time: '09:00', recurrence });
  const after: RowsAfter = { ...rows, get: () => daily as never };
  const told = (name: string) => undoWords(name, { id: 'r' }, after)?.message(1);
  expect(told('task.complete')).toBe('Done. Next 2026-11-19 at 09:00');
  expect(told('task.skip')).toBe('Skipped. Next 2026-11-19 at 09:00');
});

test('moving to another project is told, reordering is not', () => {
  expect(say('task.move', { id: 'a', projectId: 'p' })).toBe('Task moved to “Home”');
  expect(say('task.move', { id: 'a', rank: 'a5' })).toBeUndefined();
});

test('taking a date away is told, giving one is not', () => {
  expect(say('task.update', { id: 'a', date: null })).toBe('Date removed');
  expect(say('task.update', { id: 'a', date: '2026-11-19' })).toBeUndefined();
  expect(say('task.update', { id: 'a', title: 'x' })).toBeUndefined();
});

test('projects are called by their name', () => {
  expect(say('project.archive', { id: 'p' })).toBe('Project “Home” archived');
});

test('everything that can be deleted can be brought back from its toast', () => {
  const deletions = MUTATORS.filter((mutator) => mutator.undoable && mutator.name.endsWith('.delete'));
  expect(deletions.length).toBeGreaterThan(3);
  for (const { name } of deletions) expect(say(name, { id: 'p' })).toBeDefined();
});
