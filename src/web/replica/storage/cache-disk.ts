import { deleteDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { Kind } from '#core/rows.ts';
import { EDITION } from '#core/sync/protocol.ts';
import type { BaseChange, CacheState, StagedPage } from '#web/replica/base-rows.ts';
import { ReopeningDatabase } from './open-database.ts';
import { changeRows, type RowSegment, rowsOf } from './row-segments.ts';

/** Who may write here. A tab that slept through the end of its term finds another one and writes nothing. */
export interface Lease {
  readonly tab: string;
  readonly term: number;
  /** Epoch milliseconds of this machine. */
  readonly until: number;
}

export interface KeptCache {
  readonly state: CacheState;
  readonly rows: readonly BaseChange[];
  readonly stage: readonly StagedPage[];
  /** How many commits there were: tells a tab whether it missed one. */
  readonly commits: number;
}

interface KeptState extends CacheState {
  readonly commits: number;
}

interface CacheSchema extends DBSchema {
  rows: { key: [Kind, string]; value: RowSegment };
  stage: { key: [string, number]; value: StagedPage };
  state: { key: 'state'; value: KeptState };
  lease: { key: 'lease'; value: Lease };
}

const STORES = ['rows', 'stage', 'state', 'lease'] as const;
type Transaction = IDBPTransaction<CacheSchema, (typeof STORES)[number][], 'readwrite'>;

/** What a commit puts on top of the one before it. */
export interface CacheCommit {
  readonly term: number;
  /** The count of commits that the writer's memory began with. */
  readonly after: number;
  readonly state: CacheState;
  readonly changes: readonly BaseChange[];
}

/** The term of a writer has ended: another tab leads, or the rows that it wants to change are not those of the disk. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

const PREFIX = 'tend-cache-';

/** Rows of another edition are not converted but fetched anew; each has a database of its own. */
export function cacheName(userId: string, edition = EDITION): string {
  return `${PREFIX}${edition}-${userId}`;
}

export function isCacheOf(name: string, userId: string): boolean {
  return name.startsWith(PREFIX) && name.endsWith(userId);
}

function openOwn(name: string): Promise<IDBPDatabase<CacheSchema>> {
  return openDB<CacheSchema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('rows', { keyPath: ['kind', 'first'] });
      database.createObjectStore('stage', { keyPath: ['s', 'n'] });
      database.createObjectStore('state');
      database.createObjectStore('lease');
    },
  });
}

/** One that a newer version of the app left behind is fetched anew; the queue beside it must not go with it. */
async function openCache(name: string): Promise<IDBPDatabase<CacheSchema>> {
  try {
    return await openOwn(name);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
    await deleteDB(name);
    return openOwn(name);
  }
}

/** Whether a tab of the version that this cache belongs to leads there at the moment. */
export async function isCacheInUse(name: string, now: number): Promise<boolean> {
  // Of whatever version it is. One that was removed meanwhile must not be made anew.
  const opening = openDB<CacheSchema>(name, undefined, {
    upgrade(_database, _from, _to, tx) {
      tx.done.catch(() => undefined);
      tx.abort();
    },
  });
  const database = await opening.catch(() => null);
  if (!database) return false;
  try {
    if (!database.objectStoreNames.contains('lease')) return false;
    return ((await database.get('lease', 'lease'))?.until ?? 0) > now;
  } finally {
    database.close();
  }
}

/** What the server told one account in this browser: rows, never optimistic ones, with how far they are true. */
export class CacheDisk {
  readonly #database: ReopeningDatabase<CacheSchema>;
  /**
   * Removed under this page, by a newer version of the app that found nobody at work here. The page goes on from
   * memory, each tab for itself; the queue is another database.
   */
  #gone = false;

