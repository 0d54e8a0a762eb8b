import type { Database } from '#server/db/database.ts';

const CHUNK = 500;

/** The scopes that each of these users may see. */
export async function listScopesOfUsers(
  { reader }: Database,
  users: readonly string[],
): Promise<Map<string, string[]>> {
  const scopes = new Map<string, string[]>();
  for (let start = 0; start < users.length; start += CHUNK) {
    const rows = await reader
      .selectFrom('access')
      .select(['user_id', 'scope_id'])
      .where('user_id', 'in', users.slice(start, start + CHUNK))
      .execute();
    for (const { user_id, scope_id } of rows) scopes.set(user_id, [...(scopes.get(user_id) ?? []), scope_id]);
  }
  return scopes;
}

/** Those of these sessions that are neither revoked nor of a disabled account. */
export async function listActiveSessions({ reader }: Database, sessions: readonly string[]): Promise<Set<string>> {
  const active = new Set<string>();
  for (let start = 0; start < sessions.length; start += CHUNK) {
    const rows = await reader
      .selectFrom('session')
      .innerJoin('user', 'user.id', 'session.user_id')
      .select('session.id')
      .where('session.id', 'in', sessions.slice(start, start + CHUNK))
      .where('session.revoked_at', 'is', null)
      .where('user.status', '=', 'active')
      .execute();
    for (const { id } of rows) active.add(id);
  }
  return active;
}
