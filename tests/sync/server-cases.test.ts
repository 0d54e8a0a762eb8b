import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectScope } from '#core/rows.ts';
import { addToChecksum } from '#core/sync/checksum.ts';
import type { PullResponse } from '#core/sync/protocol.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import { newId } from '#tests/support/write-world.ts';
import { type CaseDevice, CaseWorld, open, type Wire } from './case-world.ts';

/** The cases in which the server is another one than before: older, newer, restored, or in other hands. */
describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let world: CaseWorld;

  beforeAll(async () => {
    world = await CaseWorld.create(engine);
  });

  afterAll(() => world[Symbol.asyncDispose]());

  async function clientsOf(userId: string): Promise<{ id: string; last: number }[]> {
    const { reader } = world.app.database;
    return reader.selectFrom('client').select(['id', 'last']).where('user_id', '=', userId).execute();
  }

  function add({ replica, inboxId }: CaseDevice, title: string): string {
    const id = newId();
    replica.mutate(createTask, { id, projectId: inboxId, title, rank: 'a0' });
    return id;
  }

  const fromTheFuture =
    (change: (body: Record<string, unknown>) => Record<string, unknown>): Wire =>
    ({ body, send }) =>
      send(change(body));

  test.each([
    ['another protocol', fromTheFuture((body) => ('v' in body ? { ...body, v: 2 } : body))],
    ['rows with more fields', fromTheFuture((body) => ('schema' in body ? { ...body, schema: 2 } : body))],
    [
      'an action that the server does not know yet',
      fromTheFuture(({ muts, ...body }) => ({
        ...body,
        ...(Array.isArray(muts) && { muts: muts.map((each: object) => ({ ...each, name: 'task.create@2' })) }),
      })),
    ],
  ])('server_too_old, %s: the device waits for the update, and nothing is refused', async (_name, wire) => {
    const device = await world.device(await world.person('ana'));
    device.browser.wire = wire;
    const id = add(device, 'From the future');
    await world.advance(10);
    expect(device.replica.status.get()).toMatchObject({ state: 'reconnecting', pending: 1, rejected: 0 });
    expect(device.title(id)).toBe('From the future');
    device.browser.wire = open;
    await world.advance(60);
    expect(device.replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
  });

  test('client_too_old: the page asks to be loaded anew, and the queue waits for that', async () => {
    const device = await world.device(await world.person('ana'));
    // No page is older than the first version: the answer is that of the second.
    device.browser.wire = async ({ path, send }) => {
      if (!path.startsWith('/sync/pu')) return send();
      const { instance, epoch } = device.replica.base.identity ?? {};
      const answer = { instance, epoch, results: [], scopes: [], gone: [], last: 0, lastUid: null, rejected: [] };
      return Response.json({ ...answer, stop: 'client_too_old' });
    };
    const id = add(device, 'Kept');
    await world.advance(5);
    expect(device.replica.status.get()).toMatchObject({ state: 'update-needed', pending: 1 });
    device.browser.wire = open;
    const loaded = device.reopen();
    await world.settle();
    expect(loaded.replica.status.get()).toMatchObject({ state: 'synced', pending: 0 });
    expect(loaded.title(id)).toBe('Kept');
  });

  test('rows of a newer server: unknown fields survive edits and restarts', async () => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const id = await world.task(ana, device.inboxId, 'Milk');
    device.browser.wire = async ({ path, send }) => {
      const answer = await send();
      if (path !== '/sync/pull') return answer;
      const text = (await answer.text()).replaceAll('"title":"Milk"', '"title":"Milk","mood":"thirsty"');
      return new Response(text, { headers: { 'content-type': 'application/json' } });
    };
    await device.sync();
    device.offline();
    device.replica.mutate(updateTask, { id, priority: 1 });
    expect(device.replica.get('task', id)).toMatchObject({ mood: 'thirsty', priority: 1 });
    const again = device.reopen();
    expect(again.replica.get('task', id)).toMatchObject({ mood: 'thirsty', priority: 1 });
    expect(again.faults).toEqual([]);
  });

  test('rows of a kind that only a newer server has: they are counted, kept for the version that knows them, and go', async () => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const { inboxId } = device;
    const habit = { id: newId(), rev: 3, projectId: inboxId, name: 'Water the plants' };
    let has = true;
    device.browser.wire = async ({ path, send }) => {
      const answer = await send();
      if (path !== '/sync/pull') return answer;
      const body = (await answer.json()) as PullResponse;
      for (const scope of body.scopes) {
        if ('reset' in scope || scope.s !== projectScope(inboxId)) continue;
        if (has) scope.sum = addToChecksum(scope.sum, habit.id, habit.rev);
        if (has) scope.put['habit'] = [habit];
        else scope.del.push(['habit', habit.id]);
      }
      return Response.json(body);
    };
    await world.task(ana, inboxId, 'Milk');
    await device.sync();
    const again = device.reopen();
    await world.task(ana, inboxId, 'Bread');
    await again.sync();
    has = false;
    await world.task(ana, inboxId, 'Tea');
    await again.sync();
    const titles = again.replica.list('projectTasks', inboxId).map(({ title }) => title);
    expect(titles.toSorted()).toEqual(['Bread', 'Milk', 'Tea']);
    expect([...device.faults, ...again.faults]).toEqual([]);
  });

  test('the server is restored from a backup: devices notice, send again what it forgot, and lose nothing', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const projectId = await world.project(ana, [bob, 'editor']);
    const task = await world.task(ana, projectId, 'Milk');
    const [first, second] = [await world.device(ana), await world.device(bob)];
    first.replica.mutate(updateTask, { id: task, title: 'In the backup' });
    await world.settle();
    const backup = await world.backUp();

    const forgotten = newId();
    first.replica.mutate(createTask, { id: forgotten, projectId, title: 'Acknowledged, and not in it', rank: 'a2' });
    await world.settle();
    await second.sync();
    expect(second.title(forgotten)).toBe('Acknowledged, and not in it');
    // By nobody who could send it again.
    const byRest = await world.task(ana, projectId, 'By REST');
    await second.sync();
    second.offline();
    second.replica.mutate(updateTask, { id: forgotten, title: 'Edited while the server was away' });
    const cursor = second.replica.base.cursors.get(projectScope(projectId));

    await world.restore(backup);
    // The history that follows repeats its numbers.
    await world.task(ana, projectId, 'After the restore');
    await world.task(ana, projectId, 'And another');
    await first.sync();
    await second.online();
    await first.sync();

    for (const device of [first, second]) {
      const titles = device.replica.list('projectTasks', projectId).map(({ title }) => title);
      expect(titles.toSorted()).toEqual([
        'After the restore',
        'And another',
        'Edited while the server was away',
        'In the backup',
      ]);
      expect(device.replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
      expect(device.replica.get('task', byRest)).toBeUndefined();
      expect(device.faults).toEqual([]);
    }
    expect(second.replica.base.cursors.get(projectScope(projectId))?.tag).not.toBe(cursor?.tag);
  });

  test('a new epoch: the restored server wins, and what was not sent waits for a decision', async () => {
    const ana = await world.person('ana');
    const device = await world.device(ana);
    const kept = add(device, 'In the backup');
    await world.settle();
    const backup = await world.backUp();
    const discarded = add(device, 'Discarded');
    await world.settle();
    device.offline();
    const unsent = add(device, 'Not sent');
    await world.restore(backup, { discard: true });
    await device.online();
    await world.advance(5);

    expect([device.title(kept), device.title(discarded), device.title(unsent)]).toEqual([
      'In the backup',
      undefined,
      undefined,
    ]);
    const [refused, ...more] = device.replica.rejected.get();
    expect(refused).toMatchObject({ code: 'conflict', text: 'Not sent' });
    expect(more).toEqual([]);
    device.replica.retryRejected(refused?.uid ?? '');
    await world.settle();
    expect(device.title(unsent)).toBe('Not sent');
    expect(device.replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
  });

  test('account switch: each finds their own, and the server refuses the queue of somebody else', async () => {
    const [ana, bob] = [await world.person('ana'), await world.person('bob')];
    const device = await world.device(ana);
    const sent = add(device, 'Of ana');
    await world.settle();
    device.offline();
    const waiting = add(device, 'Of ana, waiting');
    await world.settle();
    device.client.stop();
    device.browser.wire = open;
    const other = await device.browser.signIn(bob);
    await world.settle();
    const own = add(other, 'Of bob');
    await world.settle();
    expect([other.title(sent), other.title(waiting), other.title(own)]).toEqual([undefined, undefined, 'Of bob']);
    // A profile that was copied, or a bug: bob goes on with the client id of ana.
    const { clientId } = device.outbox.state;
    other.outbox.renumber(clientId);
    const second = add(other, 'Of bob again');
    await world.settle();
    expect(other.outbox.state.clientId).not.toBe(clientId);
    expect(other.replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
    expect(other.title(second)).toBe('Of bob again');
    expect(await clientsOf(ana.userId)).toEqual([{ id: clientId, last: 1 }]);

    other.client.stop();
    const back = await device.browser.signIn(ana);
    await world.settle();
    expect([back.title(sent), back.title(waiting), back.title(own)]).toEqual(['Of ana', 'Of ana, waiting', undefined]);
    expect(await clientsOf(ana.userId)).toEqual([{ id: clientId, last: 2 }]);
  });
});
