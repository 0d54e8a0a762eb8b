import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '#server/db/database.ts';

/** What requests may write whatever comes of them. */
const BOOKKEEPING = new Set(['session', 'login_attempt', 'audit_event', 'kysely_migration', 'kysely_migration_lock']);
/** A refusal of a device's mutation is recorded, so that it is told once. */
const REFUSALS = new Set(['client', 'mutation']);

/** A hash of all data: equal before and after a request that changed nothing. */
export async function hashDatabase(database: Database, { refusals = false } = {}): Promise<string> {
  const tables = await database.reader.introspection.getTables();
  const hash = createHash('sha256');
  for (const { name } of tables.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (BOOKKEEPING.has(name) || (refusals && REFUSALS.has(name)) || name.startsWith('search_words')) continue;
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(database.reader);
    hash.update(name).update(
      rows
        .map((row) => JSON.stringify(row))
        .toSorted()
        .join('\n'),
    );
  }
  return hash.digest('hex');
}
