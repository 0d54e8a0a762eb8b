import { KINDS, isKind, type Kind, type Row } from '#core/rows.ts';
import { DELTA_MAX, type Cursor, type RowsByKind, type ScopeDelta } from '#core/sync/protocol.ts';
import type { Tx } from '#server/db/database.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import { NewerRowsError } from './newer-rows.ts';
import { countRows, type VisibleScope } from './scope-repository.ts';

/** Ids in one statement: SQLite allows 32,766 variables, and long lists plan slowly. */
const CHUNK = 500;

interface ChangedIds {
  readonly scope: VisibleScope;
  /** By kind, what the log names since the cursor. */
  readonly ids: ReadonlyMap<Kind, readonly string[]>;
}

/** What changed in each scope since its cursor. A scope with so many changes that it is better sent anew is left out. */
export async function readDeltas(
  tx: Tx,
  scopes: readonly VisibleScope[],
  cursors: Readonly<Record<string, Cursor>>,
): Promise<Map<string, ScopeDelta>> {
  const changed: ChangedIds[] = [];
  for (const scope of scopes) {
    const ids = await changedIds(tx, scope, cursors[scope.id]?.ver ?? 0);
    if (ids) changed.push({ scope, ids });
  }
  const rows = await readRows(tx, changed);
  return new Map(changed.map((each) => [each.scope.id, deltaOf(each, rows)]));
}

async function changedIds(tx: Tx, scope: VisibleScope, since: number): Promise<Map<Kind, string[]> | undefined> {
  const list = (limit: number) =>
    tx
      .selectFrom('change')
      .select(['kind', 'eid'])
      .distinct()
      .where('scope_id', '=', scope.id)
      .where('ver', '>', since)
      .limit(limit)
      .execute();
  let found = since === scope.ver ? [] : await list(DELTA_MAX + 1);
  if (found.length > DELTA_MAX) {
    const half = Math.floor(((await countRows(tx, [scope.id])).get(scope.id) ?? 0) / 2);
    if (half <= DELTA_MAX) return undefined;
    found = await list(half + 1);
    if (found.length > half) return undefined;
  }
  const ids = new Map<Kind, string[]>();
  for (const { kind, eid } of found) {
    if (!isKind(kind)) throw new NewerRowsError();
    const known = ids.get(kind);
    if (known) known.push(eid);
    else ids.set(kind, [eid]);
  }
  return ids;
}

interface PlacedRow {
  readonly scope: string;
  readonly row: Row;
}

/** The log says which rows; what is sent is always the row as it is now. */
async function readRows(tx: Tx, changed: readonly ChangedIds[]): Promise<Map<string, PlacedRow>> {
  const rows = new Map<string, PlacedRow>();
  for (const kind of KINDS) {
    const ids = [...new Set(changed.flatMap((each) => each.ids.get(kind) ?? []))];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const stored = await tx
        .selectFrom(kind as 'task')
        .select(columnsOf(kind) as never)
        .where('id', 'in', ids.slice(start, start + CHUNK))
        .execute();
      for (const each of stored as { id: string; scope_id: string }[]) {
        rows.set(`${kind} ${each.id}`, { scope: each.scope_id, row: decodeRow(kind, each as never) as Row });
      }
    }
  }
  return rows;
}

/** A row that is now elsewhere is deleted from here; whether its new scope may be seen is that scope's affair. */
function deltaOf({ scope, ids }: ChangedIds, rows: ReadonlyMap<string, PlacedRow>): ScopeDelta {
  const put: RowsByKind = {};
  const del: [string, string][] = [];
  for (const [kind, changed] of ids) {
    for (const id of changed) {
      const found = rows.get(`${kind} ${id}`);
      if (found?.scope === scope.id) (put[kind] ??= []).push(found.row);
      else del.push([kind, id]);
    }
  }
  return { s: scope.id, to: { ver: scope.ver, tag: scope.tag }, view: scope.view, put, del, sum: scope.sum };
}
