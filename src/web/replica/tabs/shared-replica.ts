import type { PendingMutation } from '#core/sync/protocol.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { TabStorage } from '#web/replica/storage/tab-storage.ts';
import type { SyncClient } from '#web/replica/sync-client.ts';
import type { TabChannel, TabMessage } from './tab-channel.ts';
import type { TabLeadership } from './tab-leadership.ts';

export interface SharedReplicaOptions {
  readonly replica: Replica;
  readonly sync: SyncClient;
  readonly storage: TabStorage;
  readonly channel: TabChannel;
  /** Somebody signed out in another tab. */
  readonly onSignedOut: () => void;
}

/** Keeps the memory of a tab in step with the disk and the other tabs, and lets one of them talk to the server. */
export class SharedReplica {
  readonly #options: SharedReplicaOptions;
  #leadership: TabLeadership | null = null;
  #reloading: Promise<void> | null = null;
  #reloadAgain = false;
  #closed = false;

  constructor(options: SharedReplicaOptions) {
    this.#options = options;
    const { storage, channel, replica } = options;
    storage.onFenced = () => this.#leadership?.fenced();
    storage.onDiverged = () => void this.#reload();
    storage.areNumbersSure = () => !replica.outbox.hasTakenNumbers;
    channel.listen((message) => this.#hear(message));
    replica.connection.subscribe(() => this.#connectionChanged());
    replica.progress.subscribe(() => this.#tellStatus());
  }

  /** From now on this leadership starts and ends the sync client. */
  join(leadership: TabLeadership): void {
    this.#leadership = leadership;
    leadership.start();
    // What was told between the reading of the disk and now, nobody here heard.
    this.lookAround();
  }

  /** This tab leads: what other tabs wrote meanwhile comes first. */
  async lead(term: number, commits: number): Promise<void> {
    const { storage, sync } = this.#options;
    // What it was about to fetch when it stopped may be older than what other tabs have fetched since.
    sync.rest();
    storage.lead(term);
    if (commits !== storage.commits) await this.#reload();
    if (this.#closed || !this.#leadership?.leads) return;
    sync.start();
    this.lookAround();
  }

  /** At the beginning, and from time to time while this tab leads. */
  lookAround(): void {
    const { storage, replica } = this.#options;
    storage.lookForUntold(() => replica.outbox.state.next);
  }

  follow(): void {
    const { storage, sync } = this.#options;
    storage.follow();
    // What it needs of the person goes on being shown.
    if (!sync.halted) sync.rest();
  }

  /** Asks the tab that leads, which may be this one. */
  syncNow(): void {
    if (this.#leadership?.leads) this.#options.sync.syncNow();
    else this.#options.channel.post({ type: 'sync' });
  }

  tellSignedOut(): void {
    this.#options.channel.post({ type: 'signed-out' });
  }

  close(): void {
    this.#closed = true;
    this.#leadership?.stop();
    this.#options.channel.close();
  }

  #hear(message: TabMessage): void {
    if (this.#closed) return;
    const { replica, storage, sync } = this.#options;
    switch (message.type) {
      case 'appended':
        if (message.clientId !== replica.outbox.state.clientId || this.#missed(message.mutations)) void this.#reload();
        else replica.insertPending(message.mutations);
        return;
      case 'queue-changed':
        void this.#reload();
        return;
      case 'outbox':
        if (message.change.type === 'renumber' || message.change.type === 'reinstate') void this.#reload();
        else replica.mirrorOutbox(message.change);
        return;
      case 'committed':
        this.#follow(message.commits, message.update);
        return;
      case 'status':
        this.#followStatus(message);
        return;
      case 'sync':
        if (storage.leads) sync.syncNow();
        return;
      case 'signed-out':
        this.#options.onSignedOut();
        return;
      case 'led':
        this.#leadership?.hear('led', message.term);
        return;
      case 'released':
      case 'wanted':
        this.#leadership?.hear(message.type);
    }
  }

  /** A tab that cannot go on by itself leaves the server to others: one of a newer version, or of a new session. */
  #connectionChanged(): void {
    if (this.#options.sync.halted) this.#leadership?.stop();
    else this.#tellStatus();
  }

  #followStatus({ connection, progress }: Extract<TabMessage, { type: 'status' }>): void {
    const { replica, storage, sync } = this.#options;
    // Of a version that is too old, whatever tab of a newer one leads.
    if (storage.leads || sync.halted === 'update-needed') return;
    if (sync.halted && connection === 'online') {
      // Somebody signed in again in another tab: this one may lead again too.
      sync.rest();
      this.#leadership?.start();
    }
    replica.connection.set(connection);
    replica.progress.set(progress);
  }

  /** Something was kept before these that this tab has not heard of. */
  #missed([first]: readonly PendingMutation[]): boolean {
    return first !== undefined && first.seq > this.#options.replica.outbox.state.next;
  }

  #follow(commits: number, update: Extract<TabMessage, { type: 'committed' }>['update']): void {
    const { replica, storage } = this.#options;
    // With the first one a cache begins that the browser had cleared: the count of the one before says nothing.
    if (commits <= storage.commits && commits !== 1) return;
    if (storage.leads || !update || commits !== storage.commits + 1 || this.#reloading) {
      void this.#reload();
      return;
    }
    storage.commits = commits;
    replica.applyPull(update, []);
  }

  /** Reads everything anew; at most one reading at a time, and one more when something happened during it. */
  #reload(): Promise<void> {
    if (this.#reloading) {
      this.#reloadAgain = true;
      return this.#reloading;
    }
    this.#reloading = this.#readAll().finally(() => {
      this.#reloading = null;
      if (!this.#reloadAgain || this.#closed) return;
      this.#reloadAgain = false;
      void this.#reload();
    });
    return this.#reloading;
  }

  async #readAll(): Promise<void> {
    const { replica, storage } = this.#options;
    try {
      const kept = await storage.reload();
      if (!this.#closed) replica.reload(kept.outbox, kept.cache);
    } catch {
      // The disk fails: this tab goes on with what it knows, and the server has the rest.
    }
  }

  #tellStatus(): void {
    const { replica, storage, channel } = this.#options;
    if (!storage.leads || this.#closed) return;
    channel.post({ type: 'status', connection: replica.connection.get(), progress: replica.progress.get() });
  }
}