  constructor(userId: string, edition = EDITION) {
    this.#database = new ReopeningDatabase(() => openCache(cacheName(userId, edition)));
    this.#database.onDeleted = () => {
      this.#gone = true;
    };
  }

  /** Null before the first pull was kept. */
  load(): Promise<KeptCache | null> {
    return this.#unlessGone(null, () => this.#read());
  }

  #read(): Promise<KeptCache | null> {
    return this.#database.run(async (database) => {
      const tx = database.transaction(['rows', 'stage', 'state'], 'readonly');
      const [kept, segments, stage] = await Promise.all([
        tx.objectStore('state').get('state'),
        tx.objectStore('rows').getAll(),
        tx.objectStore('stage').getAll(),
        tx.done,
      ]);
      if (!kept && stage.length === 0) return null;
      const { commits, ...state } = kept ?? { commits: 0, identity: null, cursors: new Map(), last: 0 };
      return { state, rows: rowsOf(segments), stage, commits };
    });
  }

  /** Rows, cursors and `last` in one transaction: none of them is true without the others. Answers with the count of commits. */
  commit({ term, after, state, changes }: CacheCommit): Promise<number> {
    return this.#write(term, after + 1, async (tx) => {
      const before = (await tx.objectStore('state').get('state'))?.commits ?? 0;
      // Cursors would claim rows that were never written.
      if (!this.fits(before, after)) throw new FencedError('The disk holds other rows.');
      const commits = before + 1;
      await Promise.all([
        changeRows(tx.objectStore('rows'), changes),
        tx.objectStore('state').put({ ...state, commits }, 'state'),
        tx.objectStore('stage').clear(),
      ]);
      return commits;
    });
  }

  /** Pages of a scope that is fetched anew, so that the next start goes on where this one ended. */
  putPage(term: number, page: StagedPage): Promise<unknown> {
    return this.#write<unknown>(term, null, (tx) => tx.objectStore('stage').put(page));
  }

  dropPages(term: number, scopes: readonly string[]): Promise<unknown> {
    return this.#write<unknown>(term, null, (tx) =>
      Promise.all(scopes.map((s) => tx.objectStore('stage').delete(IDBKeyRange.bound([s, 0], [s, Infinity])))),
    );
  }

  /** Begins a new term when the last one has ended, or in any case with `force`. Null while another tab leads. */
  take(tab: string, now: number, until: number, force: boolean): Promise<{ term: number; commits: number } | null> {
    return this.#lease({ term: 0, commits: 0 }, async (tx, lease) => {
      if (lease && lease.until > now && lease.tab !== tab && !force) return null;
      const term = (lease?.term ?? 0) + 1;
      await tx.objectStore('lease').put({ tab, term, until }, 'lease');
      return { term, commits: (await tx.objectStore('state').get('state'))?.commits ?? 0 };
    });
  }

  /** Whether the term still runs, and now until then. */
  renew(term: number, until: number): Promise<boolean> {
    return this.#lease(true, async (tx, lease) => {
      if (lease?.term !== term) return false;
      await tx.objectStore('lease').put({ ...lease, until }, 'lease');
      return true;
    });
  }

  close(): void {
    this.#database.close();
  }

  #lease<T>(otherwise: T, work: (tx: Transaction, lease: Lease | undefined) => Promise<T>): Promise<T> {
    return this.#unlessGone(otherwise, () =>
      // Relaxed: a cache that lost its end after a power cut is an older truth, which the next pull brings up to date.
      this.#database.transact(STORES, 'relaxed', async (tx) => work(tx, await tx.objectStore('lease').get('lease'))),
    );
  }

  #write<T>(term: number, otherwise: T, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#lease(otherwise, (tx, lease) => {
      if (!this.mayWrite(lease, term)) throw new FencedError('Another tab leads now.');
      return work(tx);
    });
  }

  async #unlessGone<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
    if (this.#gone) return otherwise;
    try {
      return await work();
    } catch (error) {
      if (this.#gone) return otherwise;
      throw error;
    }
  }

  protected fits(before: number, after: number): boolean {
    return before === after;
  }

  protected mayWrite(lease: Lease | undefined, term: number): boolean {
    return lease?.term === term;
  }
}
