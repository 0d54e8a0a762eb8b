import { deleteDB, openDB } from 'idb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { AccountCard } from '#core/actor.ts';
import { uuidv7 } from '#core/ids.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { cacheName } from '#web/replica/storage/cache-disk.ts';
import { deleteOtherCaches } from '#web/replica/storage/open-storage.ts';
import { outboxName } from '#web/replica/storage/outbox-disk.ts';
import { countingRandom } from '#tests/support/replica-fixture.ts';
import { Browser, type Tab } from './browser.ts';
import { Network } from './network.ts';
import { placeOf } from './history-database.ts';
import { createTestServer, inboxOf, type TestServer, USERS } from './test-server.ts';
import { settleMicrotasks, VirtualTime } from './virtual-time.ts';

const ANA: AccountCard = { userId: USERS.ana, username: 'ana', displayName: 'Ana', instanceRole: 'user', active: true };
const INBOX = inboxOf(USERS.ana);

/** The cases in which the disk of a browser is not as it was: evicted, of another version, or given up on purpose. */
describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  const time = new VirtualTime(Date.parse('2026-11-22T09:00:00.000Z'));
  const random = countingRandom();
  const newId = (): string => uuidv7(time.now, random);
  const faults: string[] = [];
  let server: TestServer;
  let network: Network;
  let browser: Browser;
  let profiles = 0;

  beforeAll(async () => {
    server = await createTestServer(placeOf(engine, inject('postgresUrl')), time);
  });

  afterAll(() => server[Symbol.asyncDispose]());

  beforeEach(() => {
    faults.length = 0;
    network = new Network(server);
    browser = new Browser({
      profile: `${engine}-${++profiles}`,
      account: ANA,
      network,
      environment: time.environment(0, () => 0.5),
      random,
      newId,
      hasLocks: true,
      onFault: (fault) => faults.push(fault),
    });
  });

  afterEach(async () => {
    await browser.dispose();
    expect(faults).toEqual([]);
  });

  function add(tab: Tab, title: string): string {
    const id = newId();
    tab.replica.mutate(createTask, { id, projectId: INBOX, title, rank: 'a0' });
    return id;
  }

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      await Promise.all([...browser.tabs].map((tab) => tab.storage.flushed()));
      await settleMicrotasks();
      if (network.size === 0) quiet++;
      else quiet = 0;
      await network.deliverAll();
      await time.advance(1_000);
    }
  }

  /** Until a tab has everything; that it leads takes some looks at the disk. */
  async function loaded(tab: Tab): Promise<void> {
    for (let rounds = 0; rounds < 50 && !tab.replica.status.get().loaded; rounds++) await settle();
    await settle();
  }

  async function opened(): Promise<Tab> {
    const tab = await browser.open();
    await loaded(tab);
    return tab;
  }

  /** A tab that kept a change, and was closed before any of it was sent. */
  async function leftBehind(title: string): Promise<string> {
    const tab = await opened();
    tab.client.setWorkOffline(true);
    const id = add(tab, title);
    await tab.close();
    return id;
  }

  async function timesCreated(id: string): Promise<number> {
    return (await server.stored.listChanges()).filter(({ eid }) => eid === id).length;
  }

  const databases = async (): Promise<string[]> =>
    (await indexedDB.databases()).flatMap(({ name }) => (name?.endsWith(browser.options.profile) ? [name] : []));

  test('eviction of the rows: a first synchronisation, and the queue is sent', async () => {
    const id = await leftBehind('Kept');
    await deleteDB(cacheName(browser.options.profile));
    const tab = await browser.open();
    expect(tab.replica.status.get()).toMatchObject({ loaded: false, pending: 1 });
    await loaded(tab);
    expect(tab.replica.status.get()).toMatchObject({ state: 'synced', loaded: true, pending: 0 });
    expect(tab.replica.get('task', id)?.title).toBe('Kept');
    expect(await timesCreated(id)).toBe(1);
  });

  test('eviction of everything: a first synchronisation as another client', async () => {
    const first = await opened();
    const id = add(first, 'Sent');
    await settle();
    const { clientId } = first.replica.outbox.state;
    await first.close();
    for (const name of await databases()) await deleteDB(name);
    const tab = await opened();
    expect(tab.replica.outbox.state.clientId).not.toBe(clientId);
    expect(tab.replica.get('task', id)?.title).toBe('Sent');
    const next = add(tab, 'Next');
    await settle();
    expect(tab.replica.status.get()).toMatchObject({ state: 'synced', pending: 0, rejected: 0 });
    expect([await timesCreated(id), await timesCreated(next)]).toEqual([1, 1]);
  });

  test('eviction under an open page: what is written is sent, and the page knows that it is kept nowhere', async () => {
    const tab = await opened();
    tab.client.setWorkOffline(true);
    const before = add(tab, 'Before');
    await settle();
    expect(tab.replica.outbox.unkept).toBe(0);
    for (const name of await databases()) await deleteDB(name);
    const id = add(tab, 'After');
    await settle();
    expect(tab.replica.outbox.unkept).toBeGreaterThan(0);
    tab.client.setWorkOffline(false);
    await settle();
    expect([await timesCreated(before), await timesCreated(id)]).toEqual([1, 1]);
    expect(tab.replica.status.get()).toMatchObject({ pending: 0, rejected: 0 });
  });

  test('rows of a newer version of the app: they are dropped, and the queue is not', async () => {
    const id = await leftBehind('Kept');
    const { profile } = browser.options;
    // Of the same schema with another layout, and of another schema.
    for (const name of [cacheName(profile), `tend-cache-999-${profile}`]) {
      await deleteDB(name);
      (await openDB(name, 7, { upgrade: (database) => void database.createObjectStore('papyrus') })).close();
    }
    const tab = await opened();
    await deleteOtherCaches(profile, time.now);
    expect(tab.replica.status.get()).toMatchObject({ state: 'synced', loaded: true, pending: 0 });
    expect(await timesCreated(id)).toBe(1);
    expect((await databases()).toSorted()).toEqual([cacheName(profile), outboxName(profile)]);
  });

  test('logout in one tab: nothing is left on the disk, and no other tab writes there again', async () => {
    const [first, second] = [await opened(), await opened()];
    add(first, 'Sent');
    await settle();
    expect(await databases()).toHaveLength(2);
    await first.signOut();
    expect(second.signedOut).toBe(true);
    expect(await databases()).toEqual([]);
    const late = add(second, 'Too late');
    await time.advance(20_000);
    expect(await databases()).toEqual([]);
    expect(network.size).toBe(0);
    expect(await timesCreated(late)).toBe(0);
  });
});
