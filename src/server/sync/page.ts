import { notFound, validationFailed } from '#core/errors.ts';
import { isKind, type Kind } from '#core/rows.ts';
import { PAGE_SIZE, type PageQuery, type PageResponse, type RowsByKind } from '#core/sync/protocol.ts';
import { inSnapshot, type Database, type Tx } from '#server/db/database.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import { findVisibleScope, kindsIn } from './scope-repository.ts';

interface Position {
  readonly kind: Kind;
  readonly id: string;
}

/** The next rows of a scope that a device fetches anew, by kind and id. Pages are not of one snapshot. */
export async function readPage(database: Database, userId: string, query: PageQuery): Promise<PageResponse> {
  const after = query.after === undefined ? undefined : parsePosition(query.s, query.after);
  return inSnapshot(database, async (tx) => {
    const scope = await findVisibleScope(tx, userId, query.s);
    if (!scope) throw notFound('scope');
    const { rows, last, full } = await readRows(tx, query.s, after);
    return {
      rows,
      after: full && last ? `${last.kind},${last.id}` : null,
      done: !full,
      head: { ver: scope.ver, tag: scope.tag },
    };
  });
}

function parsePosition(scope: string, text: string): Position {
  const comma = text.indexOf(',');
  const kind = text.slice(0, comma);
  const id = text.slice(comma + 1);
  if (comma < 0 || !isKind(kind) || !kindsIn(scope).includes(kind)) {
    throw validationFailed('/after', 'must be the `after` of the page before');
  }
  return { kind, id };
}

async function readRows(
  tx: Tx,
  scope: string,
  after: Position | undefined,
): Promise<{ rows: RowsByKind; last: Position | undefined; full: boolean }> {
  const rows: RowsByKind = {};
  const kinds = kindsIn(scope);
  let room = PAGE_SIZE;
  let last: Position | undefined;
  for (const kind of kinds.slice(after ? kinds.indexOf(after.kind) : 0)) {
    const found = await listAfter(tx, kind, scope, after?.kind === kind ? after.id : '', room);
    if (found.length > 0) rows[kind] = found;
    const newest = found.at(-1);
    if (newest) last = { kind, id: newest.id };
    room -= found.length;
    if (room === 0) return { rows, last, full: true };
  }
  return { rows, last, full: false };
}

async function listAfter(tx: Tx, kind: Kind, scope: string, id: string, limit: number) {
  const stored = await tx
    .selectFrom(kind as 'task')
    .select(columnsOf(kind) as never)
    .where('scope_id', '=', scope)
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit)
    .execute();
  return stored.map((row) => decodeRow(kind, row as never));
}
