import type { Cursor, Version } from '#core/sync/protocol.ts';
import type { Tx } from '#server/db/database.ts';
import type { VisibleScope } from './scope-repository.ts';

interface Point extends Version {
  readonly scope: string;
}

/**
 * The scopes whose cursor cannot be continued from: of a history that this database does not have (it was
 * restored from a backup, say), older than the log, or of another view of the scope.
 */
export async function findUnknownCursors(
  tx: Tx,
  scopes: readonly VisibleScope[],
  cursors: Readonly<Record<string, Cursor>>,
): Promise<Set<string>> {
  const unknown = new Set<string>();
  const toCheck: Point[] = [];
  for (const scope of scopes) {
    const cursor = cursors[scope.id];
    if (!cursor) continue;
    for (const { ver, tag } of cursor.hi ? [cursor, cursor.hi] : [cursor]) {
      if (ver > scope.ver || ver < scope.floor || (cursor.view ?? scope.view) !== scope.view) unknown.add(scope.id);
      else if (ver === scope.ver ? tag !== scope.tag : ver === 0) unknown.add(scope.id);
      else if (ver < scope.ver) toCheck.push({ scope: scope.id, ver, tag });
    }
  }
  const known = await listKnown(tx, toCheck);
  for (const point of toCheck) {
    if (!known.has(keyOf(point))) unknown.add(point.scope);
  }
  return unknown;
}

const CHUNK = 200;

async function listKnown(tx: Tx, points: readonly Point[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let start = 0; start < points.length; start += CHUNK) {
    const chunk = points.slice(start, start + CHUNK);
    const rows = await tx
      .selectFrom('scope_commit')
      .select(['scope_id', 'ver', 'tag'])
      .where((eb) => eb.or(chunk.map((point) => eb.and({ scope_id: point.scope, ver: point.ver }))))
      .execute();
    for (const row of rows) known.add(keyOf({ scope: row.scope_id, ver: row.ver, tag: row.tag }));
  }
  return known;
}

function keyOf({ scope, ver, tag }: Point): string {
  return `${scope} ${ver} ${tag}`;
}
