import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { foldCase } from '#core/filters/filter.ts';
import { compileFactory } from './row-factory.ts';

/** 3.7.0 to 3.51.2 can corrupt a WAL when several connections checkpoint (https://sqlite.org/wal.html#walresetbug). */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const;
/** Queries with lists of varying length would otherwise fill the memory with statements. */
const STATEMENTS_MAX = 400;
const FSYNC_FAILURES = new Set([1034, 1290]); // SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC

export type SqlRow = Record<string, unknown>;

export interface SqliteOptions {
  readonly path: string;
  readonly readOnly: boolean;
  /** Called when the disk refused an fsync: what was acknowledged before is safe, nothing after can be promised. */
  readonly onFsyncFailure?: (error: Error) => void;
}

interface Prepared {
  readonly statement: StatementSync;
  /** Undefined for statements that return no rows. */
  readonly toRow: ((values: readonly unknown[]) => SqlRow) | undefined;
}

/** One connection, synchronous. Every statement is prepared once and kept. */
export class SqliteConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();
  readonly #onFsyncFailure: ((error: Error) => void) | undefined;

  constructor({ path, readOnly, onFsyncFailure }: SqliteOptions) {
    this.#onFsyncFailure = onFsyncFailure;
    this.#database = new DatabaseSync(path, { readOnly, timeout: 1000 });
    try {
      assertSafeVersion(this.#pragma('sqlite_version()', 'select'));
      // NORMAL would lose acknowledged writes when the power fails; it is also the default of some builds in WAL mode.
      if (!readOnly) this.#database.exec('PRAGMA journal_mode = WAL');
      this.#database.exec(`
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA mmap_size = 0;
        PRAGMA cache_size = -8000;
        PRAGMA temp_store = MEMORY;
        PRAGMA trusted_schema = OFF;
        PRAGMA journal_size_limit = 67108864;
      `);
      if (!readOnly) this.#assertDurable();
      // `lower` of SQLite knows ASCII only.
      this.#database.function('fold_case', { deterministic: true }, (text) =>
        typeof text === 'string' ? foldCase(text) : null,
      );
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Builds have been seen that report FULL until the first write and NORMAL from then on: so write, then ask. */
  #assertDurable(): void {
    const version = this.#pragma('user_version');
    this.#database.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${Number(version)}; COMMIT`);
    const synchronous = this.#pragma('synchronous');
    const journal = this.#pragma('journal_mode');
    if (synchronous !== 2 || journal !== 'wal') {
      throw new Error(
        `SQLite does not write durably here: synchronous is ${String(synchronous)} instead of 2, ` +
          `journal_mode is ${String(journal)} instead of wal.`,
      );
    }
  }

  #pragma(name: string, verb: 'PRAGMA' | 'select' = 'PRAGMA'): unknown {
    return Object.values(this.#database.prepare(`${verb} ${name}`).get() ?? {})[0];
  }

  all<T = SqlRow>(sql: string, parameters: readonly unknown[] = []): T[] {
    const { statement, toRow } = this.#prepare(sql);
    if (!toRow) throw new Error(`This statement returns no rows: ${sql}`);
    return this.#guard(() =>
      (statement.all(...(parameters as SQLInputValue[])) as unknown as unknown[][]).map(toRow),
    ) as T[];
  }

  get<T = SqlRow>(sql: string, parameters: readonly unknown[] = []): T | undefined {
    const { statement, toRow } = this.#prepare(sql);
    if (!toRow) throw new Error(`This statement returns no rows: ${sql}`);
    const values = this.#guard(
      () => statement.get(...(parameters as SQLInputValue[])) as unknown as unknown[] | undefined,
    );
    return values && (toRow(values) as T);
  }

  run(sql: string, parameters: readonly unknown[] = []): { readonly changes: number } {
    const { statement } = this.#prepare(sql);
    const { changes } = this.#guard(() => statement.run(...(parameters as SQLInputValue[])));
    return { changes: Number(changes) };
  }

  /** Rows where the statement returns some, else the number of rows that it changed. */
  execute(
    sql: string,
    parameters: readonly unknown[],
  ): { readonly rows: SqlRow[]; readonly changes: number | undefined } {
    return this.#prepare(sql).toRow
      ? { rows: this.all(sql, parameters), changes: undefined }
      : { rows: [], changes: this.run(sql, parameters).changes };
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    let prepared = this.#statements.get(sql);
    if (prepared) {
      if (this.#statements.size > STATEMENTS_MAX / 2) {
        // Map order is age: using a statement makes it young again.
        this.#statements.delete(sql);
        this.#statements.set(sql, prepared);
      }
      return prepared;
    }
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    const names = statement.columns().map((column) => column.name);
    // FTS5 deletes leave tombstones whose rowid is above 2^53, and `run` also reads the last rowid.
    if (names.length === 0) statement.setReadBigInts(true);
    prepared = { statement, toRow: names.length > 0 ? rowFactory(names) : undefined };
    this.#statements.set(sql, prepared);
    if (this.#statements.size > STATEMENTS_MAX) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return prepared;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { errcode } = error as { errcode?: number };
      if (errcode !== undefined && FSYNC_FAILURES.has(errcode)) this.#onFsyncFailure?.(error as Error);
      throw error;
    }
  }
}

/** Rows of `node:sqlite` have no prototype, which makes JSON.stringify three times as slow; so we make our own. */
function rowFactory(names: readonly string[]): (values: readonly unknown[]) => SqlRow {
  return compileFactory(names.map((name, i) => [name, `v[${i}]`]));
}

function assertSafeVersion(version: unknown): void {
  const parts = String(version).split('.').map(Number);
  for (const [i, least] of OLDEST_SAFE_SQLITE.entries()) {
    const part = parts[i] ?? 0;
    if (part > least) return;
    if (part < least) {
      throw new Error(
        `SQLite ${String(version)} can corrupt databases; ${OLDEST_SAFE_SQLITE.join('.')} is the oldest safe one.`,
      );
    }
  }
}
