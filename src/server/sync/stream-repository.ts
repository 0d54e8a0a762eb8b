import { sql } from 'kysely';
import type { Database } from '#server/db/database.ts';

const CHUNK = 500;

/** A scope that a user may see, at its present version. */
export interface ScopeOfUser {
  readonly scope: string;
  readonly ver: number;
  readonly tag: number;
}

/** The scopes that each of these users may see. */
export async function listScopesOfUsers(
  { reader }: Database,
  users: readonly string[],
): Promise<Map<string, ScopeOfUser[]>> {
  const scopes = new Map<string, ScopeOfUser[]>();
  for (let start = 0; start < users.length; start += CHUNK) {
    const rows = await reader
      .selectFrom('access')
      .innerJoin('scope', 'scope.id', 'access.scope_id')
      .select(['access.user_id', 'access.scope_id as scope', 'scope.ver', 'scope.tag'])
      .where('access.user_id', 'in', users.slice(start, start + CHUNK))
      .execute();
    for (const { user_id, ...scope } of rows) {
      const list = scopes.get(user_id);
      if (list) list.push(scope);
      else scopes.set(user_id, [scope]);
    }
  }
  return scopes;
}

/**
 * One sum per user over their scopes and versions: it differs when a scope has news, and when one appeared or
 * vanished. PostgreSQL only, as is having other processes. A user without scopes is left out.
 */
export async function sumScopesOfUsers({ reader }: Database, users: readonly string[]): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (let start = 0; start < users.length; start += CHUNK) {
    const chunk = users.slice(start, start + CHUNK);
    const { rows } = await sql<{ user_id: string; sum: string }>`
      select a.user_id, sum(hashtextextended(a.scope_id || ' ' || s.ver || ' ' || s.tag, 0))::text as sum
      from access a join scope s on s.id = a.scope_id
      where a.user_id = any(${chunk}) group by a.user_id`.execute(reader);
    for (const { user_id, sum } of rows) sums.set(user_id, sum);
  }
  return sums;
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
