import { expect, test } from 'vitest';
import { testId } from '#core/testing/memory-store.ts';
import { addTask, createWorld, inboxOf } from '#core/testing/world.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { addMember, changeMemberRole, leaveProject, refreshMember, removeMember } from './member-mutators.ts';
import { memberId } from './member.ts';

test('nobody gives, changes or takes a role stronger than their own', () => {
  const { store, ana, ben, eve, work } = createWorld('admin');
  expect(() => store.run(ben, addMember, { projectId: work, userId: eve.userId, role: 'owner' })).toThrow('As admin');
  expect(() => store.run(ben, removeMember, { projectId: work, userId: ana.userId })).toThrow('As admin');
  expect(() => store.run(ben, changeMemberRole, { projectId: work, userId: ben.userId, role: 'owner' })).toThrow(
    'As admin',
  );
  store.run(ben, addMember, { projectId: work, userId: eve.userId, role: 'viewer' });
  expect(store.get('member', memberId(work, eve.userId))).toMatchObject({ role: 'viewer', username: 'eve' });
});

test('a project always keeps an owner', () => {
  const { store, ana, ben, work } = createWorld();
  expect(() => store.run(ana, leaveProject, { projectId: work })).toThrow('needs an owner');
  expect(() => store.run(ana, changeMemberRole, { projectId: work, userId: ana.userId, role: 'viewer' })).toThrow(
    'needs an owner',
  );
  store.run(ana, changeMemberRole, { projectId: work, userId: ben.userId, role: 'owner' });
  store.run(ana, leaveProject, { projectId: work });
  expect(store.list('projectMembers', work).map((member) => member.username)).toEqual(['ben']);
});

test('what was assigned to a member who goes is assigned to nobody', () => {
  const world = createWorld();
  const id = addTask(world, 1, { projectId: world.work });
  world.store.run(world.ana, updateTask, { id, assigneeId: world.ben.userId });
  world.store.run(world.ben, leaveProject, { projectId: world.work });
  expect(world.store.get('task', id)?.assigneeId).toBeNull();
});

test('demo accounts neither share nor are shared with, inboxes are nobody else’s', () => {
  const { store, ana, eve, work } = createWorld();
  const demo = store.addAccount({ userId: testId(9), username: 'demo', instanceRole: 'demo' });
  const gone = store.addAccount({ userId: testId(8), username: 'gone', active: false });
  expect(() => store.run(ana, addMember, { projectId: work, userId: demo.userId, role: 'viewer' })).toThrow(
    'user does not exist',
  );
  expect(() => store.run(ana, addMember, { projectId: work, userId: gone.userId, role: 'viewer' })).toThrow(
    'user does not exist',
  );
  expect(() => store.run(ana, addMember, { projectId: inboxOf(ana), userId: eve.userId, role: 'viewer' })).toThrow(
    'inbox cannot be shared',
  );
  const asDemo = { ...ana, instanceRole: 'demo' as const };
  expect(() => store.run(asDemo, addMember, { projectId: work, userId: eve.userId, role: 'viewer' })).toThrow(
    'demo account',
  );
});

test('a renamed account brings its own membership up to date, and nobody else’s', () => {
  const { store, ana, ben, eve, work } = createWorld('viewer');
  store.addAccount({ userId: ben.userId, username: 'benjamin' });
  store.addAccount({ userId: ana.userId, username: 'anastasia' });
  store.run(ben, refreshMember, { projectId: work });
  const names = store
    .list('projectMembers', work)
    .map(({ username, displayName, role }) => [username, displayName, role]);
  expect(new Set(names.map(String))).toEqual(new Set(['ana,ana,owner', 'benjamin,benjamin,viewer']));
  expect(() => store.run(eve, refreshMember, { projectId: work })).toThrow('does not exist');
});
