import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import type { WireProject } from './project-wire.ts';

let app: TestApp;
let alice: TestPrincipal;
let bob: TestPrincipal;

beforeAll(async () => {
  app = await createTestApp();
  alice = await app.signUp('alice');
  bob = await app.signUp('bob');
});
afterAll(() => app[Symbol.asyncDispose]());

async function create(as: TestPrincipal, body: Record<string, unknown>): Promise<WireProject> {
  const answer = await app.call<WireProject>('POST', '/projects', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

async function list(as: TestPrincipal, query = ''): Promise<readonly WireProject[]> {
  return (await app.call<{ items: WireProject[] }>('GET', `/projects${query}`, { as })).body.items;
}

test('a project belongs to whoever made it and can be read back', async () => {
  const project = await create(alice, { name: ' Garden ', color: 'fern' });
  expect(project).toMatchObject({ name: 'Garden', color: 'fern', role: 'owner', parentId: null, inbox: false, rev: 1 });
  expect((await app.call('GET', `/projects/${project.id}`, { as: alice })).body).toEqual(project);
  expect((await app.call('GET', `/projects/${project.id}`, { as: bob })).status).toBe(404);
});

test('the list is the tree read from the top', async () => {
  const house = await create(alice, { name: 'House' });
  await create(alice, { name: 'Yard' });
  const kitchen = await create(alice, { name: 'Kitchen', parentId: house.id });
  await create(alice, { name: 'Oven', parentId: kitchen.id });
  await create(alice, { name: 'Attic', parentId: house.id, position: 'start' });
  const names = (await list(alice)).map((project) => project.name);
  expect(names).toEqual(['Inbox', 'Garden', 'House', 'Attic', 'Kitchen', 'Oven', 'Yard']);
  const moved = await app.call<WireProject>('POST', `/projects/${kitchen.id}/move`, {
    as: alice,
    body: { parentId: null, position: 'start' },
  });
  expect(moved.body.parentId).toBeNull();
  expect((await list(alice)).map((project) => project.name).slice(0, 2)).toEqual(['Kitchen', 'Oven']);
  const below = await app.call('PATCH', `/projects/${kitchen.id}`, { as: alice, body: { parentId: kitchen.id } });
  expect(below.status).toBe(422);
});

test('archive, unarchive, delete, restore and purge', async () => {
  const { id } = await create(alice, { name: 'Phases' });
  const act = (verb: string) => app.call<WireProject>('POST', `/projects/${id}/${verb}`, { as: alice });
  expect((await act('archive')).body.archivedAt).not.toBeNull();
  expect((await list(alice, '?archived=true')).map((project) => project.name)).toEqual(['Phases']);
  const write = await app.call('POST', '/tasks', { as: alice, body: { title: 'Too late', projectId: id } });
  expect([write.status, write.body['code']]).toEqual([409, 'conflict']);
  expect((await act('unarchive')).body.archivedAt).toBeNull();
  expect((await app.call('DELETE', `/projects/${id}`, { as: alice })).status).toBe(204);
  expect((await list(alice)).map((project) => project.id)).not.toContain(id);
  expect((await act('restore')).body.deletedAt).toBeNull();
  expect((await app.call('DELETE', `/trash/projects/${id}`, { as: alice })).status).toBe(409);
  await app.call('DELETE', `/projects/${id}`, { as: alice });
  expect((await app.call('DELETE', `/trash/projects/${id}`, { as: alice })).status).toBe(204);
  expect((await app.call('GET', `/projects/${id}`, { as: alice })).status).toBe(404);
});

test('the inbox stays what it is', async () => {
  const inbox = (await list(alice)).find((project) => project.inbox)?.id ?? '';
  for (const [method, path, body] of [
    ['PATCH', `/projects/${inbox}`, { name: 'Outbox' }],
    ['DELETE', `/projects/${inbox}`, undefined],
    ['POST', `/projects/${inbox}/archive`, undefined],
    ['POST', `/projects/${inbox}/members`, { username: 'bob', role: 'viewer' }],
  ] as const) {
    expect((await app.call(method, path, { as: alice, body })).status).toBe(403);
  }
});

test('members are added by name, change role, leave and are removed', async () => {
  const project = await create(alice, { name: 'Together' });
  const members = `/projects/${project.id}/members`;
  const added = await app.call('POST', members, { as: alice, body: { username: ' Bob'.trim(), role: 'editor' } });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ userId: bob.userId, username: 'bob', role: 'editor', projectId: project.id });
  expect((await list(bob)).find((each) => each.id === project.id)?.role).toBe('editor');
  expect((await app.call('POST', members, { as: bob, body: { username: 'nobody', role: 'viewer' } })).status).toBe(403);
  expect((await app.call('POST', members, { as: alice, body: { username: 'nobody', role: 'viewer' } })).status).toBe(
    404,
  );
  expect((await app.call('POST', members, { as: alice, body: { username: 'bob', role: 'viewer' } })).status).toBe(409);
  const changed = await app.call('PATCH', `${members}/${bob.userId}`, { as: alice, body: { role: 'admin' } });
  expect(changed.body).toMatchObject({ role: 'admin', rev: 2 });
  expect((await app.call('PATCH', `${members}/${alice.userId}`, { as: bob, body: { role: 'viewer' } })).status).toBe(
    403,
  );
  const { body } = await app.call<{ items: { username: string }[] }>('GET', members, { as: bob });
  expect(body.items.map((member) => member.username)).toEqual(['alice', 'bob']);
  expect((await app.call('POST', `/projects/${project.id}/leave`, { as: alice })).status).toBe(409);
  expect((await app.call('POST', `/projects/${project.id}/leave`, { as: bob })).status).toBe(204);
  expect((await app.call('GET', members, { as: bob })).status).toBe(404);
});

