import { expect, test } from 'vitest';
import type { Task } from '#core/tasks/task.ts';
import { dayOfKey, logbookModel } from './logbook-model.ts';

const task = (id: string, completedAt: string | null, given: Partial<Task> = {}) =>
  ({ id, completedAt, parentId: null, deletedAt: null, ...given }) as Task;

test('completed tasks stand under the day on which they were completed where the person is', () => {
  const tasks = [
    task('early', '2026-11-17T08:00:00.000Z'),
    task('late', '2026-11-17T23:30:00.000Z'),
    task('open', null),
    task('deleted', '2026-11-17T09:00:00.000Z', { deletedAt: '2026-11-18T09:00:00.000Z' }),
  ];
  const { rows, countByDay } = logbookModel(tasks, 'Europe/Berlin', 36);
  expect(rows.map((row) => row.key)).toEqual(['day 2026-11-18', 'late', 'day 2026-11-17', 'early']);
  expect(countByDay.get('2026-11-18')).toBe(1);
  expect(logbookModel(tasks, 'UTC', 36).rows.map((row) => row.key)).toEqual(['day 2026-11-17', 'late', 'early']);
});

test('subtasks completed together with their task follow it', () => {
  const at = '2026-11-17T08:00:00.000Z';
  const { rows } = logbookModel([task('a', at, { parentId: 'z' }), task('z', at)], 'UTC', 36);
  expect(rows.map((row) => row.key)).toEqual(['day 2026-11-17', 'z', 'a']);
});

test('a key tells a day from a task', () => {
  expect(dayOfKey('day 2026-11-17')).toBe('2026-11-17');
  expect(dayOfKey('01936f00-0000-7000-8000-000000000001')).toBeUndefined();
});
