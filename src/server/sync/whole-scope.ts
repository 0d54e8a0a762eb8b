import { KINDS, type Kind, type Row } from '#core/rows.ts';
import type { RowsByKind, ScopeDelta } from '#core/sync/protocol.ts';
import type { Tx } from '#server/db/database.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import { CHUNK, kindsIn, type VisibleScope } from './scope-repository.ts';

/**
 * Rows that one answer carries of scopes which a device does not hold yet: what most people have, in one request.
 * Larger scopes are fetched page by page. About a megabyte, and some 50 ms of the server's time.
 */
export const WHOLE_MAX = 5_000;

/** The smallest of these scopes, as many as together have at most `max` rows. */
export function fittingScopes(
  scopes: readonly VisibleScope[],
  counts: ReadonlyMap<string, number>,
  max: number,
): VisibleScope[] {
  let room = max;
  return scopes
    .toSorted((a, b) => (counts.get(a.id) ?? 0) - (counts.get(b.id) ?? 0))
    .filter(({ id }) => (room -= counts.get(id) ?? 0) >= 0);
}

/** All rows of each scope, as a change from nothing. */
export async function readWholeScopes(tx: Tx, scopes: readonly VisibleScope[]): Promise<ScopeDelta[]> {
  const rows = new Map<string, RowsByKind>(scopes.map(({ id }) => [id, {}]));
  for (const kind of KINDS) {
    const holding = scopes.filter(({ id }) => kindsIn(id).includes(kind)).map(({ id }) => id);
    for (let start = 0; start < holding.length; start += CHUNK) {
      await readKind(tx, kind, holding.slice(start, start + CHUNK), rows);
    }
  }
  return scopes.map(({ id, ver, tag, view, sum }) => {
    return { s: id, to: { ver, tag }, view, put: rows.get(id) ?? {}, del: [], sum };
  });
}

async function readKind(tx: Tx, kind: Kind, scopes: readonly string[], into: Map<string, RowsByKind>): Promise<void> {
  const stored = await tx
    .selectFrom(kind as 'task')
    .select(columnsOf(kind) as never)
    .where('scope_id', 'in', scopes)
    .execute();
  for (const each of stored as { scope_id: string }[]) {
    const rows = into.get(each.scope_id);
    if (rows) (rows[kind] ??= []).push(decodeRow(kind, each as never) as Row);
  }
}
