import { EDITION } from '#core/sync/protocol.ts';
import type { CacheDisk } from '#web/replica/storage/cache-disk.ts';
import type { SyncEnvironment } from '#web/replica/sync-transport.ts';
import type { TabChannel } from './tab-channel.ts';

/** A tab that says nothing for this long is frozen or gone. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/** A hidden tab leaves the lead to a visible one for this long after it became free. */
const HIDDEN_PATIENCE_MS = 60_000;

/** Each edition has a cache of its own, and so a lead of its own. */
export function leaderLock(userId: string, edition = EDITION): string {
  return `tend-leader-${edition}-${userId}`;
}

export interface TabLeadershipOptions {
  readonly tab: string;
  readonly disk: Pick<CacheDisk, 'take' | 'renew'>;
  readonly channel: TabChannel;
  readonly environment: SyncEnvironment;
  /** Absent on plain http. With them, the end of a leading tab is noticed at once. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly lockName: string;
  readonly isVisible: () => boolean;
  /** This tab leads from now on; `commits` is the newest on the disk. */
  readonly onLead: (term: number, commits: number) => void;
  readonly onFollow: () => void;
  /** It goes on leading; called every few seconds. */
  readonly onRenew: () => void;
}

/**
 * Decides which tab of an account talks to the server. The lease on the disk decides; it is checked again in every
 * write, so that a tab which slept through its end can do no harm. Web Locks only tell sooner that it is free, and
 * none of this has to be right for the data to be: the server takes each mutation once, whoever sends it.
 */
export class TabLeadership {
  readonly #options: TabLeadershipOptions;
  #term: number | null = null;
  #freeSince: number | null = null;
  #taking: Promise<void> | null = null;
  #stopped = true;
  #cancelTimer: () => void = () => {};
  #endLock = new AbortController();

  constructor(options: TabLeadershipOptions) {
    this.#options = options;
  }

  get leads(): boolean {
    return this.#term !== null;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#waitForLock();
    this.#schedule();
    void this.#take(false);
  }

  /** Leaves the lead to others, as when the page is closed or cannot go on. */
  stop(): void {
    if (this.#end()) void this.#release();
  }

  /**
   * The same for a page that stands still from now on. It says nothing on the disk: a transaction that it begins and
   * does not end keeps all tabs from the cache until it goes on. The lock is free at once, and the lease ends by itself.
   */
  suspend(): void {
    if (!this.#end() || this.#term === null) return;
    this.#term = null;
    this.#options.onFollow();
    this.#options.channel.post({ type: 'released' });
  }

  /** The page became visible or hidden. */
  visibilityChanged(): void {
    if (this.#stopped) return;
    if (!this.#options.isVisible()) return;
    if (this.leads) return;
    this.#options.channel.post({ type: 'wanted' });
    void this.#take(false);
  }

  /** Another tab said something about the lead. */
  hear(message: 'led' | 'released' | 'wanted', term = 0): void {
    if (this.#stopped) return;
    if (message === 'led' && this.#term !== null && term > this.#term) this.fenced();
    if (message === 'released') void this.#take(false);
    if (message === 'wanted' && this.leads && !this.#options.isVisible()) {
      this.#endLock.abort();
      void this.#release().then(() => this.#waitForLock());
    }
  }

  /** A write found that another tab leads. */
  fenced(): void {
    if (this.#term === null) return;
    this.#term = null;
    this.#options.onFollow();
  }

  /** Whether it had not ended before. */
  #end(): boolean {
    if (this.#stopped) return false;
    this.#stopped = true;
    this.#cancelTimer();
    this.#endLock.abort();
    return true;
  }

  #schedule(): void {
    this.#cancelTimer = this.#options.environment.setTimer(RENEW_MS, () => {
      void (this.leads ? this.#renew() : this.#take(false)).finally(() => {
        if (!this.#stopped) this.#schedule();
      });
    });
  }

  async #renew(): Promise<void> {
    const term = this.#term;
    if (term === null) return;
    try {
      const kept = await this.#options.disk.renew(term, this.#options.environment.clock() + LEASE_MS);
      if (kept) this.#options.onRenew();
      else this.fenced();
    } catch {
      // A disk that fails says nothing about other tabs. Writes are checked on their own.
    }
  }

  /** One attempt at a time. With `force` the one who led is known to be gone, which an attempt before did not know. */
  async #take(force: boolean): Promise<void> {
    if (this.#taking && !force) return;
    // Without one there is nothing to wait for: a moment's pause would let a second attempt begin.
    while (this.#taking) await this.#taking;
    if (this.#stopped || this.leads) return;
    this.#taking = this.#tryToTake(force).finally(() => {
      this.#taking = null;
    });
    await this.#taking;
  }

  async #tryToTake(force: boolean): Promise<void> {
    const { disk, tab, environment, isVisible, channel } = this.#options;
    const now = environment.clock();
    if (!force && !isVisible()) {
      this.#freeSince ??= now;
      if (now - this.#freeSince < HIDDEN_PATIENCE_MS) return;
    }
    try {
      const taken = await disk.take(tab, now, now + LEASE_MS, force);
      if (!taken || this.#stopped) return;
      this.#freeSince = null;
      this.#term = taken.term;
      channel.post({ type: 'led', term: taken.term });
      this.#options.onLead(taken.term, taken.commits);
    } catch {
      // Without a disk there is nothing that tabs could share: each leads itself.
      if (this.#stopped) return;
      this.#term = 0;
      this.#options.onLead(0, 0);
    }
  }

  async #release(): Promise<void> {
    const term = this.#term;
    if (term === null) return;
    this.#term = null;
    this.#options.onFollow();
    try {
      await this.#options.disk.renew(term, 0);
    } catch {
      // It ends by itself.
    }
    this.#options.channel.post({ type: 'released' });
  }

  /** Granted when the tab that held it is gone, or let go. */
  #waitForLock(): void {
    const { locks, lockName } = this.#options;
    if (!locks || this.#stopped) return;
    this.#endLock = new AbortController();
    const { signal } = this.#endLock;
    locks
      .request(lockName, { signal }, async () => {
        void this.#take(true);
        const ended = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => ended.resolve());
        await ended.promise;
      })
      .catch(() => undefined);
  }
}
