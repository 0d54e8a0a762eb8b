import { expect, test } from 'vitest';
import type { RejectedMutation } from '#web/replica/outbox.ts';
import { ANA, id } from '#tests/support/replica-fixture.ts';
import { anAccount, INBOX } from '#tests/support/web-harness.tsx';
import { copyOf, saveCopy } from './save-copy.ts';

function refused(name: string, args: Record<string, unknown>, text: string | null = 'text'): RejectedMutation {
  return { uid: id(1), name, args, at: '2026-11-22T09:00:00.000Z', code: 'not_found', detail: '', text };
}

test('a new task is copied with what it was given, except what its project gave it', () => {
  const args = {
    id: id(9),
    title: 'Fix roof',
    description: 'soon',
    date: '2026-11-23',
    priority: 2,
    assigneeId: id(3),
    rank: 'a0',
  };
  expect(copyOf(refused('task.create@1', args), {})).toEqual({
    title: 'Fix roof',
    content: { description: 'soon', date: '2026-11-23', priority: 2 },
  });
});

test('a description keeps the title that it had', () => {
  const copy = copyOf(refused('task.describe@1', { id: id(9), base: 'a', description: 'b' }), { subject: 'Fix roof' });
  expect(copy).toEqual({ title: 'Fix roof', content: { description: 'b' } });
});

test('a comment says what it was about, and a name is a title', () => {
  expect(copyOf(refused('comment.create@1', { body: 'On it' }), { subject: 'Fix roof' })).toEqual({
    title: 'Comment on Fix roof',
    content: { description: 'On it' },
  });
  expect(copyOf(refused('section.create@1', { name: 'Later' }), {})?.title).toBe('Later');
});

test('a time without its date means nothing, and where nothing was written there is no copy', () => {
  expect(copyOf(refused('task.update@1', { title: 'T', time: '09:00', evening: false }), {})?.content).toEqual({
    description: '',
  });
  expect(copyOf(refused('task.complete@1', { id: id(9) }, null), {})).toBeNull();
});

test('a copy is a task of the own inbox', () => {
  const replica = anAccount();
  const made = saveCopy(replica, { title: 'Fix roof', content: { description: 'b' } });
  expect(replica.get('task', made ?? '')).toMatchObject({
    title: 'Fix roof',
    description: 'b',
    projectId: INBOX,
    createdBy: ANA.userId,
  });
});
