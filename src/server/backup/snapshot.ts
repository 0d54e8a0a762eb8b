import { existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import type { DatabaseTarget } from '#server/db/database.ts';
import { NodeSqliteDialect } from '#server/db/sqlite-dialect.ts';
import { SqliteConnection } from '#server/db/sqlite-connection.ts';
import { NothingThereError } from './backup-errors.ts';
import type { OpenTables } from './table-shape.ts';

/** Runs `work` on the database as it is at one instant, without keeping anybody from writing. */
export type SnapshotSource = <T>(work: (tables: OpenTables) => Promise<T>) => Promise<T>;

/** Over a connection of its own, with neither lock nor migration: a server may run beside it. */
export function snapshotOf(target: DatabaseTarget): SnapshotSource {
  return target.engine === 'sqlite'
    ? (work) => fromFile(target.path, work)
    : async (work) => {
        const { createPostgresDialect, createPostgresPool } = await import('#server/db/postgres-dialect.ts');
        const pool = createPostgresPool({ url: target.url, max: 1, timeouts: false });
        const db = new Kysely<unknown>({ dialect: createPostgresDialect(pool) });
        try {
          return await fromPostgres(db, work);
        } finally {
          await db.destroy();
        }
      };
}

async function fromFile<T>(path: string, work: (tables: OpenTables) => Promise<T>): Promise<T> {
  if (!existsSync(path)) throw new NothingThereError(`There is no database at ${path}.`);
  const connection = new SqliteConnection({ path, readOnly: true });
  try {
    return await fromConnection(connection)(work);
  } finally {
    connection.close();
  }
}

/** In WAL mode a reader sees what was committed when its transaction began, and no writer waits for it. */
export function fromConnection(connection: SqliteConnection): SnapshotSource {
  return (work) =>
    kyselyOver(connection)
      .transaction()
      .execute((db) => work({ engine: 'sqlite', db }));
}

export function fromPostgres<T>(db: Kysely<unknown>, work: (tables: OpenTables) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => work({ engine: 'postgres', db: tx }));
}

/** Kysely over the one connection that the caller has. */
export function kyselyOver(connection: SqliteConnection): Kysely<unknown> {
  const source = { acquire: () => connection, release: () => undefined };
  return new Kysely({ dialect: new NodeSqliteDialect({ source, begin: 'begin' }) });
}
