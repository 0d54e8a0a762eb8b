import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { UserTable } from '#server/db/schema.ts';

export type User = Selectable<UserTable>;

export function findUser(db: Db, id: string): Promise<User | undefined> {
  return db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst();
}

/** `username` must be folded. */
export function findUserByName(db: Db, username: string): Promise<User | undefined> {
  return db.selectFrom('user').selectAll().where('username', '=', username).executeTakeFirst();
}

export function listUsers(db: Db): Promise<User[]> {
  return db.selectFrom('user').selectAll().orderBy('username').execute();
}

/** Whether anybody is here yet; the demo account is nobody. */
export async function hasUsers(db: Db): Promise<boolean> {
  const found = await db.selectFrom('user').select('id').where('role', '!=', 'demo').limit(1).executeTakeFirst();
  return found !== undefined;
}

export async function insertUser(db: Db, user: Insertable<UserTable>): Promise<void> {
  await db.insertInto('user').values(user).execute();
}

export async function updateUser(db: Db, id: string, changes: Updateable<UserTable>): Promise<void> {
  await db.updateTable('user').set(changes).where('id', '=', id).execute();
}
