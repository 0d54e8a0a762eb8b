import { KINDS, type Kind } from '#core/rows.ts';
import type { Tx } from '#server/db/database.ts';

/** Scopes in one statement: SQLite allows 32,766 variables, and long lists plan slowly. */
export const CHUNK = 500;

/** A scope that a user may see, at its present version. */
export interface VisibleScope {
  readonly id: string;
  readonly view: string;
  readonly ver: number;
  readonly tag: number;
  readonly floor: number;
  readonly sum: number;
}

export function listVisibleScopes(tx: Tx, userId: string): Promise<VisibleScope[]> {
  return visibleScopes(tx, userId).execute();
}

export function findVisibleScope(tx: Tx, userId: string, scope: string): Promise<VisibleScope | undefined> {
  return visibleScopes(tx, userId).where('access.scope_id', '=', scope).executeTakeFirst();
}

function visibleScopes(tx: Tx, userId: string) {
  return tx
    .selectFrom('access')
    .innerJoin('scope', 'scope.id', 'access.scope_id')
    .select(['scope.id', 'access.view', 'scope.ver', 'scope.tag', 'scope.floor', 'scope.sum'])
    .where('access.user_id', '=', userId);
}

/** In the order of KINDS, which is also the order of pages. */
export function kindsIn(scope: string): readonly Kind[] {
  const own: readonly Kind[] = ['settings', 'favourite', 'label', 'filter'];
  return scope.startsWith('u:') ? own : KINDS.filter((kind) => !own.includes(kind));
}

/** How many rows each of these scopes has. */
export async function countRows(tx: Tx, scopes: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map(scopes.map((scope) => [scope, 0]));
  for (const kind of KINDS) {
    const holding = scopes.filter((scope) => kindsIn(scope).includes(kind));
    for (let start = 0; start < holding.length; start += CHUNK) {
      for (const { scope_id, count } of await countKind(tx, kind, holding.slice(start, start + CHUNK))) {
        counts.set(scope_id, (counts.get(scope_id) ?? 0) + Number(count));
      }
    }
  }
  return counts;
}

function countKind(tx: Tx, kind: Kind, scopes: readonly string[]) {
  return tx
    .selectFrom(kind as 'task')
    .select(['scope_id', (eb) => eb.fn.countAll().as('count')])
    .where('scope_id', 'in', scopes)
    .groupBy('scope_id')
    .execute();
}
