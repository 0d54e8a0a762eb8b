import type { ServerContext } from '#server/context.ts';
import { inTransaction, type Tx } from '#server/db/database.ts';

/** A device that was away for longer fetches its scopes anew. */
export const LOG_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Forgets changes that are older than the log has to be. The commit at the new floor stays known: a device that
 * is exactly there has missed nothing. Returns how many scopes were shortened.
 */
export async function compactLog(
  { database, clock }: Pick<ServerContext, 'database' | 'clock'>,
  signal?: AbortSignal,
): Promise<number> {
  const before = clock.now() - LOG_DAYS * DAY_MS;
  const scopes = await database.reader
    .selectFrom('scope_commit')
    .innerJoin('scope', 'scope.id', 'scope_commit.scope_id')
    .select((eb) => ['scope.id', 'scope.floor', eb.fn.max('scope_commit.ver').as('ver')])
    .where('scope_commit.at', '<', before)
    .groupBy(['scope.id', 'scope.floor'])
    .execute();
  let compacted = 0;
  for (const { id, floor, ver } of scopes) {
    if (signal?.aborted) break;
    if (ver <= floor) continue;
    await inTransaction(database, (tx) => raiseFloor(tx, id, ver));
    compacted++;
  }
  return compacted;
}

async function raiseFloor(tx: Tx, scope: string, floor: number): Promise<void> {
  await tx.updateTable('scope').set({ floor }).where('id', '=', scope).where('floor', '<', floor).execute();
  await tx.deleteFrom('change').where('scope_id', '=', scope).where('ver', '<=', floor).execute();
  await tx.deleteFrom('scope_commit').where('scope_id', '=', scope).where('ver', '<', floor).execute();
}
