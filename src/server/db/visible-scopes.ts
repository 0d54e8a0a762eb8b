import type { Db } from './database.ts';

/**
 * Where every read begins: the scopes that a user has access to, as `a`. Joining what is read to `a.scope_id`
 * decides in the same statement who sees it.
 */
export function fromVisibleScopes(db: Db, userId: string) {
  return db.selectFrom('access as a').where('a.user_id', '=', userId);
}
