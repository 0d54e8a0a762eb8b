import type { BaseChange, CacheState, CacheStorage } from '#web/replica/base-rows.ts';
import type { OutboxState, OutboxStorage } from '#web/replica/outbox.ts';

/** The device lost power between two writes. */
export class PowerLoss extends Error {
  override readonly name = 'PowerLoss';
}

/** What one account keeps on the disk of a device. Each of the two parts is written atomically, not both together. */
export class DeviceStorage {
  /** The next write of the cache is the last thing that happens. */
  losePowerAfterCache = false;
  #outbox: OutboxState | null = null;
  #cache: CacheState | null = null;
  #rows = new Map<string, BaseChange>();

  readonly outbox: OutboxStorage = {
    read: () => this.#outbox,
    write: (state) => {
      this.#outbox = state;
    },
  };

  readonly cache: CacheStorage = {
    read: () => (this.#cache ? { state: this.#cache, rows: [...this.#rows.values()] } : null),
    commit: (state, changes) => {
      this.#cache = state;
      for (const change of changes) {
        const key = `${change.kind} ${change.id}`;
        if (change.row) this.#rows.set(key, change);
        else this.#rows.delete(key);
      }
      if (!this.losePowerAfterCache) return;
      this.losePowerAfterCache = false;
      throw new PowerLoss();
    },
  };

  /** A copy of the disk, as backups and virtual machines make them. */
  clone(): DeviceStorage {
    const copy = new DeviceStorage();
    copy.#outbox = this.#outbox;
    copy.#cache = this.#cache;
    copy.#rows = new Map(this.#rows);
    return copy;
  }
}
