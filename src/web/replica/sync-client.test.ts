import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import type { PullRequest, PullResponse, PushRequest, PushResponse, SyncEvent } from '#core/sync/protocol.ts';
import { updateTask } from '#core/tasks/task-mutators.ts';
import { DeviceStorage } from '#tests/support/device-storage.ts';
import type { OutboxStorage } from '#web/replica/outbox.ts';
import type { Replica } from '#web/replica/replica.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import type { SyncFault } from '#web/replica/sync-session.ts';
import { aMember, aProject, aReplica, aTask, id, type KindRow } from '#tests/support/replica-fixture.ts';
import { settleMicrotasks, VirtualTime } from '#tests/sync/virtual-time.ts';

const HOME = id(10);
const MILK = id(100);
const SERVER = { instance: id(900), epoch: id(901) };

type PushHandler = (request: PushRequest) => Partial<PushResponse>;
type PullHandler = (request: PullRequest) => Partial<PullResponse>;

/** A client whose server is two functions, and whose time stands still until it is moved. */
async function aClient({ live = false, outbox = null }: { live?: boolean; outbox?: OutboxStorage | null } = {}) {
  const time = new VirtualTime(Date.parse('2026-11-22T09:00:00.000Z'));
  const rows: KindRow[] = [
    ['project', aProject({ id: HOME })],
    ['member', aMember(HOME)],
    ['task', aTask({ id: MILK, projectId: HOME, title: 'Milk' })],
  ];
  const replica = aReplica(rows, { outbox });
  const known = { last: 0, lastUid: null as string | null };
  const server = {
    push: ((request) => applied(request)) as PushHandler,
    // A server knows what it took.
    pull: (() => ({ ...known })) as PullHandler,
    known,
    pushes: [] as PushRequest[],
    pulls: [] as PullRequest[],
    streams: [] as { emit: (event: SyncEvent) => void; end: () => void; signal: AbortSignal }[],
  };
  const faults: SyncFault[] = [];
  const client = new SyncClient({
    replica,
    environment: time.environment(0, () => 0.5),
    live,
    report: (fault) => faults.push(fault),
    transport: {
      push: async (request) => {
        server.pushes.push(request);
        const response = { ...SERVER, results: [], last: 0, ...server.push(request) };
        const newest = request.muts.find(({ seq }) => seq === response.last);
        if (newest) Object.assign(known, { last: newest.seq, lastUid: newest.uid });
        return response;
      },
      pull: async (request) => {
        server.pulls.push(request);
        return { ...SERVER, scopes: [], gone: [], last: 0, lastUid: null, rejected: [], ...server.pull(request) };
      },
      page: () => Promise.reject(new Error('no page was announced')),
      events: (emit, signal) => {
        const open = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => open.resolve());
        server.streams.push({ emit, end: () => open.resolve(), signal });
        return open.promise;
      },
    },
  });
  client.start();
  await settleMicrotasks();
  return { time, replica, server, client, faults };
}

function applied({ muts }: PushRequest): Partial<PushResponse> {
  return { results: muts.map(({ seq }) => ({ seq, status: 'applied' as const })), last: muts.at(-1)?.seq ?? 0 };
}

function fails(code: ConstructorParameters<typeof DomainError>[0], data = {}): () => never {
  return () => {
    throw new DomainError(code, 'No.', data);
  };
}

function rename(replica: Replica, title: string): string {
  return replica.mutate(updateTask, { id: MILK, title });
}

test('a change is sent at once, and its effect stays until a pull contains it', async () => {
  const { replica, server, time } = await aClient();
  const { pull } = server;
  server.pull = fails('unavailable');
  rename(replica, 'Oat milk');
  await settleMicrotasks();
  expect(server.pushes.map(({ muts }) => muts.map(({ name }) => name))).toEqual([['task.update@1']]);
  expect(server.pulls).toHaveLength(2);
  expect(replica.get('task', MILK)?.title).toBe('Oat milk');
  expect(replica.status.get()).toMatchObject({ pending: 1 });
  server.pull = pull;
  await time.advance(2_000);
  expect(replica.status.get()).toMatchObject({ state: 'synced', pending: 0 });
});

test('one push is in flight at a time, and what is added meanwhile goes with the next', async () => {
  const { replica, server } = await aClient();
  rename(replica, 'A');
  rename(replica, 'B');
  rename(replica, 'C');
  await settleMicrotasks();
  expect(server.pushes.map(({ muts }) => muts.map(({ seq }) => seq))).toEqual([[1], [2, 3]]);
});

