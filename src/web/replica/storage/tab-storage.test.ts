import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { must } from '#core/errors.ts';
import { createTask, updateTask } from '#core/tasks/task-mutators.ts';
import {
  ANA,
  aMember,
  aProject,
  aTask,
  countingRandom,
  deltasOf,
  id,
  type KindRow,
  NOW,
} from '#tests/support/replica-fixture.ts';
import { createReplica, type Replica } from '#web/replica/replica.ts';
import type { SyncClient } from '#web/replica/sync-client.ts';
import { SharedReplica } from '#web/replica/tabs/shared-replica.ts';
import type { TabChannel, TabMessage } from '#web/replica/tabs/tab-channel.ts';
import type { TabLeadership } from '#web/replica/tabs/tab-leadership.ts';
import { CacheDisk } from './cache-disk.ts';
import { deleteStorage, openStorage } from './open-storage.ts';
import { OutboxDisk } from './outbox-disk.ts';
import { readKept, type TabStorage } from './tab-storage.ts';

const HOME = id(10);
const MILK = id(100);
const BREAD = id(101);
const home: KindRow[] = [
  ['project', aProject({ id: HOME })],
  ['member', aMember(HOME)],
];
const milk: KindRow = ['task', aTask({ id: MILK, projectId: HOME, title: 'Milk' })];
const newMilk = { id: MILK, projectId: HOME, title: 'Milk', rank: 'a0' };

interface OpenTab {
  readonly replica: Replica;
  readonly storage: TabStorage;
  readonly cacheDisk: CacheDisk;
  readonly shared: SharedReplica;
  readonly told: TabMessage[];
  hear(message: TabMessage): void;
}

const ends: (() => void)[] = [];
let random = countingRandom();

async function openTab(): Promise<OpenTab> {
  const told: TabMessage[] = [];
  const hears: ((message: TabMessage) => void)[] = [];
  const channel: TabChannel = {
    post: (message) => void told.push(message),
    listen: (receive) => void hears.push(receive),
    close: () => {},
  };
  const newClientId = (): string => crypto.randomUUID();
  const opened = await openStorage({ userId: ANA.userId, newClientId, channel, setTimer: () => () => {} });
  const { storage, cacheDisk } = must(opened, 'the database opens');
  const replica = createReplica({
    account: ANA,
    clock: () => Date.parse(NOW),
    random,
    outbox: storage.outbox,
    cache: storage.cache,
  });
  const sync = { start() {}, rest() {} } as unknown as SyncClient;
  const shared = new SharedReplica({ replica, sync, storage, channel, onSignedOut: () => {} });
  const leadership = { leads: true, start() {}, hear() {}, fenced: () => storage.follow() };
  shared.join(leadership as unknown as TabLeadership);
  ends.push(() => storage.close());
  const hear = (message: TabMessage): void => hears.forEach((receive) => receive(message));
  return { replica, storage, cacheDisk, shared, told, hear };
}

/** Makes the tab the one that leads, as `TabLeadership` does. */
async function lead({ cacheDisk, shared }: OpenTab, name: string): Promise<void> {
  const taken = await cacheDisk.take(name, 0, 1_000, true);
  if (taken) await shared.lead(taken.term, taken.commits);
}

function pull(replica: Replica, rows: readonly KindRow[], ver: number, last: number): void {
  replica.applyPull({ gone: [], staged: [], scopes: deltasOf(rows, ver), last }, []);
}

/** What a page finds that is opened now. */
async function whatIsKept() {
  const outboxDisk = new OutboxDisk(ANA.userId, () => crypto.randomUUID());
  const cacheDisk = new CacheDisk(ANA.userId);
  try {
    const { outbox, cache } = await readKept({ outboxDisk, cacheDisk });
    const titles = cache?.rows.flatMap(({ row }) => (row && 'title' in row ? [row.title] : [])).sort() ?? null;
    const waiting = outbox.pending.map(({ args }) => args['title']);
    return { titles, waiting, rejected: outbox.rejected.map(({ text }) => text) };
  } finally {
    outboxDisk.close();
    cacheDisk.close();
  }
}

const connections = new Set<IDBDatabase>();

