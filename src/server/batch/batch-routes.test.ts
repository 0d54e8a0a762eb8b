import { expect, test } from 'vitest';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';

async function inboxOf(app: TestApp, as: TestPrincipal): Promise<string> {
  return (await app.call<{ items: { id: string }[] }>('GET', '/projects', { as })).body.items[0]?.id ?? '';
}

const totalOf = async (app: TestApp, as: TestPrincipal) =>
  (await app.call<{ total: number }>('GET', '/tasks?skip=0', { as })).body.total;

test('a batch happens as a whole and can be undone as a whole', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const projectId = await inboxOf(app, alice);
  const aTask = () => ({ name: 'task.create@1', args: { id: app.context.newId(), projectId, title: 'x', rank: 'a0' } });
  const mutations = [aTask(), aTask(), { name: 'task.complete@1', args: { id: app.context.newId() } }];
  const refused = await app.call('POST', '/batch', { as: alice, body: { mutations } });
  expect([refused.status, refused.body['code']]).toEqual([404, 'not_found']);
  expect(await totalOf(app, alice)).toBe(0);
  const many = Array.from({ length: 120 }, aTask);
  const done = await app.call<{ uid: string; results: { status: string }[] }>('POST', '/batch', {
    as: alice,
    body: { mutations: many },
  });
  expect(done.body.results.map((each) => each.status)).toEqual(many.map(() => 'applied'));
  expect(await totalOf(app, alice)).toBe(120);
  const undo = await app.call<{ uid: string }>('POST', '/undo', { as: alice, body: { uid: done.body.uid } });
  expect(await totalOf(app, alice)).toBe(0);
  expect((await app.call('POST', '/undo', { as: alice, body: { uid: undo.body.uid } })).status).toBe(200);
  expect(await totalOf(app, alice)).toBe(120);
});

test('a fault is named by the mutation that it is in', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const good = { name: 'label.create@1', args: { id: app.context.newId(), name: 'x', rank: 'a0' } };
  for (const [bad, path] of [
    [{ name: 'task.fly@1', args: {} }, '/mutations/1/name'],
    [{ name: 'user.provision@1', args: {} }, '/mutations/1/name'],
    [{ name: 'task.create@1', args: { title: 'x' } }, '/mutations/1/args/id'],
    [{ name: 'task.complete@1', args: { id: app.context.newId(), extra: 1 } }, '/mutations/1/args/extra'],
    [{ name: 'task.complete@1' }, '/mutations/1/args'],
  ] as const) {
    const { status, body } = await app.call<{ errors: { path: string }[] }>('POST', '/batch', {
      as: alice,
      body: { mutations: [good, bad] },
    });
    expect([status, body.errors.map((error) => error.path)]).toEqual([422, expect.arrayContaining([path])]);
  }
  const none = await app.call('POST', '/batch', { as: alice, body: { mutations: [] } });
  expect(none.status).toBe(422);
});

test('a batch can be guarded by a revision and repeated by its key', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const { body: task } = await app.call<{ id: string }>('POST', '/tasks', { as: alice, body: { title: 'x' } });
  const mutation = (rev: number) => ({
    name: 'task.update@1',
    args: { id: task.id, title: 'y' },
    ifMatch: { kind: 'task', id: task.id, rev },
  });
  expect((await app.call('POST', '/batch', { as: alice, body: { mutations: [mutation(7)] } })).status).toBe(412);
  const request = { as: alice, body: { mutations: [mutation(1)] }, headers: { 'idempotency-key': 'once' } };
  const first = await app.call('POST', '/batch', request);
  expect(first.status).toBe(200);
  expect(await app.call('POST', '/batch', request)).toMatchObject({ status: 200, body: first.body });
});

test('only own changes can be undone, and only what still stands', async () => {
  await using app = await createTestApp();
  const alice = await app.signUp('alice');
  const bob = await app.signUp('bob');
  const created = await app.call<{ id: string }>('POST', '/tasks', { as: alice, body: { title: 'x' } });
  const uid = String(created.headers['mutation-uid']);
  expect((await app.call('POST', '/undo', { as: bob, body: { uid } })).status).toBe(404);
  const path = `/tasks/${created.body.id}`;
  const first = await app.call('PATCH', path, { as: alice, body: { title: 'first' } });
  await app.call('PATCH', path, { as: alice, body: { title: 'second' } });
  const late = await app.call('POST', '/undo', { as: alice, body: { uid: first.headers['mutation-uid'] } });
  expect([late.status, late.body['code']]).toEqual([409, 'not_undoable']);
});
