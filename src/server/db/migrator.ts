import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Engine } from './engine.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';

/** A newer Tend has migrated this database; this one would damage it. The process ends with exit code 3. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError';
}

/** The names of the migrations that this database has had, without changing it. */
export async function appliedMigrations(db: Kysely<unknown>, engine: Engine): Promise<string[]> {
  const exists =
    engine === 'sqlite'
      ? sql`select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'`
      : sql`select 1 from pg_tables where schemaname = current_schema() and tablename = 'kysely_migration'`;
  if ((await exists.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

export function pendingMigrations(
  applied: readonly string[],
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): string[] {
  const unknown = applied.filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) {
    throw new SchemaTooNewError(
      `This database was migrated by a newer Tend (${unknown.join(', ')}). ` +
        'Run that version, or restore the backup from before the upgrade.',
    );
  }
  return Object.keys(migrations).filter((name) => !applied.includes(name));
}

/** The schema is not the one that this Tend works with, and whoever asks must not change it. */
export class SchemaOutdatedError extends Error {
  override readonly name = 'SchemaOutdatedError';
}

/** Throws unless the database has exactly the migrations of this Tend. */
export async function assertMigrated(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (pendingMigrations(await appliedMigrations(db, engine)).length > 0) {
    throw new SchemaOutdatedError('This database has no tables of this version yet. Run "tend migrate" first.');
  }
}

/**
 * Runs what is missing, all of it in one transaction: an interrupted migration leaves the schema as it was.
 * Of several processes that start together, one migrates and the others wait (advisory lock; on SQLite the lock file).
 */
export async function migrate(
  db: Kysely<unknown>,
  engine: Engine,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<string[]> {
  const pending = pendingMigrations(await appliedMigrations(db, engine), migrations);
  if (pending.length === 0) return [];
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(migrations).map(([name, migration]) => [
            name,
            { up: (transaction: Kysely<unknown>) => migration.up(transaction, engine) },
          ]),
        ),
    },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw new Error(`The database could not be migrated: ${messageOf(error)}`, { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
