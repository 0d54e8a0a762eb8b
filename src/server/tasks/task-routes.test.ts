import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import type { WireTask } from './task-wire.ts';

let app: TestApp;
let alice: TestPrincipal;
let bob: TestPrincipal;

beforeAll(async () => {
  app = await createTestApp();
  alice = await app.signUp('alice');
  bob = await app.signUp('bob');
});
afterAll(() => app[Symbol.asyncDispose]());

interface TaskPage {
  readonly items: readonly WireTask[];
  readonly nextCursor: string | null;
}

async function create(as: TestPrincipal, body: Record<string, unknown>): Promise<WireTask> {
  const answer = await app.call<WireTask>('POST', '/tasks', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  app.clock.advance(1000);
  return answer.body;
}

async function createProject(as: TestPrincipal, name: string): Promise<string> {
  return (await app.call<{ id: string }>('POST', '/projects', { as, body: { name } })).body.id;
}

const titles = (page: TaskPage) => page.items.map((task) => task.title);

test('a new task is in the inbox, trimmed, and has every field of the wire', async () => {
  const answer = await app.call<WireTask>('POST', '/tasks', { as: alice, body: { title: '  Buy milk  ' } });
  const inbox = (await app.call<{ items: { id: string; inbox: boolean }[] }>('GET', '/projects', { as: alice })).body
    .items[0];
  expect(answer.status).toBe(201);
  expect(answer.headers['location']).toBe(`/api/v1/tasks/${answer.body.id}`);
  expect(answer.headers['etag']).toBe('"1"');
  expect(inbox?.inbox).toBe(true);
  expect(answer.body).toEqual({
    id: answer.body.id,
    projectId: inbox?.id,
    sectionId: null,
    parentId: null,
    title: 'Buy milk',
    description: '',
    priority: 4,
    labels: [],
    assigneeId: null,
    date: null,
    time: null,
    timeZone: null,
    evening: false,
    deadline: null,
    duration: null,
    recurrence: null,
    completed: false,
    completedAt: null,
    completedBy: null,
    rank: answer.body.rank,
    rev: 1,
    createdAt: '2026-11-18T12:00:00.000Z',
    createdBy: alice.userId,
    updatedAt: '2026-11-18T12:00:00.000Z',
    deletedAt: null,
  });
  expect((await app.call('GET', `/tasks/${answer.body.id}`, { as: alice })).body).toEqual(answer.body);
});

test('what is wrong with a task is named by its path, and nothing is written', async () => {
  const before = await app.call<{ total: number }>('GET', '/tasks?skip=0', { as: alice });
  const answer = await app.call<{ code: string; errors: { path: string; message: string }[] }>('POST', '/tasks', {
    as: alice,
    body: { title: '', date: 'soon', colour: 'red' },
  });
  expect(answer.status).toBe(422);
  expect(answer.body.code).toBe('validation_failed');
  expect(answer.body.errors.map((error) => error.path).toSorted()).toEqual(['/colour', '/date', '/title']);
  expect((await app.call<{ total: number }>('GET', '/tasks?skip=0', { as: alice })).body.total).toBe(before.body.total);
});

test('a patch changes what it names and nothing else', async () => {
  const task = await create(alice, {
    title: 'Call Kim',
    description: 'About *Friday*',
    priority: 2,
    date: '2026-11-20',
  });
  const { body } = await app.call<WireTask>('PATCH', `/tasks/${task.id}`, { as: alice, body: { priority: 1 } });
  expect(body).toEqual({ ...task, priority: 1, rev: 2, updatedAt: body.updatedAt });
  const empty = await app.call<WireTask>('PATCH', `/tasks/${task.id}`, { as: alice, body: {} });
  expect(empty.body).toEqual(body);
});

test('one patch can move, change and complete', async () => {
  const projectId = await createProject(alice, 'Home');
  const task = await create(alice, { title: 'Sweep' });
  const { body, headers } = await app.call<WireTask>('PATCH', `/tasks/${task.id}`, {
    as: alice,
    body: { projectId, title: 'Sweep the yard', completed: true },
  });
  expect(body).toMatchObject({ projectId, title: 'Sweep the yard', completed: true, completedBy: alice.userId });
  const undone = await app.call('POST', '/undo', { as: alice, body: { uid: headers['mutation-uid'] } });
  expect(undone.status).toBe(200);
  const { body: now } = await app.call<WireTask>('GET', `/tasks/${task.id}`, { as: alice });
  expect(now).toMatchObject({ projectId: task.projectId, title: 'Sweep', completed: false });
});

test('If-Match guards a change', async () => {
  const task = await create(alice, { title: 'Guarded' });
  const stale = { 'if-match': '"7"' };
  for (const [method, path, body] of [
    ['PATCH', `/tasks/${task.id}`, { title: 'Lost' }],
    ['POST', `/tasks/${task.id}/complete`, undefined],
    ['DELETE', `/tasks/${task.id}`, undefined],
  ] as const) {
    const answer = await app.call(method, path, { as: alice, body, headers: stale });
    expect([answer.status, answer.body['code']]).toEqual([412, 'revision_mismatch']);
  }
  const fresh = await app.call('PATCH', `/tasks/${task.id}`, {
    as: alice,
    body: { title: 'Kept' },
    headers: { 'if-match': 'W/"1"' },
  });
  expect([fresh.status, fresh.headers['etag']]).toEqual([200, '"2"']);
  expect(
    (await app.call('PATCH', `/tasks/${task.id}`, { as: alice, body: {}, headers: { 'if-match': '1' } })).status,
  ).toBe(422);
});

test('a request that is repeated with its key acts once', async () => {
  const headers = { 'idempotency-key': 'order-1' };
  const first = await app.call<WireTask>('POST', '/tasks', { as: alice, body: { title: 'Once' }, headers });
  const again = await app.call<WireTask>('POST', '/tasks', { as: alice, body: { title: 'Once' }, headers });
  expect(again.status).toBe(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers['location']).toBe(first.headers['location']);
  const other = await app.call('POST', '/tasks', { as: alice, body: { title: 'Twice' }, headers });
  expect([other.status, other.body['code']]).toEqual([422, 'idempotency_mismatch']);
  const ofBob = await app.call<WireTask>('POST', '/tasks', { as: bob, body: { title: 'Once' }, headers });
  expect(ofBob.body.createdBy).toBe(bob.userId);
});

test('an old answer is not given to somebody who lost access since', async () => {
  const projectId = await createProject(alice, 'Shared for a while');
  await app.call('POST', `/projects/${projectId}/members`, { as: alice, body: { username: 'bob', role: 'editor' } });
  const request = { as: bob, body: { title: 'Mine?', projectId }, headers: { 'idempotency-key': 'while-member' } };
  expect((await app.call('POST', '/tasks', request)).status).toBe(201);
  await app.call('DELETE', `/projects/${projectId}/members/${bob.userId}`, { as: alice });
  expect((await app.call('POST', '/tasks', request)).status).toBe(404);
});

test('complete, reopen, delete, restore and purge', async () => {
  const task = await create(alice, { title: 'Life of a task' });
  const act = async (verb: string) => app.call<WireTask>('POST', `/tasks/${task.id}/${verb}`, { as: alice });
  expect((await act('complete')).body.completed).toBe(true);
  expect((await act('complete')).status).toBe(200);
  expect((await act('reopen')).body.completed).toBe(false);
  const deleted = await app.call('DELETE', `/tasks/${task.id}`, { as: alice });
  expect([deleted.status, deleted.body]).toEqual([204, '']);
  expect((await app.call<WireTask>('GET', `/tasks/${task.id}`, { as: alice })).body.deletedAt).not.toBeNull();
  expect((await act('restore')).body.deletedAt).toBeNull();
  const early = await app.call('DELETE', `/trash/tasks/${task.id}`, { as: alice });
  expect([early.status, early.body['code']]).toEqual([409, 'conflict']);
  await app.call('DELETE', `/tasks/${task.id}`, { as: alice });
  expect((await app.call('DELETE', `/trash/tasks/${task.id}`, { as: alice })).status).toBe(204);
  expect((await app.call('GET', `/tasks/${task.id}`, { as: alice })).status).toBe(404);
});

test('a repeating task is completed, left out, paused and resumed', async () => {
  const task = await create(alice, {
    title: 'Water plants',
    date: '2026-11-18',
    time: '09:00',
    recurrence: { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null, catchUp: 'each' },
  });
  const act = async (verb: string) =>
    (await app.call<WireTask>('POST', `/tasks/${task.id}/${verb}`, { as: alice })).body;
  expect(await act('complete')).toMatchObject({ completed: false, date: '2026-11-19', time: '09:00' });
  const again = await app.call('POST', `/tasks/${task.id}/complete`, { as: alice, headers: { 'if-match': '"1"' } });
  expect(again.status).toBe(412);
  const { date } = await act('skip');
  expect(date && date > '2026-11-19').toBe(true);
  expect(await act('pause')).toMatchObject({ date: null, time: null, recurrence: { paused: { date, time: '09:00' } } });
  expect(await act('resume')).toMatchObject({ date, time: '09:00', recurrence: task.recurrence });
  const plain = await create(alice, { title: 'Once' });
  const refused = await app.call('POST', `/tasks/${plain.id}/skip`, { as: alice });
  expect([refused.status, refused.body['code']]).toEqual([409, 'conflict']);
});

test('a copy has the subtasks, open, and stands behind the original', async () => {
  const projectId = await createProject(alice, 'Copies');
  const [first] = [
    await create(alice, { title: 'First', projectId, priority: 1 }),
    await create(alice, { title: 'Last', projectId }),
  ];
  const child = await create(alice, { title: 'Child', parentId: first.id });
  expect(child.projectId).toBe(projectId);
  await app.call('POST', `/tasks/${child.id}/complete`, { as: alice });
  const copy = await app.call<WireTask>('POST', `/tasks/${first.id}/duplicate`, { as: alice });
  expect(copy.status).toBe(201);
  expect(copy.body).toMatchObject({ title: 'First', priority: 1, completed: false });
  const list = await app.call<TaskPage>('GET', `/tasks?projectId=${projectId}&sort=manual`, { as: alice });
  expect(titles(list.body).filter((title) => title !== 'Child')).toEqual(['First', 'First', 'Last']);
  const children = list.body.items.filter((task) => task.title === 'Child');
  expect(children.filter((task) => task.completed).map((task) => task.id)).toEqual([child.id]);
  expect(children).toHaveLength(2);
});

test('moving to the start, to a section and below another task', async () => {
  const projectId = await createProject(alice, 'Moves');
  const section = await app.call<{ id: string }>('POST', `/projects/${projectId}/sections`, {
    as: alice,
    body: { name: 'Soon' },
  });
  const a = await create(alice, { title: 'a', projectId });
  const b = await create(alice, { title: 'b', projectId });
  const move = (id: string, body: Record<string, unknown>) =>
    app.call<WireTask>('POST', `/tasks/${id}/move`, { as: alice, body });
  await move(b.id, { position: 'start' });
  expect(
    titles((await app.call<TaskPage>('GET', `/tasks?projectId=${projectId}&sort=manual`, { as: alice })).body),
  ).toEqual(['b', 'a']);
  expect((await move(a.id, { sectionId: section.body.id })).body.sectionId).toBe(section.body.id);
  expect((await move(b.id, { parentId: a.id })).body).toMatchObject({ parentId: a.id, sectionId: section.body.id });
  expect((await move(a.id, { parentId: b.id })).status).toBe(422);
  expect((await move(a.id, {})).status).toBe(422);
});

test('the API of the original, with its paths prefixed', async () => {
  await app.signUp('old-client');
  const login = await app.call<{ access_token: string; token_type: string }>('POST', '/auth/login', {
    body: { username: 'old-client', password: 'correct horse battery staple' },
  });
  expect(login.body.token_type).toBe('bearer');
  const as = { headers: { authorization: `Bearer ${login.body.access_token}` } } as TestPrincipal;
  for (const title of ['one', 'two', 'three']) await create(as, { title, description: '' });
  const page = await app.call<TaskPage & { total: number; skip: number; limit: number }>(
    'GET',
    '/tasks?skip=1&limit=1&completed=false&sort=newest',
    { as },
  );
  expect(page.body).toMatchObject({ total: 3, skip: 1, limit: 1 });
  expect(titles(page.body)).toEqual(['two']);
  const id = page.body.items[0]?.id ?? '';
  expect((await app.call<WireTask>('PATCH', `/tasks/${id}`, { as, body: { completed: true } })).body.completed).toBe(
    true,
  );
  expect((await app.call<TaskPage>('GET', '/tasks?completed=true', { as })).body.items).toHaveLength(1);
  expect((await app.call('DELETE', `/tasks/${id}`, { as })).status).toBe(204);
  expect((await app.call('GET', '/me', { as })).body).toMatchObject({ username: 'old-client' });
});
