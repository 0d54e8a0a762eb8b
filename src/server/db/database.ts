import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { Engine } from './engine.ts';
import { appliedMigrations, assertMigrated, migrate, pendingMigrations } from './migrator.ts';
import type { Schema } from './schema.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { ConnectionPool, NodeSqliteDialect } from './sqlite-dialect.ts';
import { SqliteLock } from './sqlite-lock.ts';

export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

/** Where the data is. */
export type DatabaseTarget =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

export interface Database extends AsyncDisposable {
  readonly engine: Engine;
  /** For reads. Never waits for a writer; sees what is committed. */
  readonly reader: Db;
  /** For transactions that write. SQLite has one such connection, and transactions queue for it. */
  readonly writer: Db;
  /** The same connections without Kysely's promises, for the paths whose time is the database's; SQLite only. */
  readonly sqlite: SqliteAccess | undefined;
  /** The connections of the write path; PostgreSQL only. Statements that are sent together travel together. */
  readonly postgres: Pool | undefined;
  /** How many reads can be under way at once. */
  readonly readConnections: number;
  close(): Promise<void>;
}

export interface SqliteAccess {
  /** `work` has the writer for itself until its promise settles, transactions of `writer` included. */
  withWriter<T>(work: (connection: SqliteConnection) => T | Promise<T>): Promise<T>;
  /** One read in autocommit; `work` must not keep the connection. */
  read<T>(work: (connection: SqliteConnection) => T): T;
}

export interface OpenOptions {
  /** Bring the schema up to date first. Default: true. */
  readonly migrate?: boolean;
  /** Beside a server that runs: without its lock on the file, and therefore without migrating. Default: false. */
  readonly shared?: boolean;
  /** Called before the schema of an older version is changed; when it throws, nothing is. */
  readonly beforeUpgrade?: () => Promise<unknown>;
  /** How many processes on this machine share the connections to PostgreSQL. Default: one. */
  readonly processes?: number;
  /** Called once when an fsync fails; the process has to end without acknowledging anything more. */
  readonly onFsyncFailure?: (error: Error) => void;
}

export function openDatabase(target: DatabaseTarget, options: OpenOptions = {}): Promise<Database> {
  return target.engine === 'sqlite' ? openSqlite(target.path, options) : openPostgres(target.url, options);
}

/** Everything that `work` reads is from one instant. */
export function inSnapshot<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const transaction = database.reader.transaction();
  return database.engine === 'sqlite'
    ? transaction.execute(work)
    : transaction.setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

/** `work` either happens as a whole and durably, or not at all. */
export function inTransaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return database.writer.transaction().execute(work);
}

const SQLITE_READERS = 4;
/** Per process, of all processes together, and what a process works with at the least. */
const POSTGRES_READERS = { most: 16, together: 48, least: 4 };
const POSTGRES_WRITERS = { most: 8, together: 24, least: 2 };

/** PostgreSQL takes a hundred connections unless told otherwise: more processes get fewer each. */
function connectionsOf(processes: number, { most, together, least }: typeof POSTGRES_READERS): number {
  return Math.max(least, Math.min(most, Math.floor(together / processes)));
}

async function openSqlite(path: string, options: OpenOptions): Promise<Database> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = options.shared ? undefined : new SqliteLock(path);
  const { onFsyncFailure } = options;
  const open = (readOnly: boolean) => () =>
    new SqliteConnection({ path, readOnly, ...(onFsyncFailure && { onFsyncFailure }) });
  const writers = new ConnectionPool(1, open(false));
  const readers = new ConnectionPool(SQLITE_READERS, open(true));
  const writer = new Kysely<Schema>({ dialect: new NodeSqliteDialect({ source: writers, begin: 'begin immediate' }) });
  const reader = new Kysely<Schema>({ dialect: new NodeSqliteDialect({ source: readers, begin: 'begin' }) });
  const direct = new DirectReader(open(true));
  const close = async (): Promise<void> => {
    direct.close();
    readers.close();
    writers.close();
    lock?.release();
  };
  try {
    if (options.shared) await assertMigrated(reader as Kysely<unknown>, 'sqlite');
    else if (options.migrate ?? true) await upgrade(writer as Kysely<unknown>, 'sqlite', options);
    return {
      engine: 'sqlite',
      reader,
      writer,
      sqlite: sqliteAccess(writers, direct),
      postgres: undefined,
      readConnections: SQLITE_READERS,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function upgrade(db: Kysely<unknown>, engine: Engine, { beforeUpgrade }: OpenOptions): Promise<void> {
  const applied = await appliedMigrations(db, engine);
  if (applied.length > 0 && pendingMigrations(applied).length > 0) await beforeUpgrade?.();
  await migrate(db, engine);
}

/** A connection of its own, so that a synchronous read never meets a snapshot that somebody else began. */
class DirectReader {
  readonly #open: () => SqliteConnection;
  #connection: SqliteConnection | undefined;

  constructor(open: () => SqliteConnection) {
    this.#open = open;
  }

  get connection(): SqliteConnection {
    return (this.#connection ??= this.#open());
  }

  close(): void {
    this.#connection?.close();
  }
}

function sqliteAccess(writers: ConnectionPool, direct: DirectReader): SqliteAccess {
  return {
    async withWriter(work) {
      const connection = await writers.acquire();
      try {
        return await work(connection);
      } finally {
        writers.release(connection);
      }
    },
    read: (work) => work(direct.connection),
  };
}

async function openPostgres(url: string, options: OpenOptions): Promise<Database> {
  const { assertDurablePostgres, createPostgresDialect, createPostgresPool } = await import('./postgres-dialect.ts');
  const { PostgresPresence } = await import('./postgres-presence.ts');
  const presence = await PostgresPresence.enter(url);
  if (options.migrate ?? true) {
    const migrating = new Kysely<unknown>({
      dialect: createPostgresDialect(createPostgresPool({ url, max: 1, timeouts: false })),
    });
    try {
      await upgrade(migrating, 'postgres', options);
    } catch (error) {
      await presence.leave();
      throw error;
    } finally {
      await migrating.destroy();
    }
  }
  const { processes = 1 } = options;
  const readers = connectionsOf(processes, POSTGRES_READERS);
  const pool = createPostgresPool({ url, max: readers, timeouts: true });
  const max = connectionsOf(processes, POSTGRES_WRITERS);
  const writers = createPostgresPool({ url, max, timeouts: true, byKey: true });
  const db = new Kysely<Schema>({ dialect: createPostgresDialect(pool) });
  const close = async (): Promise<void> => {
    await db.destroy();
    await writers.end();
    // Kysely leaves the pool open when it has not run a query yet.
    if (!pool.ended) await pool.end();
    await presence.leave();
  };
  try {
    await assertDurablePostgres(pool);
    return {
      engine: 'postgres',
      reader: db,
      writer: db,
      sqlite: undefined,
      postgres: writers,
      readConnections: readers,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
