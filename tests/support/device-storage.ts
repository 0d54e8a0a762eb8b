import { EDITION } from '#core/sync/protocol.ts';
import type { BaseChange, CacheState, CacheStorage, KeptRows, StagedPage } from '#web/replica/base-rows.ts';
import { changeOutbox, emptyOutbox, type OutboxState } from '#web/replica/outbox-state.ts';
import type { OutboxStorage } from '#web/replica/outbox.ts';

/** The device lost power between two writes. */
export class PowerLoss extends Error {
  override readonly name = 'PowerLoss';
}

/** What one account keeps on the disk of a device. Each write is atomic, and they take effect in their order. */
export class DeviceStorage {
  /** The next write of the cache is the last thing that happens. */
  losePowerAfterCache = false;
  readonly #newClientId: () => string;
  #outbox: OutboxState | null = null;
  /** Each edition has its own, and there is one at a time. */
  #cache = new KeptCache(EDITION);

  constructor(newClientId: () => string) {
    this.#newClientId = newClientId;
  }

  readonly outbox: OutboxStorage = {
    isFailing: () => false,
    read: () => (this.#outbox ??= emptyOutbox(this.#newClientId())),
    append: (mutation, kept) => {
      const state = (this.#outbox ??= emptyOutbox(this.#newClientId()));
      const seq = state.next;
      this.#outbox = { ...state, next: seq + 1, pending: [...state.pending, { ...mutation, seq }] };
      kept(seq);
    },
    change: (change, done) => {
      this.#outbox = changeOutbox((this.#outbox ??= emptyOutbox(this.#newClientId())), change);
      done(this.#outbox);
    },
  };

  readonly cache: CacheStorage = {
    read: () => this.#cache.read(),
    commit: (state, changes) => {
      this.#cache.commit(state, changes);
      if (!this.losePowerAfterCache) return;
      this.losePowerAfterCache = false;
      throw new PowerLoss();
    },
    putPage: (page) => {
      this.#cache.pages = [...this.#cache.pages.filter(({ s, n }) => s !== page.s || n !== page.n), page];
    },
    dropPages: (scopes) => {
      this.#cache.pages = this.#cache.pages.filter(({ s }) => !scopes.includes(s));
    },
  };

  /** A version of the app that may have other rows is started: it cannot use those of another edition. */
  openedBy(edition: string): void {
    if (this.#cache.edition !== edition) this.#cache = new KeptCache(edition);
  }

  /** A copy of the disk, as backups and virtual machines make them. */
  clone(): DeviceStorage {
    const copy = new DeviceStorage(this.#newClientId);
    copy.#outbox = this.#outbox;
    copy.#cache = this.#cache.clone();
    return copy;
  }

  /** Somebody loses what was never sent. */
  loseOutbox(): void {
    this.#outbox = null;
  }
}

class KeptCache {
  readonly edition: string;
  pages: readonly StagedPage[] = [];
  #state: CacheState | null = null;
  #rows = new Map<string, BaseChange>();

  constructor(edition: string) {
    this.edition = edition;
  }

  read(): KeptRows | null {
    if (!this.#state && this.pages.length === 0) return null;
    const state = this.#state ?? { identity: null, cursors: new Map(), last: 0 };
    return { state, rows: [...this.#rows.values()], stage: this.pages };
  }

  commit(state: CacheState, changes: readonly BaseChange[]): void {
    this.#state = state;
    this.pages = [];
    for (const change of changes) {
      const key = `${change.kind} ${change.id}`;
      if (change.row) this.#rows.set(key, change);
      else this.#rows.delete(key);
    }
  }

  clone(): KeptCache {
    const copy = new KeptCache(this.edition);
    copy.pages = this.pages;
    copy.#state = this.#state;
    copy.#rows = new Map(this.#rows);
    return copy;
  }
}
