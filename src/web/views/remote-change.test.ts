import { expect, test } from 'vitest';
import { aTask } from '#tests/support/row-factories.ts';
import { remoteChangeWords } from './remote-change.ts';

const calendar = { today: '2026-11-18', locale: 'en-GB' };
const task = aTask({ title: 'Milk' });

test('what changed elsewhere is told in words', () => {
  const tell = (change: Partial<typeof task>) => remoteChangeWords(task, { ...task, ...change }, calendar);
  expect(tell({ date: '2026-11-20' })).toBe('Changed elsewhere: the date is Friday.');
  expect(tell({ title: 'Oat milk', priority: 1 })).toBe('Changed elsewhere: the title is Oat milk, it has priority 1.');
  expect(tell({ completedAt: '2026-11-18T10:00:00.000Z' })).toBe('Changed elsewhere: it is completed.');
  expect(tell({ deletedAt: '2026-11-18T10:00:00.000Z' })).toBe('This task was deleted elsewhere.');
  expect(tell({ rank: 'a9', rev: 2 })).toBeNull();
});
