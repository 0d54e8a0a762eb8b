import './full-disk.ts';
import type { AccountCard } from '#core/actor.ts';
import { KINDS, type Row } from '#core/rows.ts';
import { type AppVersion, editionOf } from '#core/sync/protocol.ts';
import { Replica } from '#web/replica/replica.ts';
import { CacheDisk, type KeptCache } from '#web/replica/storage/cache-disk.ts';
import { deleteOtherCaches, deleteStorage, openStorage } from '#web/replica/storage/open-storage.ts';
import { OutboxDisk } from '#web/replica/storage/outbox-disk.ts';
import { type KeptData, readKept, type TabStorage } from '#web/replica/storage/tab-storage.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import { type SyncFault, SyncSession } from '#web/replica/sync-session.ts';
import type { SyncEnvironment } from '#web/replica/sync-transport.ts';
import { SharedReplica } from '#web/replica/tabs/shared-replica.ts';
import { opened, sealed, type TabChannel, type TabMessage } from '#web/replica/tabs/tab-channel.ts';
import { leaderLock, TabLeadership } from '#web/replica/tabs/tab-leadership.ts';
import type { Network, Sender } from './network.ts';
import { type Release, TODAY } from './releases.ts';
import { settleMicrotasks } from './virtual-time.ts';

export interface BrowserOptions {
  /** Names the databases: every browser has its own. */
  readonly profile: string;
  readonly account: AccountCard;
  readonly network: Network;
  readonly environment: SyncEnvironment;
  readonly random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
  readonly newId: () => string;
  /** Plain http has none. */
  readonly hasLocks: boolean;
  readonly onFault: (fault: string) => void;
  readonly classes?: TabClasses;
}

/** The product's classes, or faulty ones. */
export interface TabClasses {
  readonly replica: typeof Replica;
  readonly session: typeof SyncSession;
  readonly opened: typeof opened;
  readonly deleteOtherCaches: typeof deleteOtherCaches;
  readonly editionOf: typeof editionOf;
}

export const PRODUCT: TabClasses = { replica: Replica, session: SyncSession, opened, deleteOtherCaches, editionOf };

/** The session of a page of another version. */
function sessionOf(Session: typeof SyncSession, version: AppVersion): typeof SyncSession {
  if (version === TODAY.version) return Session;
  return class extends Session {
    protected override get version(): AppVersion {
      return version;
    }
  };
}

interface LockRequest {
  readonly tab: Tab;
  readonly grant: () => void;
}

/** One profile of a browser: the databases, channels and locks that its tabs share. */
export class Browser {
  readonly options: BrowserOptions;
  readonly tabs = new Set<Tab>();
  /** Made in tabs that were killed before the disk had it. Nobody was told that it is kept. */
  readonly neverKept = new Set<string>();
  readonly #lockQueues = new Map<string, LockRequest[]>();

  constructor(options: BrowserOptions) {
    this.options = options;
  }

  /** The person used this browser before, and it had everything. */
  async remember({ state, rows }: KeptCache): Promise<void> {
    const cache = new CacheDisk(this.options.profile);
    const lease = await cache.take('before', 0, 0, true);
    if (lease) await cache.commit({ term: lease.term, after: lease.commits, state, changes: rows });
    cache.close();
  }

  /** What it keeps, read as a page that begins reads it. */
  async disks(release: Release = TODAY): Promise<KeptData> {
    const outboxDisk = new OutboxDisk(this.options.profile, this.options.newId);
    const cacheDisk = new CacheDisk(this.options.profile, this.editionOf(release));
    const kept = await readKept({ outboxDisk, cacheDisk });
    outboxDisk.close();
    cacheDisk.close();
    return kept;
  }

  /** What tabs of this version share with each other only. */
  editionOf({ version }: Release): string {
    return (this.options.classes ?? PRODUCT).editionOf(version);
  }

  async open(release: Release = TODAY): Promise<Tab> {
    const tab = new Tab(this, release);
    this.tabs.add(tab);
    await tab.start();
    return tab;
  }

  broadcast(from: Tab, message: TabMessage): void {
    const { classes = PRODUCT } = this.options;
    const envelope = sealed(message, this.editionOf(from.release));
    for (const tab of this.tabs) {
      const heard = tab === from ? null : classes.opened(structuredClone(envelope), this.editionOf(tab.release));
      if (heard) tab.deliver(heard);
    }
  }

  /** Web Locks: the first in the queue of a name holds it. */
  async requestLock(tab: Tab, name: string, signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
    const granted = Promise.withResolvers<void>();
    const entry = { tab, grant: () => granted.resolve() };
    const queue = this.#lockQueues.get(name) ?? [];
    this.#lockQueues.set(name, queue);
    queue.push(entry);
    const leave = (): void => leaveQueue(queue, entry);
    signal.addEventListener('abort', leave);
    if (queue[0] === entry) entry.grant();
    await granted.promise;
    await work();
    leave();
  }

  ended(tab: Tab): void {
    this.tabs.delete(tab);
    for (const queue of this.#lockQueues.values()) {
      for (const entry of queue.filter((each) => each.tab === tab)) leaveQueue(queue, entry);
    }
  }

  async dispose(): Promise<void> {
    for (const tab of this.tabs) tab.kill();
    await deleteStorage(this.options.profile);
  }
}

