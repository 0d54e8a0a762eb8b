import type { DBSchema, IDBPDatabase } from 'idb';

/**
 * A database that is opened when it is first used, and again when the browser closed it: Chromium and WebKit do so
 * after a crash of their storage process, when a device runs out of space, and when the person clears the site.
 */
export class ReopeningDatabase<Schema extends DBSchema> {
  readonly #open: () => Promise<IDBPDatabase<Schema>>;
  #opened: Promise<IDBPDatabase<Schema>> | null = null;
  #closed = false;

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

  close(): void {
    this.#closed = true;
    this.#forget();
  }

  #connection(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= this.#open().then(
      (database) => {
        database.addEventListener('close', () => this.#forget());
        // Somebody deletes the database: this connection must not hold it up.
        database.addEventListener('versionchange', () => this.#forget());
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

/** "The database connection is closing", "Connection to Indexed Database server lost", and their like. */
function isLostConnection(error: unknown): boolean {
  const { name, message } = error as { name?: string; message?: string };
  return name === 'InvalidStateError' || /connection|closing|server lost/i.test(message ?? '');
}
