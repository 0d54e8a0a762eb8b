import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createComment } from '#core/comments/comment-mutators.ts';
import { archiveProject } from '#core/projects/project-mutators.ts';
import { createTask, moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import { deleteTask, purgeTask } from '#core/tasks/task-lifecycle-mutators.ts';
import type * as argsValidation from '#server/write/args-validation.ts';
import { newId } from '#tests/support/write-world.ts';
import { CaseWorld, type CaseDevice, open, type Wire } from './case-world.ts';

type ArgsValidation = typeof argsValidation;

/** What breaks the server from inside: a bug of ours, in the words of a title. */
const bug = vi.hoisted(() => ({ title: '' }));

vi.mock('#server/write/args-validation.ts', async (original) => {
  const real = await original<ArgsValidation>();
  const validateArgs: ArgsValidation['validateArgs'] = (mutator, args) => {
    if (bug.title !== '' && (args as { title?: string }).title === bug.title) throw new TypeError('a bug of ours');
    real.validateArgs(mutator, args);
  };
  return { ...real, validateArgs };
});

/** The table of cases in which a device, the network or the server is not as it should be (docs/sync.md). */
describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let world: CaseWorld;

  beforeAll(async () => {
    world = await CaseWorld.create(engine);
  });

  afterAll(() => world[Symbol.asyncDispose]());

  /** How far the server has come with the queue of a device. */
  async function lastOf({ outbox }: CaseDevice): Promise<number> {
    const { reader } = world.app.database;
    const found = reader.selectFrom('client').select('last').where('id', '=', outbox.state.clientId);
    return (await found.executeTakeFirst())?.last ?? 0;
  }

  function rename({ replica }: CaseDevice, id: string, title: string): string {
    return replica.mutate(updateTask, { id, title });
  }

  test('rejected: the effect is turned back, the text is kept, and the queue goes on', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const projectId = await world.project(ana, [bob, 'editor']);
    const [moved, purged, shared] = [
      await world.task(ana, projectId, 'Taken away'),
      await world.task(ana, projectId, 'Purged'),
      await world.task(ana, projectId, 'Milk'),
    ];
    const device = await world.device(bob);
    device.offline();
    rename(device, moved, 'Not mine any more');
    rename(device, purged, 'Not there any more');
    device.replica.submit(updateTask, { id: shared, title: '' });
    rename(device, shared, 'Oat milk');
    await world.act(ana, moveTask, { id: moved, projectId: await world.project(ana) });
    await world.act(ana, deleteTask, { id: purged });
    await world.act(ana, purgeTask, { id: purged });
    await device.online();

    expect(device.replica.rejected.get()).toMatchObject([
      { code: 'not_found', text: 'Not mine any more' },
      { code: 'not_found', text: 'Not there any more' },
      { code: 'validation_failed' },
    ]);
    const [hidden, missing] = device.replica.rejected.get();
    expect(hidden?.detail).toBe(missing?.detail);
    expect([device.title(moved), device.title(purged), device.title(shared)]).toEqual([
      undefined,
      undefined,
      'Oat milk',
    ]);
    expect(await lastOf(device)).toBe(4);
    expect(device.replica.status.get()).toMatchObject({ state: 'attention', pending: 0, rejected: 3 });
    // It is on the disk, and the server is not asked again.
    const { clientId } = device.outbox.state;
    const again = device.reopen();
    await world.settle();
    expect(again.replica.rejected.get()).toHaveLength(3);
    expect(again.outbox.state.clientId).toBe(clientId);
  });

  test('rejected for a conflict: a project that was archived meanwhile', async () => {
    const ana = await world.person('ana');
    const projectId = await world.project(ana);
    const device = await world.device(ana);
    device.offline();
    device.replica.mutate(createTask, { id: newId(), projectId, title: 'Late', rank: 'a0' });
    await world.act(ana, archiveProject, { id: projectId });
    await device.online();
    expect(device.replica.rejected.get()).toMatchObject([{ code: 'conflict', text: 'Late' }]);
    expect(device.replica.list('projectTasks', projectId)).toEqual([]);
  });

  test('rejected, and the answer is lost: the next pull tells', async () => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const task = await world.task(ana, device.inboxId, 'Milk');
    await device.sync();
    const loseAnswers: Wire = async ({ path, send }) => {
      const answer = await send();
      if (path === '/sync/push') throw new TypeError('the connection was cut');
      return answer;
    };
    device.browser.wire = loseAnswers;
    device.replica.submit(updateTask, { id: task, title: '' });
    await world.settle();
    expect(device.replica.rejected.get()).toEqual([]);
    await device.sync();
    expect(device.replica.rejected.get()).toMatchObject([{ code: 'validation_failed' }]);
    await device.online();
    expect(device.replica.status.get()).toMatchObject({ pending: 0, rejected: 1 });
  });

  test.each([
    ['no network', () => Promise.reject(new TypeError('no network'))],
    ['too many requests', async () => new Response('{}', { status: 429, headers: { 'retry-after': '3' } })],
    ['a proxy without a server', async () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['unavailable', async () => new Response('', { status: 503 })],
    ['half an answer', async () => new Response('{"results":[', { status: 200 })],
  ] satisfies [string, Wire][])('retryable, %s: nothing is recorded, and the order is kept', async (_name, failing) => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const id = newId();
    device.browser.wire = failing;
    device.replica.mutate(createTask, { id, projectId: device.inboxId, title: 'One', rank: 'a0' });
    rename(device, id, 'Two');
    await world.advance(20);
    expect(await lastOf(device)).toBe(0);
    expect(device.replica.status.get()).toMatchObject({ state: 'reconnecting', pending: 2, rejected: 0 });
    device.browser.wire = open;
    await world.advance(35);
    expect(device.replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
    expect(await lastOf(device)).toBe(2);
    expect(device.title(id)).toBe('Two');
  });

  test('retryable, what came through and was not answered is not done twice', async () => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const task = await world.task(ana, device.inboxId, 'Milk');
    await device.sync();
    device.browser.wire = async ({ path, send }) => {
      const answer = await send();
      if (path.startsWith('/sync/')) throw new TypeError('the connection was cut');
      return answer;
    };
    device.replica.mutate(createComment, { id: newId(), taskId: task, body: 'Once' });
    await world.advance(10);
    await device.online();
    expect(device.replica.list('taskComments', task)).toMatchObject([{ body: 'Once', rev: 1 }]);
    expect(device.replica.status.get()).toMatchObject({ state: 'synced', rejected: 0 });
  });

  test('poison: what the server fails on five times is given up, and those behind it go on', async () => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const task = await world.task(ana, device.inboxId, 'Milk');
    await device.sync();
    bug.title = 'Poison';
    const poison = rename(device, task, 'Poison');
    device.replica.mutate(createComment, { id: newId(), taskId: task, body: 'Behind it' });
    await world.advance(90);
    bug.title = '';
    expect(device.replica.rejected.get()).toMatchObject([{ uid: poison, code: 'internal', text: 'Poison' }]);
    expect(device.replica.status.get()).toMatchObject({ state: 'attention', pending: 0 });
    expect(device.title(task)).toBe('Milk');
    expect(device.replica.list('taskComments', task)).toMatchObject([{ body: 'Behind it' }]);
    // Given up is not forbidden: once the bug is mended it can be tried again.
    device.replica.retryRejected(poison);
    await world.settle();
    expect(device.replica.status.get()).toMatchObject({ state: 'synced', rejected: 0 });
    expect(device.title(task)).toBe('Poison');
  });

  test('401: everything stops, the queue is kept, and only the same person goes on with it', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const device = await world.device(ana);
    await world.app.call('DELETE', '/me/sessions', { as: ana });
    const id = newId();
    device.replica.mutate(createTask, { id, projectId: device.inboxId, title: 'Kept', rank: 'a0' });
    await world.settle();
    expect(device.replica.status.get()).toMatchObject({ state: 'signed-out', pending: 1 });
    let requests = 0;
    device.browser.wire = ({ send }) => {
      requests++;
      return send();
    };
    await world.advance(30);
    expect(requests).toBe(0);

    const other = await device.browser.signIn(bob);
    await world.settle();
    expect(other.replica.get('task', id)).toBeUndefined();
    // A page of ana that is still open must not act in the name of bob.
    device.browser.session.http.expectUser(ana.userId);
    device.browser.session.http.forget();
    device.client.start();
    await world.settle();
    expect(device.replica.status.get()).toMatchObject({ state: 'signed-out', pending: 1 });
    expect(await world.app.database.reader.selectFrom('task').select('id').where('id', '=', id).execute()).toEqual([]);

    other.client.stop();
    const back = await device.browser.signIn(ana);
    await world.settle();
    expect(back.replica.status.get()).toMatchObject({ state: 'synced', pending: 0 });
    expect(back.title(id)).toBe('Kept');
  });
});
