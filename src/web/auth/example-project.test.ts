import { expect, test } from 'vitest';
import { anAccount } from '#tests/support/web-harness.tsx';
import { todayIn } from '#web/dates/calendar-date.ts';
import { addExample } from './example-project.ts';

const now = Date.parse('2026-11-18T23:30:00.000Z');

test('the example is a whole project around today, and one step of undo', () => {
  const replica = anAccount();
  const { id } = addExample(replica, now, 'Europe/Berlin');
  const tasks = replica.list('projectTasks', id);
  expect(replica.list('projectSections', id).length).toBeGreaterThan(1);
  expect(tasks.some((task) => task.parentId !== null)).toBe(true);
  expect(tasks.some((task) => task.date === todayIn('Europe/Berlin', now))).toBe(true);
  expect(tasks.every((task) => task.date === null || task.date >= '2026-11-19')).toBe(true);
  replica.undo();
  expect(replica.get('project', id)?.deletedAt).not.toBeNull();
});
