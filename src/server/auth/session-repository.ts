import type { Insertable, Selectable } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { SessionTable } from '#server/db/schema.ts';

export type Session = Selectable<SessionTable>;

export async function insertSession(db: Db, session: Insertable<SessionTable>): Promise<void> {
  await db.insertInto('session').values(session).execute();
}

export function findSession(db: Db, id: string): Promise<Session | undefined> {
  return db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those in which somebody is still logged in, the one used last first. */
export function listSessions(db: Db, userId: string, now: number): Promise<Session[]> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('rotated_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export interface Rotation {
  readonly generation: number;
  readonly tokenHash: string;
  readonly now: number;
  readonly expiresAt: number;
}

/** Moves the chain on by one, unless somebody else has: of many at once, one gets true. */
export async function rotateSession(db: Db, session: Session, rotation: Rotation): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set({
      generation: rotation.generation,
      previous_hash: session.token_hash,
      token_hash: rotation.tokenHash,
      rotated_at: rotation.now,
      expires_at: rotation.expiresAt,
    })
    .where('id', '=', session.id)
    .where('generation', '=', session.generation)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function revokeSession(db: Db, id: string, now: number, reason: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set({ revoked_at: now, revoked_reason: reason })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function revokeSessionsOf(
  db: Db,
  userId: string,
  now: number,
  reason: string,
  except?: string,
): Promise<void> {
  let query = db
    .updateTable('session')
    .set({ revoked_at: now, revoked_reason: reason })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null);
  if (except !== undefined) query = query.where('id', '!=', except);
  await query.execute();
}
