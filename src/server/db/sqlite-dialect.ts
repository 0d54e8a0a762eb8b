import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Hands out connections; `acquire` waits its turn when all are taken. */
export interface ConnectionSource {
  acquire(): Promise<SqliteConnection> | SqliteConnection;
  release(connection: SqliteConnection): void;
}

/** Opens connections when needed, up to `max`, and prefers the one used last: its statements and pages are warm. */
export class ConnectionPool implements ConnectionSource {
  readonly #open: () => SqliteConnection;
  readonly #max: number;
  readonly #all: SqliteConnection[] = [];
  readonly #free: SqliteConnection[] = [];
  readonly #waiting: ((connection: SqliteConnection) => void)[] = [];

  constructor(max: number, open: () => SqliteConnection) {
    this.#max = max;
    this.#open = open;
  }

  acquire(): Promise<SqliteConnection> | SqliteConnection {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#all.length < this.#max) {
      const opened = this.#open();
      this.#all.push(opened);
      return opened;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  release(connection: SqliteConnection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#free.push(connection);
  }

  close(): void {
    for (const connection of this.#all) connection.close();
    this.#all.length = 0;
    this.#free.length = 0;
  }
}

class Adapter extends SqliteAdapter {
  // The pool serialises; Kysely's own mutex would make readers wait for each other.
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  // SQLite does roll back DDL; Kysely leaves it out because foreign keys cannot be switched off inside.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Connection implements DatabaseConnection {
  readonly sqlite: SqliteConnection;

  constructor(sqlite: SqliteConnection) {
    this.sqlite = sqlite;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = this.sqlite.execute(sql, parameters);
    return changes === undefined ? { rows: rows as R[] } : { rows: rows as R[], numAffectedRows: BigInt(changes) };
  }

  // oxlint-disable-next-line require-yield -- the interface demands a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported: read pages.');
  }
}

/** Savepoints, commit and rollback are Kysely's own; only where connections come from is ours. */
class PooledSqliteDriver extends SqliteDriver {
  readonly #source: ConnectionSource;
  readonly #begin: string;

  constructor(source: ConnectionSource, begin: string) {
    super({ database: () => Promise.reject(new Error('Connections come from the pool.')) });
    this.#source = source;
    this.#begin = begin;
  }

  override async init(): Promise<void> {}

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new Connection(await this.#source.acquire());
  }

  override async releaseConnection(connection?: DatabaseConnection): Promise<void> {
    this.#source.release((connection as Connection).sqlite);
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin));
  }

  /** Whoever made the pool closes it. */
  override async destroy(): Promise<void> {}
}

export interface NodeSqliteDialectOptions {
  readonly source: ConnectionSource;
  /** IMMEDIATE takes the write lock at once, so that a transaction never fails half-way for want of it. */
  readonly begin: 'begin' | 'begin immediate';
}

export class NodeSqliteDialect implements Dialect {
  readonly #options: NodeSqliteDialectOptions;

  constructor(options: NodeSqliteDialectOptions) {
    this.#options = options;
  }

  createDriver(): Driver {
    return new PooledSqliteDriver(this.#options.source, this.#options.begin);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new Adapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}
