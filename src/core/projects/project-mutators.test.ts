import { expect, test } from 'vitest';
import { createComment } from '#core/comments/comment-mutators.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { testId } from '#core/testing/memory-store.ts';
import { addTask, createWorld, inboxOf } from '#core/testing/world.ts';
import {
  archiveProject,
  createProject,
  deleteProject,
  moveProject,
  purgeProject,
  restoreProject,
  updateProject,
} from './project-mutators.ts';

test('projects nest four levels deep and never below themselves or the inbox', () => {
  const { store, ana, home } = createWorld();
  let parentId = home;
  for (let n = 0; n < 3; n++) {
    const id = testId(0x700 + n);
    store.run(ana, createProject, { id, name: `Level ${n}`, rank: 'a0', parentId });
    parentId = id;
  }
  expect(() => store.run(ana, createProject, { id: testId(0x710), name: 'x', rank: 'a0', parentId })).toThrow(
    '4 levels',
  );
  expect(() => store.run(ana, moveProject, { id: home, parentId })).toThrow('below itself');
  expect(() => store.run(ana, moveProject, { id: home, parentId: inboxOf(ana) })).toThrow('below the inbox');
});

test('the inbox stays what it is', () => {
  const { store, ana } = createWorld();
  const id = inboxOf(ana);
  expect(() => store.run(ana, updateProject, { id, name: 'x' })).toThrow('cannot be renamed');
  expect(() => store.run(ana, archiveProject, { id })).toThrow('cannot be archived');
  expect(() => store.run(ana, deleteProject, { id })).toThrow('cannot be deleted');
  store.run(ana, updateProject, { id, color: 'fern' });
  expect(store.get('project', id)?.color).toBe('fern');
});

test('a project in the trash can be restored whole or removed with everything in it', () => {
  const world = createWorld();
  const { store, ana, home } = world;
  const id = addTask(world, 1);
  store.run(ana, createSection, { id: testId(0x500), projectId: home, name: 'S', rank: 'a0' });
  store.run(ana, createComment, { id: testId(0x900), taskId: id, body: 'Hello' });
  expect(() => store.run(ana, purgeProject, { id: home })).toThrow('in the trash');
  store.run(ana, deleteProject, { id: home });
  expect(() => addTask(world, 2)).toThrow('does not exist');
  store.run(ana, restoreProject, { id: home });
  expect(store.get('task', id)?.deletedAt).toBeNull();
  store.run(ana, deleteProject, { id: home });
  store.run(ana, purgeProject, { id: home });
  expect([...store.rows.values()].filter(({ row }) => 'projectId' in row && row.projectId === home)).toEqual([]);
});