test('who cannot see the parent sees the project at the top', async () => {
  const parent = await create(alice, { name: 'Private' });
  const child = await create(alice, { name: 'Shared', parentId: parent.id });
  await app.call('POST', `/projects/${child.id}/members`, { as: alice, body: { username: 'bob', role: 'viewer' } });
  expect((await app.call<WireProject>('GET', `/projects/${child.id}`, { as: bob })).body.parentId).toBeNull();
  expect((await app.call<WireProject>('GET', `/projects/${child.id}`, { as: alice })).body.parentId).toBe(parent.id);
});

test('sections keep their order and take their tasks to the trash and back', async () => {
  const project = await create(alice, { name: 'Sections' });
  const path = `/projects/${project.id}/sections`;
  const add = async (name: string) =>
    (await app.call<{ id: string }>('POST', path, { as: alice, body: { name } })).body.id;
  const names = async () =>
    (await app.call<{ items: { name: string }[] }>('GET', path, { as: alice })).body.items.map((each) => each.name);
  const [, second] = [await add('Now'), await add('Later')];
  await app.call('PATCH', `/sections/${second}`, { as: alice, body: { position: 'start', wipLimit: 3 } });
  expect(await names()).toEqual(['Later', 'Now']);
  const task = await app.call<{ id: string }>('POST', '/tasks', { as: alice, body: { title: 'x', sectionId: second } });
  expect((await app.call('DELETE', `/sections/${second}`, { as: alice })).status).toBe(204);
  expect(await names()).toEqual(['Now']);
  expect((await app.call('GET', `/tasks/${task.body.id}`, { as: alice })).body['deletedAt']).not.toBeNull();
  expect((await app.call('POST', `/sections/${second}/restore`, { as: alice })).body).toMatchObject({ wipLimit: 3 });
  expect((await app.call('GET', `/tasks/${task.body.id}`, { as: alice })).body['deletedAt']).toBeNull();
  await app.call('DELETE', `/sections/${second}`, { as: alice });
  expect((await app.call('DELETE', `/trash/sections/${second}`, { as: alice })).status).toBe(204);
  expect((await app.call('GET', `/sections/${second}`, { as: alice })).status).toBe(404);
});
