import { sql } from 'kysely';
import { DomainError } from '#core/errors.ts';
import { KINDS } from '#core/rows.ts';
import { addToChecksum } from '#core/sync/checksum.ts';
import type { Tx } from '#server/db/database.ts';
import { MIGRATIONS } from '#server/db/migrations/index.ts';
import { CHUNK, kindsIn, type VisibleScope } from './scope-repository.ts';

/**
 * A newer process on the same database has written rows of a kind that this one does not know. It must not leave them
 * out: the device would count them as fetched, and miss them until they change again.
 */
export class NewerRowsError extends DomainError {
  constructor() {
    super('unavailable', 'The server is being updated.', { retryAfter: 1 });
  }
}

/**
 * Refuses to send scopes as a whole that hold more than this process can read, as their checksums tell. Costs a look
 * at the list of migrations, unless the database belongs to a newer version.
 */
export async function requireKnownRows(tx: Tx, scopes: readonly VisibleScope[]): Promise<void> {
  if (scopes.length === 0 || !(await isNewer(tx))) return;
  const known = new Map<string, number>();
  for (const kind of KINDS) {
    const holding = scopes.map(({ id }) => id).filter((id) => kindsIn(id).includes(kind));
    for (let start = 0; start < holding.length; start += CHUNK) {
      const rows = await tx
        .selectFrom(kind as 'task')
        .select(['id', 'scope_id', 'rev'])
        .where('scope_id', 'in', holding.slice(start, start + CHUNK))
        .execute();
      for (const { id, scope_id, rev } of rows) known.set(scope_id, addToChecksum(known.get(scope_id) ?? 0, id, rev));
    }
  }
  if (scopes.some(({ id, sum }) => (known.get(id) ?? 0) !== sum)) throw new NewerRowsError();
}

async function isNewer(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(tx);
  return rows.some(({ name }) => !Object.hasOwn(MIGRATIONS, name));
}
