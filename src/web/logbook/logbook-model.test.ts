import { expect, test } from 'vitest';
import type { Completion } from '#core/tasks/completion.ts';
import type { Task } from '#core/tasks/task.ts';
import { logbookModel, parseLogbookKey } from './logbook-model.ts';

const UTC = { timeZone: 'UTC', dayStart: 0 };
const BERLIN = { timeZone: 'Europe/Berlin', dayStart: 0 };

const task = (id: string, completedAt: string | null, given: Partial<Task> = {}) =>
  ({ id, completedAt, parentId: null, deletedAt: null, ...given }) as Task;

test('completed tasks stand under the day on which they were completed where the person is', () => {
  const tasks = [
    task('early', '2026-11-17T08:00:00.000Z'),
    task('late', '2026-11-17T23:30:00.000Z'),
    task('open', null),
    task('deleted', '2026-11-17T09:00:00.000Z', { deletedAt: '2026-11-18T09:00:00.000Z' }),
  ];
  const { rows, countByDay } = logbookModel(tasks, [], BERLIN, 36);
  expect(rows.map((row) => row.key)).toEqual(['day 2026-11-18', 'late', 'day 2026-11-17', 'early']);
  expect(countByDay.get('2026-11-18')).toBe(1);
  expect(logbookModel(tasks, [], UTC, 36).rows.map((row) => row.key)).toEqual(['day 2026-11-17', 'late', 'early']);
});

test('subtasks completed together with their task follow it', () => {
  const at = '2026-11-17T08:00:00.000Z';
  const { rows } = logbookModel([task('a', at, { parentId: 'z' }), task('z', at)], [], UTC, 36);
  expect(rows.map((row) => row.key)).toEqual(['day 2026-11-17', 'z', 'a']);
});

test('what was done of a repeating task stands among what was completed', () => {
  const done = { id: 't.2026-11-17', completedAt: '2026-11-17T09:00:00.000Z' } as Completion;
  const { rows, countByDay } = logbookModel([task('early', '2026-11-17T08:00:00.000Z')], [done], UTC, 36);
  expect(rows.map((row) => row.key)).toEqual(['day 2026-11-17', 'occurrence t.2026-11-17', 'early']);
  expect(countByDay.get('2026-11-17')).toBe(2);
});

test('before the day begins, it is still the day before', () => {
  const night = [task('late', '2026-11-18T01:30:00.000Z')];
  expect(logbookModel(night, [], { ...UTC, dayStart: 240 }, 36).countByDay.has('2026-11-17')).toBe(true);
});

test('a key tells what it stands for', () => {
  const id = '01936f00-0000-7000-8000-000000000001';
  expect(parseLogbookKey('day 2026-11-17')).toEqual({ type: 'day', id: '2026-11-17' });
  expect(parseLogbookKey(`occurrence ${id}.2026-11-17`)).toEqual({ type: 'occurrence', id: `${id}.2026-11-17` });
  expect(parseLogbookKey(id)).toEqual({ type: 'task', id });
});
