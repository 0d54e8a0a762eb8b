import { expect, test } from 'vitest';
import { MUTATORS } from '#core/mutators.ts';
import { attemptValues, attemptWords } from './attempt-words.ts';

test('a change is told by what it does, to what, and where', () => {
  const about = { subject: 'Fix the roof', projectId: 'p', project: 'House' };
  expect(attemptWords({ name: 'task.update@1' }, about)).toBe('Edit task “Fix the roof” in “House”');
  expect(attemptWords({ name: 'task.describe@1' }, about)).toBe('Edit the description of “Fix the roof” in “House”');
  expect(attemptWords({ name: 'comment.create@1' }, about)).toBe('Comment on “Fix the roof” in “House”');
  expect(attemptWords({ name: 'project.update@1' }, { subject: 'House', project: 'House' })).toBe(
    'Edit project “House”',
  );
  expect(attemptWords({ name: 'task.complete@1' })).toBe('Complete task');
  expect(attemptWords({ name: 'task.describe@1' })).toBe('Edit the description');
  expect(attemptWords({ name: 'undo@1' })).toBe('Undo a change');
});

test('every change that can be refused has words', () => {
  for (const { key } of MUTATORS.filter((mutator) => !mutator.serverOnly)) {
    expect(attemptWords({ name: key })).toMatch(/^[A-Z][a-z]+( [a-z:]+)*$/);
  }
});

test('values are told by their names', () => {
  expect(attemptValues({ id: 'x', title: 'T', date: null, priority: 2, labels: ['a', 'b'] })).toEqual([
    'Date: none',
    'Priority: 2',
    'Labels: a, b',
  ]);
  expect(attemptValues({ labels: [] })).toEqual(['Labels: none']);
});