/** As when the browser runs out of space, or somebody clears the site: under the open pages. */
async function clearSite(): Promise<void> {
  for (const connection of connections) forceCloseDatabase(connection as never);
  connections.clear();
  await deleteStorage(ANA.userId);
}

beforeEach(() => {
  random = countingRandom();
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = open(name, version);
    request.addEventListener('success', () => connections.add(request.result));
    return request;
  });
});

afterEach(async () => {
  for (const end of ends.splice(0)) end();
  vi.restoreAllMocks();
  connections.clear();
  await deleteStorage(ANA.userId);
});

test('a change stays in the queue until the rows that contain it are kept', async () => {
  const [old, next] = [await openTab(), await openTab()];
  await lead(old, 'old');
  pull(old.replica, home, 1, 0);
  old.replica.mutate(createTask, newMilk);
  await old.storage.flushed();
  // Stopped before it could write what it pulled, and another tab leads by now.
  await lead(next, 'next');
  pull(old.replica, [...home, milk], 2, 1);
  await old.storage.flushed();
  expect(await whatIsKept()).toMatchObject({ titles: [], waiting: ['Milk'] });
  expect(old.told.filter(({ type }) => type === 'outbox')).toEqual([]);
  // It goes on showing what it knows.
  expect(old.replica.get('task', MILK)?.title).toBe('Milk');
});

test('while numbers are in doubt, the rows that are kept take nothing off the queue', async () => {
  const tab = await openTab();
  await lead(tab, 'tab');
  pull(tab.replica, home, 1, 1);
  // Found out between the pull and the writing of it.
  tab.replica.outbox.hasTakenNumbers = true;
  await tab.storage.flushed();
  const cacheDisk = new CacheDisk(ANA.userId);
  expect((await cacheDisk.load())?.state.last).toBe(0);
  cacheDisk.close();
  expect(tab.told.find(({ type }) => type === 'committed')).toMatchObject({ update: { last: 0 } });
});

test('a tab that knows more than the disk reads it again before it writes', async () => {
  const [old, next] = [await openTab(), await openTab()];
  await lead(old, 'old');
  pull(old.replica, home, 1, 0);
  await old.storage.flushed();
  await lead(next, 'next');
  pull(old.replica, [...home, milk], 2, 0);
  await old.storage.flushed();
  // The other tab wrote nothing.
  next.storage.close();
  await lead(old, 'old');
  const { s } = must(deltasOf(home)[0], 'the project has a scope');
  expect(old.replica.base.cursors.get(s)).toMatchObject({ ver: 1 });
  expect(old.replica.get('task', MILK)).toBeUndefined();
});

test('what the leading tab pulled and could not write because it let go is read again too', async () => {
  const tab = await openTab();
  await lead(tab, 'tab');
  pull(tab.replica, home, 1, 0);
  await tab.storage.flushed();
  pull(tab.replica, [...home, milk], 2, 0);
  tab.shared.follow();
  await tab.storage.flushed();
  await lead(tab, 'tab');
  pull(tab.replica, [['task', aTask({ id: BREAD, projectId: HOME, title: 'Bread' })]], 3, 0);
  await tab.storage.flushed();
  const { s } = must(deltasOf(home)[0], 'the project has a scope');
  // Cursors never without their rows: the server would not send them again.
  expect(tab.replica.get('task', MILK)).toBeUndefined();
  expect(tab.replica.base.cursors.get(s)).toMatchObject({ ver: 3 });
});

test('rows that the browser cleared under an open page are kept anew', async () => {
  const tab = await openTab();
  await lead(tab, 'tab');
  pull(tab.replica, [...home, milk], 1, 0);
  tab.replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  await tab.storage.flushed();
  expect(await whatIsKept()).toMatchObject({ titles: ['Milk'], waiting: ['Oat milk'] });
  await clearSite();
  await lead(tab, 'tab');
  await tab.storage.flushed();
  pull(tab.replica, [['task', aTask({ id: BREAD, projectId: HOME, title: 'Bread' })]], 2, 0);
  await tab.storage.flushed();
  expect(await whatIsKept()).toMatchObject({ titles: ['Bread', 'Milk'], waiting: ['Oat milk'] });
});

