import { Kysely, sql } from 'kysely';
import { createPostgresDialect, createPostgresPool } from '#server/db/postgres-dialect.ts';
import { appliedMigrations, pendingMigrations } from '#server/db/migrator.ts';
import { tryLockAlone, unlock } from '#server/db/postgres-presence.ts';
import { OWN_TABLES } from './backed-up-tables.ts';
import type { BackupFile } from './backup-file.ts';
import { TargetNotEmptyError } from './backup-errors.ts';
import { hasAccounts, loadArchive } from './load-archive.ts';
import { keepPresent, type Restoration } from './restoration.ts';
import { fromPostgres } from './snapshot.ts';

/** One transaction drops what is there and makes what the archive says: others see the one or the other. */
export async function restoreToPostgres(url: string, restoration: Restoration): Promise<BackupFile | undefined> {
  const pool = createPostgresPool({ url, max: 1, timeouts: false });
  const pooled = new Kysely<unknown>({ dialect: createPostgresDialect(pool) });
  try {
    // The lock belongs to the connection, so everything happens on it.
    return await pooled.connection().execute(async (db) => {
      await tryLockAlone(db);
      try {
        return await restoreAlone(db, restoration);
      } finally {
        await unlock(db);
      }
    });
  } finally {
    await pooled.destroy();
  }
}

async function restoreAlone(db: Kysely<unknown>, restoration: Restoration): Promise<BackupFile | undefined> {
  const { path, manifest, newEpoch, migrations } = restoration;
  const present = await presentTables(db);
  const safety = await keepWhatIsThere(db, present, restoration);
  await db.transaction().execute(async (tx) => {
    if (present.length > 0) await sql`drop table ${sql.join(present.map((name) => sql.table(name)))}`.execute(tx);
    await loadArchive({ engine: 'postgres', db: tx }, path, manifest, { newEpoch, ...(migrations && { migrations }) });
  });
  // Plans made without knowing the tables would be slow until the server looks by itself.
  await sql`analyze`.execute(db);
  return safety;
}

/** Tables of ours; whatever else is in the database stays. */
async function presentTables(db: Kysely<unknown>): Promise<string[]> {
  const query = sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = current_schema() and tablename in (${sql.join(OWN_TABLES)})`;
  return (await query.execute(db)).rows.map(({ name }) => name);
}

async function keepWhatIsThere(
  db: Kysely<unknown>,
  present: readonly string[],
  restoration: Restoration,
): Promise<BackupFile | undefined> {
  const applied = await appliedMigrations(db, 'postgres');
  pendingMigrations(applied, restoration.migrations);
  if (applied.length === 0) {
    // Migrations run in one transaction: tables without their record are not ours.
    const foreign = present.filter((name) => !name.startsWith('kysely_'));
    if (foreign.length > 0) {
      throw new TargetNotEmptyError(`The database has tables of another program (${foreign.join(', ')}).`);
    }
    return undefined;
  }
  const hasData = await hasAccounts(db);
  return hasData ? keepPresent((work) => fromPostgres(db, work), restoration) : undefined;
}
