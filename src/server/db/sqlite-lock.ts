import { DatabaseSync } from 'node:sqlite';

/** Another process has this database open for writing. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
}

/**
 * Keeps a second process off the same file. The lock is one of SQLite's own, on an empty file beside the database:
 * the kernel takes it back when the process dies, however it dies, which no file with a process id in it can promise.
 */
export class SqliteLock {
  readonly #file: DatabaseSync;

  constructor(databasePath: string) {
    this.#file = new DatabaseSync(`${databasePath}.lock`, { timeout: 0 });
    try {
      this.#file.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      this.#file.close();
      throw new DatabaseInUseError(`Another Tend process is using ${databasePath}.`, { cause });
    }
  }

  release(): void {
    this.#file.close();
  }
}