test('a change made after the browser cleared the site is sent, whatever was acknowledged before', async () => {
  const tab = await openTab();
  await lead(tab, 'tab');
  pull(tab.replica, home, 1, 0);
  tab.replica.mutate(createTask, newMilk);
  await tab.storage.flushed();
  pull(tab.replica, [...home, milk], 2, 1);
  await tab.storage.flushed();
  await clearSite();
  tab.replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  await vi.waitFor(() => expect(tab.replica.outbox.numbered).toHaveLength(1), 10_000);
  expect(tab.replica.outbox.unanswered.map(({ args }) => args['title'])).toEqual(['Oat milk']);
  expect(await whatIsKept()).toMatchObject({ waiting: ['Oat milk'] });
});

test('a tab that follows notices that the browser cleared the site, and the leading one began anew', async () => {
  const [leading, following] = [await openTab(), await openTab()];
  await lead(leading, 'leading');
  for (const ver of [1, 2, 3]) pull(leading.replica, ver === 1 ? home : [milk], ver, 0);
  await leading.storage.flushed();
  for (const message of leading.told.splice(0)) following.hear(message);
  expect(following.storage.commits).toBe(3);
  await clearSite();
  await lead(leading, 'leading');
  pull(leading.replica, [['task', aTask({ id: BREAD, projectId: HOME, title: 'Bread' })]], 4, 0);
  await leading.storage.flushed();
  for (const message of leading.told.splice(0)) following.hear(message);
  await vi.waitFor(() => expect(following.replica.get('task', BREAD)?.title).toBe('Bread'), 10_000);
  expect(following.storage.commits).toBe(2);
});

test('a tab that found the cleared disk while another led writes everything when it leads itself', async () => {
  const [leading, following] = [await openTab(), await openTab()];
  await lead(leading, 'leading');
  pull(leading.replica, [...home, milk], 1, 0);
  await leading.storage.flushed();
  for (const message of leading.told.splice(0)) following.hear(message);
  await clearSite();
  following.hear({ type: 'appended', clientId: 'another', mutations: [] });
  await vi.waitFor(() => expect(following.storage.commits).not.toBe(1), 10_000);
  await lead(following, 'following');
  pull(following.replica, [['task', aTask({ id: BREAD, projectId: HOME, title: 'Bread' })]], 2, 0);
  await following.storage.flushed();
  expect(await whatIsKept()).toMatchObject({ titles: ['Bread', 'Milk'] });
});

test('refusals that the browser cleared under an open page are kept anew', async () => {
  const tab = await openTab();
  await lead(tab, 'tab');
  pull(tab.replica, [...home, milk], 1, 0);
  const uid = tab.replica.mutate(updateTask, { id: MILK, title: 'Oat milk' });
  await tab.storage.flushed();
  const refusal = { seq: 1, uid, code: 'not_found', detail: 'Gone.' };
  tab.replica.applyPull({ gone: [], staged: [], scopes: [], last: 1 }, [refusal]);
  await tab.storage.flushed();
  await clearSite();
  await lead(tab, 'tab');
  await tab.storage.flushed();
  expect(tab.replica.rejected.get().map(({ text }) => text)).toEqual(['Oat milk']);
  expect(await whatIsKept()).toMatchObject({ waiting: [], rejected: ['Oat milk'] });
});

test('a change that another tab keeps while the queue is read has one number, not two', async () => {
  const [writer, reader] = [await openTab(), await openTab()];
  await lead(writer, 'writer');
  pull(writer.replica, home, 1, 0);
  await writer.storage.flushed();
  const stale = await writer.storage.reload();
  writer.replica.mutate(createTask, newMilk);
  await writer.storage.flushed();
  const told = must(
    writer.told.find(({ type }) => type === 'appended'),
    'other tabs are told',
  );
  reader.hear(told);
  // What it had begun to read before, it finds afterwards.
  reader.replica.reload(stale.outbox, stale.cache);
  await reader.storage.flushed();
  expect((await whatIsKept()).waiting).toEqual(['Milk']);
  expect(reader.replica.outbox.numbered.map(({ seq }) => seq)).toEqual([1]);
});
