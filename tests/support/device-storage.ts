import type { BaseChange, CacheState, CacheStorage, StagedPage } from '#web/replica/base-rows.ts';
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
  #cache: CacheState | null = null;
  #rows = new Map<string, BaseChange>();
  #pages: readonly StagedPage[] = [];

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
    read: () =>
      this.#cache || this.#pages.length > 0
        ? {
            state: this.#cache ?? { identity: null, cursors: new Map(), last: 0 },
            rows: [...this.#rows.values()],
            stage: this.#pages,
          }
        : null,
    commit: (state, changes) => {
      this.#cache = state;
      this.#pages = [];
      for (const change of changes) {
        const key = `${change.kind} ${change.id}`;
        if (change.row) this.#rows.set(key, change);
        else this.#rows.delete(key);
      }
      if (!this.losePowerAfterCache) return;
      this.losePowerAfterCache = false;
      throw new PowerLoss();
    },
    putPage: (page) => {
      this.#pages = [...this.#pages.filter(({ s, n }) => s !== page.s || n !== page.n), page];
    },
    dropPages: (scopes) => {
      this.#pages = this.#pages.filter(({ s }) => !scopes.includes(s));
    },
  };

  /** A copy of the disk, as backups and virtual machines make them. */
  clone(): DeviceStorage {
    const copy = new DeviceStorage(this.#newClientId);
    copy.#outbox = this.#outbox;
    copy.#cache = this.#cache;
    copy.#rows = new Map(this.#rows);
    copy.#pages = this.#pages;
    return copy;
  }
}
