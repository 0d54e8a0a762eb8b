import { expect, test } from 'vitest';
import type { RejectedMutation } from '#web/replica/outbox.ts';
import { attentionGroups } from './attention-groups.ts';

function refused(uid: string, code: string): RejectedMutation {
  return { uid, code, name: 'task.update@1', args: {}, at: '2026-11-22T09:00:00.000Z', detail: '', text: null };
}

const attempts: Record<string, { projectId: string; project: string }> = {
  a: { projectId: 'work', project: 'Work' },
  b: { projectId: 'work', project: 'Work' },
  c: { projectId: 'home', project: 'Home' },
  d: { projectId: 'work', project: 'Work' },
};

test('changes of a project that was taken away are one group, and the newest group comes first', () => {
  const groups = attentionGroups(
    [
      refused('a', 'not_found'),
      refused('b', 'forbidden'),
      refused('c', 'not_found'),
      refused('d', 'validation_failed'),
    ],
    (uid) => attempts[uid] ?? {},
    (projectId) => projectId === 'home',
  );
  expect(groups.map(({ lostProject, items }) => [lostProject, items.map(({ uid }) => uid)])).toEqual([
    [null, ['d']],
    [null, ['c']],
    ['Work', ['b', 'a']],
  ]);
});

test('a change of which nobody knows the project stands for itself', () => {
  const groups = attentionGroups(
    [refused('x', 'not_found'), refused('y', 'not_found')],
    () => ({}),
    () => false,
  );
  expect(groups.map(({ items }) => items.length)).toEqual([1, 1]);
});