function leaveQueue(queue: LockRequest[], entry: LockRequest): void {
  const index = queue.indexOf(entry);
  if (index < 0) return;
  queue.splice(index, 1);
  if (index === 0) queue[0]?.grant();
}

/** A page as it runs in a tab, from its start to its end. It may be frozen in between. */
export class Tab implements Sender {
  readonly userId: string;
  readonly #browser: Browser;
  readonly #held: (() => void)[] = [];
  #frozen = false;
  #ended = false;
  /** Somebody signed out in another tab. */
  signedOut = false;
  #receive: (message: TabMessage) => void = () => {};
  replica!: Replica;
  storage!: TabStorage;
  client!: SyncClient;
  #shared!: SharedReplica;
  #leadership!: TabLeadership;
  /** The version of the app that the page is of. */
  readonly release: Release;

  constructor(browser: Browser, release: Release) {
    this.#browser = browser;
    this.release = release;
    this.userId = browser.options.account.userId;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  get leads(): boolean {
    return this.#leadership.leads;
  }

  async start(): Promise<void> {
    const { profile, account, network, random, newId, hasLocks, onFault, classes = PRODUCT } = this.#browser.options;
    const environment = this.#environment();
    const channel: TabChannel = {
      post: (message) => {
        if (!this.#ended) this.#browser.broadcast(this, message);
      },
      listen: (receive) => void (this.#receive = receive),
      close: () => {},
    };
    const { version, findMutator } = this.release;
    const edition = this.#browser.editionOf(this.release);
    const { clock, setTimer } = environment;
    const kept = await openStorage({ userId: profile, newClientId: newId, channel, setTimer, edition });
    if (!kept) throw new Error('The database did not open.');
    const { storage, cacheDisk } = kept;
    this.storage = storage;
    this.replica = new classes.replica({
      account,
      clock,
      random,
      outbox: storage.outbox,
      cache: storage.cache,
      findMutator,
    });
    const { replica } = this;
    const report = ({ kind, detail }: SyncFault): void => onFault(`${kind}: ${detail}`);
    const Session = sessionOf(classes.session, version);
    const session = new Session(replica, report);
    this.client = new SyncClient({ replica, session, transport: network.transport(this), environment, report });
    const { client } = this;
    this.#shared = new SharedReplica({ replica, sync: client, storage, channel, onSignedOut: () => this.#leave() });
    this.#leadership = new TabLeadership({
      tab: newId(),
      disk: cacheDisk,
      channel,
      environment,
      locks: hasLocks ? this.#locks() : undefined,
      lockName: leaderLock(profile, edition),
      isVisible: () => true,
      onLead: (term, commits) => void this.#shared.lead(term, commits),
      onFollow: () => this.#shared.follow(),
      onRenew: () => this.#shared.lookAround(),
    });
    storage.onProblem = (problem) => {
      if (problem) replica.outbox.release();
    };
    this.#shared.join(this.#leadership);
    await classes.deleteOtherCaches(profile, clock(), edition);
  }

  /** The person closes the tab, unless it warns them that something is kept nowhere. */
  async close(): Promise<void> {
    await this.storage.flushed();
    if (this.replica.outbox.unkept > 0) return;
    this.#end();
    this.#leadership.stop();
    this.#shared.close();
    this.client.stop();
    await settleMicrotasks();
    this.storage.close();
  }

  /** As the session of the app does it: this page, the others, and then the disk. */
  async signOut(): Promise<void> {
    this.#shared.tellSignedOut();
    this.#leave();
    await deleteStorage(this.#browser.options.profile);
  }

  /** The process of the tab dies. */
  kill(): void {
    const { state, unkept } = this.replica.outbox;
    // Which of them are the unkept ones only the outbox knows; the warning of the page counts them.
    const made = unkept > 0 ? [...state.pending, ...state.rejected] : [];
    for (const { uid } of made) this.#browser.neverKept.add(uid);
    this.storage.close();
    this.client.stop();
    this.#end();
  }

  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    for (const run of this.#held.splice(0)) run();
  }

  deliver(message: TabMessage): void {
    this.#run(() => this.#receive(message));
  }

  receiveLate(): void {
    // The session takes one answer per request; its own tests hand it the others.
  }

  visible(): Map<string, Row> {
    return new Map(KINDS.flatMap((kind) => [...this.replica.all(kind)].map(([id, row]) => [`${kind} ${id}`, row])));
  }

  #leave(): void {
    this.signedOut = true;
    this.#end();
    this.#shared.close();
    this.client.stop();
    void this.storage.flushed().finally(() => this.storage.close());
  }

  #end(): void {
    this.#ended = true;
    this.#browser.options.network.forget(this);
    this.#browser.ended(this);
  }

  /** A frozen page does nothing until it is thawed, and an ended one nothing at all. */
  #run(work: () => void): void {
    if (this.#frozen) this.#held.push(() => this.#run(work));
    else if (!this.#ended) work();
  }

  #environment(): SyncEnvironment {
    const { clock, random, setTimer } = this.#browser.options.environment;
    return { clock, random, setTimer: (ms, run) => setTimer(ms, () => this.#run(run)) };
  }

  #locks(): Pick<LockManager, 'request'> {
    const request = (name: string, { signal }: { signal: AbortSignal }, work: () => Promise<unknown>) =>
      this.#browser.requestLock(this, name, signal, work);
    return { request } as unknown as Pick<LockManager, 'request'>;
  }
}
