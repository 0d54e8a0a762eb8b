import { expect, test } from 'vitest';
import { describeTask } from '#core/tasks/description-mutators.ts';
import { aMember, aProject, aReplica, aTask, id } from '#tests/support/replica-fixture.ts';
import { settleMicrotasks, VirtualTime } from '#tests/sync/virtual-time.ts';
import { SyncClient } from './sync-client.ts';

const HOME = id(10);
const MILK = id(100);
const SERVER = { instance: id(900), epoch: id(901) };

function aClient() {
  const time = new VirtualTime(Date.parse('2026-11-22T09:00:00.000Z'));
  const replica = aReplica([
    ['project', aProject({ id: HOME })],
    ['member', aMember(HOME)],
    ['task', aTask({ id: MILK, projectId: HOME, description: 'one' })],
  ]);
  const calls: string[] = [];
  let last = 0;
  let lastUid: string | null = null;
  const sync = new SyncClient({
    replica,
    environment: time.environment(0, () => 0.5),
    transport: {
      push: async ({ muts }) => {
        calls.push(`push ${muts.length}`);
        last = muts.at(-1)?.seq ?? last;
        lastUid = muts.at(-1)?.uid ?? lastUid;
        return { ...SERVER, results: muts.map(({ seq }) => ({ seq, status: 'applied' })), last };
      },
      pull: async () => {
        calls.push('pull');
        return { ...SERVER, scopes: [], gone: [], last, lastUid, rejected: [] };
      },
      page: () => Promise.reject(new Error('no page was announced')),
      events: (_emit, signal) => {
        calls.push('events');
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve());
        });
      },
    },
  });
  return { time, replica, sync, calls };
}

function edit(replica: ReturnType<typeof aReplica>, description: string): void {
  replica.mutate(describeTask, { id: MILK, base: replica.get('task', MILK)?.description ?? '', description });
}

test('who works offline reaches no server, and says so', async () => {
  const { time, replica, sync, calls } = aClient();
  sync.setWorkOffline(true);
  sync.start();
  edit(replica, 'two');
  sync.syncNow();
  sync.setOnline(true);
  await time.advance(10 * 60_000);
  expect(calls).toEqual([]);
  expect(replica.status.get()).toMatchObject({ state: 'paused', pending: 1 });
});

test('turned off, everything that waited is sent at once', async () => {
  const { replica, sync, calls } = aClient();
  sync.setWorkOffline(true);
  sync.start();
  edit(replica, 'two');
  edit(replica, 'three');
  sync.setWorkOffline(false);
  await settleMicrotasks();
  expect(calls).toContain('push 2');
  expect(calls).toContain('pull');
  expect(calls).toContain('events');
  expect(replica.status.get().state).not.toBe('paused');
});

test('turned on in the middle, it ends what is under way', async () => {
  const { time, replica, sync, calls } = aClient();
  sync.start();
  await settleMicrotasks();
  const before = calls.length;
  sync.setWorkOffline(true);
  edit(replica, 'two');
  await time.advance(10 * 60_000);
  expect(calls).toHaveLength(before);
  expect(sync.workOffline.get()).toBe(true);
});

test('a complete pull is remembered with its time', async () => {
  const { time, replica, sync } = aClient();
  sync.start();
  await time.advance(1_000);
  expect(replica.lastSyncedAt.get()).toBe(Date.parse('2026-11-22T09:00:00.000Z'));
});

test('what this device cannot carry out any more is queued all the same, so that its text comes back', () => {
  const { replica } = aClient();
  replica.submit(describeTask, { id: id(404), base: '', description: 'typed' });
  expect(replica.outbox.state.pending).toMatchObject([{ name: 'task.describe@1', args: { description: 'typed' } }]);
  expect(replica.get('task', id(404))).toBeUndefined();
});

test('a push stays below what the server takes, and what is left follows', async () => {
  const { replica, sync, calls } = aClient();
  const long = 'x'.repeat(45_000);
  for (let n = 0; n < 8; n++) edit(replica, `${long}${n}`);
  sync.start();
  await settleMicrotasks();
  await settleMicrotasks();
  const sizes = calls.filter((call) => call.startsWith('push')).map((call) => Number(call.slice(5)));
  expect(Math.max(...sizes)).toBeLessThan(4);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(8);
});