test('a server that cannot be reached is tried again later each time, at most every minute', async () => {
  const { replica, server, time } = await aClient();
  server.push = fails('unavailable');
  rename(replica, 'Oat milk');
  await settleMicrotasks();
  expect(replica.status.get().state).toBe('reconnecting');
  const tries: number[] = [];
  for (let second = 1; second <= 180; second++) {
    const before = server.pushes.length;
    await time.advance(1_000);
    if (server.pushes.length > before) tries.push(second);
  }
  // Half of 1, 2, 4, 8, 16, 32, 60 and 60 seconds.
  expect(tries).toEqual([1, 2, 4, 8, 16, 32, 62, 92, 122, 152]);
  server.push = applied;
  await time.advance(30_000);
  expect(replica.status.get().state).toBe('synced');
});

test('a server that says when to come back is taken at its word', async () => {
  const { replica, server, time } = await aClient();
  server.push = fails('rate_limited', { retryAfter: 20 });
  rename(replica, 'Oat milk');
  await time.advance(19_000);
  expect(server.pushes).toHaveLength(1);
  await time.advance(1_000);
  expect(server.pushes).toHaveLength(2);
});

test('changes that cannot be sent do not hold up those that arrive', async () => {
  const { replica, server, client } = await aClient();
  server.push = fails('unavailable');
  rename(replica, 'Oat milk');
  await settleMicrotasks();
  const put = { task: [aTask({ id: MILK, projectId: HOME, title: 'Milk', priority: 1, rev: 2 })] };
  const delta = { s: `p:${HOME}`, to: { ver: 2, tag: 1 }, view: '', put: put as never, del: [] as never, sum: 0 };
  server.pull = ({ cur, last }) => (cur[`p:${HOME}`]?.ver === 1 ? { last, scopes: [delta] } : { last });
  client.syncNow();
  await settleMicrotasks();
  expect(replica.get('task', MILK)).toMatchObject({ title: 'Oat milk', priority: 1 });
});

test('an ended session stops everything and keeps the queue until the person is back', async () => {
  const { replica, server, client, time } = await aClient();
  server.push = fails('unauthenticated');
  rename(replica, 'Oat milk');
  await settleMicrotasks();
  expect(replica.status.get()).toMatchObject({ state: 'signed-out', pending: 1 });
  const asked = server.pulls.length;
  await time.advance(3_600_000);
  expect([server.pushes.length, server.pulls.length]).toEqual([1, asked]);
  server.push = applied;
  client.start();
  await settleMicrotasks();
  expect(server.pushes).toHaveLength(2);
  expect(replica.status.get().state).toBe('synced');
});

test('a change on which the server fails each time is given up, told, and does not block the others', async () => {
  const { replica, server, time, faults } = await aClient();
  server.push = ({ muts }) =>
    muts.some(({ args }) => args['title'] === 'Poison') ? fails('internal')() : applied({ muts } as PushRequest);
  const poison = rename(replica, 'Poison');
  const next = rename(replica, 'Oat milk');
  await time.advance(120_000);
  expect(replica.rejected.get()).toMatchObject([{ uid: poison, code: 'internal', text: 'Poison' }]);
  expect(faults).toContainEqual({ kind: 'poison', detail: poison });
  expect(server.pushes.at(-1)).toMatchObject({ muts: [{ seq: 1, uid: next }] });
  expect(server.pushes.at(-1)?.clientId).not.toBe(server.pushes[0]?.clientId);
  expect(server.known).toEqual({ last: 1, lastUid: next });
});

test('a page that is too old for the server stops and says so', async () => {
  const { replica, server } = await aClient();
  server.push = () => ({ stop: 'client_too_old' });
  rename(replica, 'Oat milk');
  await settleMicrotasks();
  expect(replica.status.get()).toMatchObject({ state: 'update-needed', pending: 1 });
});

test('a server that is older than the page is waited for', async () => {
  const { replica, server, time } = await aClient();
  server.push = () => ({ stop: 'server_too_old' });
  rename(replica, 'Oat milk');
  await settleMicrotasks();
  expect(replica.status.get()).toMatchObject({ state: 'reconnecting', pending: 1 });
  server.push = applied;
  await time.advance(1_000);
  expect(replica.status.get().state).toBe('synced');
});

test('a server of another epoch wins, and the person decides about what it never had', async () => {
  const { replica, server, client } = await aClient();
  const epoch = id(902);
  server.push = () => ({ epoch, stop: 'epoch' });
  server.pull = (request) => ({ epoch, last: 0, ...(request.epoch === epoch ? {} : { stop: 'epoch' }) });
  const uid = rename(replica, 'Oat milk');
  await settleMicrotasks();
  client.syncNow();
  await settleMicrotasks();
  expect(replica.rejected.get()).toMatchObject([{ uid, code: 'conflict', text: 'Oat milk' }]);
  expect(replica.all('task').size).toBe(0);
  expect(server.pulls.at(-1)).toMatchObject({ epoch, last: 0, cur: {} });
});

