import type { ExpressionBuilder } from 'kysely';
import { KINDS, type Kind } from '#core/rows.ts';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

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
  const own: readonly Kind[] = ['settings', 'favourite', 'label'];
  return scope.startsWith('u:') ? own : KINDS.filter((kind) => !own.includes(kind));
}

export async function countRows(tx: Tx, scope: string): Promise<number> {
  const counts = await tx
    .selectNoFrom((eb) => kindsIn(scope).map((kind) => countOf(eb, kind, scope).as(kind)))
    .executeTakeFirstOrThrow();
  return Object.values(counts).reduce((sum: number, count) => sum + Number(count), 0);
}

function countOf(eb: ExpressionBuilder<Schema, never>, kind: Kind, scope: string) {
  return eb
    .selectFrom(kind as 'task')
    .select((each) => each.fn.countAll().as('count'))
    .where('scope_id', '=', scope);
}
