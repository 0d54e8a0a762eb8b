import { expect, test } from 'vitest';
import { SUBTREE_MAX } from '#core/tasks/task.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import type { WireLabel } from './label-wire.ts';

async function addTask(app: TestApp, as: TestPrincipal, body: Record<string, unknown>): Promise<string> {
  return (await app.call<{ id: string }>('POST', '/tasks', { as, body: { title: 'x', ...body } })).body.id;
}

const labelsOf = async (app: TestApp, as: TestPrincipal, id: string) =>
  (await app.call<{ labels: string[] }>('GET', `/tasks/${id}`, { as })).body.labels;

test('a new name follows to the tasks that the user may change', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const bob = await app.signUp('bob');
  const { body: label } = await app.call<WireLabel>('POST', '/labels', { as: alice, body: { name: 'Émile' } });
  const project = await app.call<{ id: string }>('POST', '/projects', { as: bob, body: { name: 'Of Bob' } });
  await app.call('POST', `/projects/${project.body.id}/members`, {
    as: bob,
    body: { username: 'alice', role: 'viewer' },
  });
  const own = await addTask(app, alice, { labels: ['émile', 'other'] });
  const trashed = await addTask(app, alice, { labels: ['ÉMILE'] });
  const readOnly = await addTask(app, bob, { labels: ['émile'], projectId: project.body.id });
  await app.call('DELETE', `/tasks/${trashed}`, { as: alice });
  const renamed = await app.call<WireLabel>('PATCH', `/labels/${label.id}`, { as: alice, body: { name: 'Zola' } });
  expect(renamed.body).toMatchObject({ name: 'Zola', color: 'slate', rev: 2 });
  expect(await labelsOf(app, alice, own)).toEqual(['Zola', 'other']);
  expect(await labelsOf(app, alice, trashed)).toEqual(['Zola']);
  expect(await labelsOf(app, alice, readOnly)).toEqual(['émile']);
  expect((await app.call('GET', `/labels/${label.id}`, { as: bob })).status).toBe(404);
  expect((await app.call('POST', '/labels', { as: alice, body: { name: 'zola' } })).status).toBe(409);
  const deleted = await app.call('DELETE', `/labels/${label.id}`, { as: alice });
  expect(deleted.status).toBe(204);
  expect(await labelsOf(app, alice, own)).toEqual(['other']);
  const uid = String(deleted.headers['mutation-uid']);
  expect((await app.call('POST', '/undo', { as: alice, body: { uid } })).status).toBe(200);
  expect(await labelsOf(app, alice, own)).toEqual(['Zola', 'other']);
});

test('a label on more tasks than one mutation may touch is renamed on all of them', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const inbox = (await app.call<{ items: { id: string }[] }>('GET', '/projects', { as: alice })).body.items[0]?.id;
  const { body: label } = await app.call<WireLabel>('POST', '/labels', { as: alice, body: { name: 'many' } });
  const mutations = Array.from({ length: SUBTREE_MAX }, (_, i) => ({
    name: 'task.create@1',
    args: { id: app.context.newId(), projectId: inbox, title: `Task ${i}`, rank: 'a0', labels: ['many'] },
  }));
  expect((await app.call('POST', '/batch', { as: alice, body: { mutations } })).status).toBe(200);
  for (let i = 0; i < 3; i++) await addTask(app, alice, { labels: ['Many', 'few'] });
  await app.call('PATCH', `/labels/${label.id}`, { as: alice, body: { name: 'few' } });
  const count = async (name: string) =>
    (await app.call<{ total: number }>('GET', `/tasks?skip=0&label=${name}`, { as: alice })).body.total;
  expect([await count('few'), await count('many')]).toEqual([SUBTREE_MAX + 3, 0]);
});

test('favourites keep their order and are added once', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const targets: string[] = [];
  for (const name of ['One', 'Two']) {
    targets.push((await app.call<{ id: string }>('POST', '/projects', { as: alice, body: { name } })).body.id);
  }
  const add = (targetId: string) =>
    app.call<{ id: string }>('POST', '/favourites', { as: alice, body: { targetKind: 'project', targetId } });
  const [first, second] = [await add(targets[0] ?? ''), await add(targets[1] ?? '')];
  expect((await add(targets[0] ?? '')).body).toEqual(first.body);
  await app.call('PATCH', `/favourites/${second.body.id}`, { as: alice, body: { position: 'start' } });
  const list = async () =>
    (await app.call<{ items: { targetId: string }[] }>('GET', '/favourites', { as: alice })).body.items;
  expect((await list()).map((each) => each.targetId)).toEqual(targets.toReversed());
  expect((await app.call('DELETE', `/favourites/${first.body.id}`, { as: alice })).status).toBe(204);
  expect(await list()).toHaveLength(1);
});