test('a server that lost our last changes gets them again', async () => {
  const { replica, server, client } = await aClient();
  const uid = rename(replica, 'Oat milk');
  await settleMicrotasks();
  expect(replica.outbox.state.pending).toEqual([]);
  Object.assign(server.known, { last: 0, lastUid: null });
  client.syncNow();
  await settleMicrotasks();
  expect(server.pushes.map(({ muts }) => muts.map((mutation) => mutation.uid))).toEqual([[uid], [uid]]);
  expect(server.known).toEqual({ last: 1, lastUid: uid });
});

test('what a server forgot is sent again, also while numbers are in doubt', async () => {
  const { replica, server, client } = await aClient();
  const uid = rename(replica, 'Oat milk');
  await settleMicrotasks();
  expect(replica.outbox.state.pending).toEqual([]);
  Object.assign(server.known, { last: 0, lastUid: null });
  replica.outbox.hasTakenNumbers = true;
  const again = rename(replica, 'Rye milk');
  client.syncNow();
  await settleMicrotasks();
  expect(server.pushes.flatMap(({ muts }) => muts.map((mutation) => mutation.uid))).toEqual([uid, uid, again]);
  expect(replica.outbox.state.pending).toEqual([]);
});

test('while numbers are in doubt, a pull takes nothing off the queue, and all is numbered anew', async () => {
  const { replica, server, client } = await aClient();
  const { clientId } = replica.outbox.state;
  server.push = fails('unavailable');
  const uid = rename(replica, 'Oat milk');
  await settleMicrotasks();
  server.pull = () => {
    const isFirst = replica.outbox.state.clientId === clientId;
    // Another tab kept a mutation under a number that this one was sent under.
    if (isFirst) replica.outbox.hasTakenNumbers = true;
    return isFirst ? { last: 1, lastUid: uid } : {};
  };
  client.syncNow();
  await settleMicrotasks();
  expect(replica.outbox.state).toMatchObject({ pending: [{ uid, seq: 1 }] });
  expect(replica.outbox.state.clientId).not.toBe(clientId);
  expect(replica.get('task', MILK)?.title).toBe('Oat milk');
});

test('without news it asks every five minutes', async () => {
  const { server, time } = await aClient();
  expect(server.pulls).toHaveLength(1);
  await time.advance(15 * 60_000);
  expect(server.pulls).toHaveLength(4);
});

test('a poke brings a pull, and the first sign of life too', async () => {
  const { server } = await aClient({ live: true });
  expect(server.pulls).toHaveLength(1);
  server.streams[0]?.emit({ type: 'ping' });
  await settleMicrotasks();
  expect(server.pulls).toHaveLength(2);
  server.streams[0]?.emit({ type: 'ping' });
  await settleMicrotasks();
  expect(server.pulls).toHaveLength(2);
  server.streams[0]?.emit({ type: 'poke', scopes: [] });
  await settleMicrotasks();
  expect(server.pulls).toHaveLength(3);
});

test('after a goodbye it comes back when it was told to', async () => {
  const { server, time } = await aClient({ live: true });
  server.streams[0]?.emit({ type: 'bye', inMs: 40_000 });
  server.streams[0]?.end();
  await time.advance(39_000);
  expect(server.streams).toHaveLength(1);
  await time.advance(1_000);
  expect(server.streams).toHaveLength(2);
});

test('a silent stream is given up and opened again', async () => {
  const { server, time } = await aClient({ live: true });
  await time.advance(59_000);
  server.streams[0]?.emit({ type: 'ping' });
  await time.advance(59_000);
  expect(server.streams).toHaveLength(1);
  await time.advance(2_000);
  expect(server.streams[0]?.signal.aborted).toBe(true);
  expect(server.streams).toHaveLength(2);
});

test('without a network it says offline, and syncs when the network is back', async () => {
  const { replica, server, client } = await aClient();
  client.setOnline(false);
  expect(replica.status.get().state).toBe('offline');
  const before = server.pulls.length;
  client.setOnline(true);
  await settleMicrotasks();
  expect(replica.status.get().state).toBe('synced');
  expect(server.pulls).toHaveLength(before + 1);
});

test('after a start the queue is sent in pieces without gaps, around what was refused', async () => {
  const { outbox } = new DeviceStorage(() => id(900));
  const { replica, server, client } = await aClient({ outbox });
  server.pull = fails('unavailable');
  server.push = ({ muts }) => ({
    results: muts.map(({ seq }) => ({ seq, status: seq === 2 ? ('rejected' as const) : ('applied' as const) })),
    last: muts.at(-1)?.seq ?? 0,
  });
  replica.batch(() => ['A', 'B', 'C'].map((title) => rename(replica, title)));
  await settleMicrotasks();
  client.stop();
  const again = await aClient({ outbox });
  expect(again.server.pushes.map(({ muts }) => muts.map(({ seq }) => seq))).toEqual([[1], [3]]);
});
