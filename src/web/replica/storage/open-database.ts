import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';

/**
 * A database that is opened when it is first used, and again when the browser closed it: Chromium and WebKit do so
 * after a crash of their storage process, when a device runs out of space, and when the person clears the site.
 */
export class ReopeningDatabase<Schema extends DBSchema> {
  readonly #open: () => Promise<IDBPDatabase<Schema>>;
  #opened: Promise<IDBPDatabase<Schema>> | null = null;
  #closed = false;
  /** Somebody deleted it on purpose: it ends. */
  onDeleted: () => void = () => {};

  constructor(open: () => Promise<IDBPDatabase<Schema>>) {
    this.#open = open;
  }

  /** Does the work, once more on a new connection when the first was lost. */
  async run<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#connection());
    } catch (error) {
      if (!isLostConnection(error) || this.#closed) throw error;
      this.#forget();
      return work(await this.#connection());
    }
  }

  /** One transaction that writes: as a whole, or not at all when the work throws. */
  transact<Name extends StoreNames<Schema>, T>(
    stores: readonly Name[],
    durability: IDBTransactionDurability,
    work: (tx: IDBPTransaction<Schema, Name[], 'readwrite'>) => Promise<T>,
  ): Promise<T> {
    return this.run(async (database) => {
      const tx = database.transaction([...stores], 'readwrite', { durability });
      const completed = tx.done;
      try {
        const result = await work(tx);
        await completed;
        return result;
      } catch (error) {
        completed.catch(() => undefined);
        abort(tx);
        throw error;
      }
    });
  }

  close(): void {
    this.#closed = true;
    this.#forget();
  }

  #connection(): Promise<IDBPDatabase<Schema>> {
    if (this.#closed) return Promise.reject(new DOMException('The database is closed.', 'InvalidStateError'));
    this.#opened ??= this.#open().then(
      (database) => {
        database.addEventListener('close', () => this.#forget());
        database.addEventListener('versionchange', ({ newVersion }) => {
          // This connection must not hold up whoever deletes the database, nor make it anew behind their back.
          if (newVersion === null) {
            this.close();
            this.onDeleted();
          } else this.#forget();
        });
        return database;
      },
      (error: unknown) => {
        this.#opened = null;
        throw error;
      },
    );
    return this.#opened;
  }

  #forget(): void {
    const opened = this.#opened;
    this.#opened = null;
    opened?.then(
      (database) => database.close(),
      () => undefined,
    );
  }
}

function abort(tx: Pick<IDBTransaction, 'abort'>): void {
  try {
    tx.abort();
  } catch {
    // It has ended already.
  }
}

/** "The database connection is closing", "Connection to Indexed Database server lost", and their like. */
function isLostConnection(error: unknown): boolean {
  const { name, message } = error as { name?: string; message?: string };
  return name === 'InvalidStateError' || /connection|closing|server lost/i.test(message ?? '');
}
