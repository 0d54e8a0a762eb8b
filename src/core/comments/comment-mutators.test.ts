import { expect, test } from 'vitest';
import { changeMemberRole } from '#core/projects/member-mutators.ts';
import { testId } from '#core/testing/memory-store.ts';
import { addTask, createWorld } from '#core/testing/world.ts';
import { createComment, deleteComment, updateComment } from './comment-mutators.ts';

const comment = testId(0x900);

test('commenters write, authors change, moderators delete', () => {
  const world = createWorld('commenter');
  const { store, ana, ben, eve, work } = world;
  const taskId = addTask(world, 1, { projectId: work });
  store.run(ben, createComment, { id: comment, taskId, body: 'First' });
  expect(() => store.run(ana, updateComment, { id: comment, body: 'Mine now' })).toThrow('Only its author');
  expect(() => store.run(eve, updateComment, { id: comment, body: 'x' })).toThrow('no access');
  store.run(ben, updateComment, { id: comment, body: 'Second' }, '2026-11-19T00:00:00.000Z');
  expect(store.get('comment', comment)).toMatchObject({ body: 'Second', editedAt: '2026-11-19T00:00:00.000Z' });
  store.run(ana, deleteComment, { id: comment });
  expect(() => store.run(ben, updateComment, { id: comment, body: 'Third' })).toThrow('does not exist');
});

test('who may no longer comment can neither change nor delete what they wrote', () => {
  const world = createWorld('commenter');
  const { store, ana, ben, work } = world;
  const taskId = addTask(world, 1, { projectId: work });
  store.run(ben, createComment, { id: comment, taskId, body: 'First' });
  store.run(ana, changeMemberRole, { projectId: work, userId: ben.userId, role: 'viewer' });
  expect(() => store.run(ben, updateComment, { id: comment, body: 'x' })).toThrow(
    'Your role in this project is viewer',
  );
  expect(() => store.run(ben, deleteComment, { id: comment })).toThrow('Your role in this project is viewer');
});
