import { existsSync } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { appliedMigrations, pendingMigrations } from '#server/db/migrator.ts';
import { SqliteConnection } from '#server/db/sqlite-connection.ts';
import { DatabaseInUseError, SqliteLock } from '#server/db/sqlite-lock.ts';
import { type BackupFile, flushDirectory } from './backup-file.ts';
import { DamagedDatabaseError, TargetNotEmptyError } from './backup-errors.ts';
import { hasAccounts, loadArchive } from './load-archive.ts';
import { keepPresent, type Restoration } from './restoration.ts';
import { fromConnection, kyselyOver } from './snapshot.ts';

/** Builds the database beside the present one, and puts it in its place with one rename. */
export async function restoreToSqlite(path: string, restoration: Restoration): Promise<BackupFile | undefined> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const lock = new SqliteLock(path);
  const built = `${path}.restoring`;
  try {
    const present = await openPresent(path);
    try {
      const safety = present && (await keepWhatIsThere(present, restoration));
      await removeDatabase(built);
      await build(built, restoration);
      await rename(built, path);
      await flushDirectory(dirname(path));
      return safety;
    } finally {
      // Held until now, so that nobody wrote to a file that is about to go.
      present?.close();
    }
  } finally {
    await removeDatabase(built);
    lock.release();
  }
}

/**
 * The present database, for us alone and in one file. With its write-ahead log still beside it, SQLite would apply
 * that log to the new database.
 */
async function openPresent(path: string): Promise<SqliteConnection | undefined> {
  if (!existsSync(path) || (await stat(path)).size === 0) {
    if (existsSync(`${path}-wal`) && (await stat(`${path}-wal`)).size > 0) {
      throw new TargetNotEmptyError(`${path}-wal belongs to a database that is no longer there. Move it away first.`);
    }
    return undefined;
  }
  let connection: SqliteConnection | undefined;
  try {
    connection = new SqliteConnection({ path, readOnly: false });
    connection.all('pragma locking_mode = exclusive');
    const [mode] = connection.all('pragma journal_mode = delete');
    if (mode?.['journal_mode'] !== 'delete') throw new DatabaseInUseError(`Another program is using ${path}.`);
    connection.run('begin exclusive');
    connection.run('commit');
    return connection;
  } catch (cause) {
    connection?.close();
    if (cause instanceof DatabaseInUseError) throw cause;
    const { errcode = 0, message } = cause as { errcode?: number; message: string };
    if ((errcode & 0xff) === 5) throw new DatabaseInUseError(`Another program is using ${path}.`, { cause });
    throw new DamagedDatabaseError(
      `${path} cannot be read (${message}). Move it away, with the files beside it that have its name, and restore again.`,
      { cause },
    );
  }
}

async function keepWhatIsThere(present: SqliteConnection, restoration: Restoration): Promise<BackupFile | undefined> {
  const db = kyselyOver(present);
  const applied = await appliedMigrations(db, 'sqlite');
  pendingMigrations(applied, restoration.migrations);
  if (applied.length === 0) {
    const { rows } = await sql`select 1 from sqlite_master limit 1`.execute(db);
    if (rows.length > 0) throw new TargetNotEmptyError('The file is a database of another program.');
    return undefined;
  }
  return (await hasAccounts(db)) ? keepPresent(fromConnection(present), restoration) : undefined;
}

async function build(path: string, { path: archive, manifest, newEpoch, migrations }: Restoration): Promise<void> {
  const connection = new SqliteConnection({ path, readOnly: false });
  try {
    // Nobody reads it before it is complete and flushed, so nothing has to be durable on the way.
    connection.all('pragma journal_mode = memory');
    connection.run('pragma synchronous = off');
    await kyselyOver(connection)
      .transaction()
      .execute((db) =>
        loadArchive({ engine: 'sqlite', db }, archive, manifest, { newEpoch, ...(migrations && { migrations }) }),
      );
    const faults = [...connection.all('pragma quick_check(1)'), ...connection.all('pragma foreign_key_check')];
    if (faults.length !== 1 || faults[0]?.['quick_check'] !== 'ok') {
      throw new Error(`The restored database is not sound: ${JSON.stringify(faults[0])}`);
    }
  } finally {
    connection.close();
  }
  await chmod(path, 0o600);
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(path + suffix, { force: true });
}
