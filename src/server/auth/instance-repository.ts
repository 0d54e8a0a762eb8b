import { hash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import type { InstanceTable } from '#server/db/schema.ts';
import { SEARCH_VERSION } from '#server/search/search-document.ts';

export type Instance = Selectable<InstanceTable>;

/** The one row. Locked, it makes first accounts queue. */
export async function getInstance(db: Db, lock?: Engine): Promise<Instance> {
  const query = db.selectFrom('instance').selectAll().orderBy('created_at').orderBy('id').limit(1);
  return (lock === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow();
}

/** Gives this installation its identity at the first start. */
export async function ensureInstance(db: Db, newId: () => string, now: number, engine?: Engine): Promise<void> {
  // Processes that start together must not give it two; SQLite has one process.
  if (engine === 'postgres') await sql`lock table instance in share row exclusive mode`.execute(db);
  const present = await db.selectFrom('instance').select('id').limit(1).executeTakeFirst();
  if (present) return;
  await db
    .insertInto('instance')
    .values({
      id: newId(),
      epoch: newId(),
      created_at: now,
      setup_token_hash: null,
      setup_expires_at: null,
      search_version: SEARCH_VERSION,
    })
    .execute();
}

export async function setSetupToken(db: Db, token: string | null, expiresAt: number | null): Promise<void> {
  await db
    .updateTable('instance')
    .set({ setup_token_hash: token === null ? null : hashSetupToken(token), setup_expires_at: expiresAt })
    .execute();
}

export function hashSetupToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
