import { DomainError, notFound, validationFailed } from '#core/errors.ts';
import { isKind, type Kind } from '#core/rows.ts';
import { PAGE_SIZE, type PageQuery, type PageResponse, type RowsByKind, type Version } from '#core/sync/protocol.ts';
import { inSnapshot, type Database, type Tx } from '#server/db/database.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import { findUnknownCursors } from './lineage.ts';
import { requireKnownRows } from './newer-rows.ts';
import { findVisibleScope, kindsIn } from './scope-repository.ts';

interface RowPosition {
  readonly kind: Kind;
  readonly id: string;
}

interface Position extends RowPosition {
  /** The scope when the page before was read. */
  readonly head: Version;
}

/**
 * The next rows of a scope that a device fetches anew, by kind and id. Pages are not of one snapshot, but each
 * is of a history that holds the one before: a server that went back in between answers `conflict`.
 */
export async function readPage(database: Database, userId: string, query: PageQuery): Promise<PageResponse> {
  const after = query.after === undefined ? undefined : parsePosition(query.s, query.after);
  return inSnapshot(database, async (tx) => {
    const scope = await findVisibleScope(tx, userId, query.s);
    if (!scope) throw notFound('scope');
    const { ver, tag, view } = scope;
    if (after && (await findUnknownCursors(tx, [scope], { [scope.id]: { ...after.head, view } })).size > 0) {
      throw new DomainError('conflict', 'The pages before are of another history. Begin again with a pull.');
    }
    const { rows, last, full } = await readRows(tx, query.s, after);
    if (!full) await requireKnownRows(tx, [scope]);
    return {
      rows,
      after: full && last ? `${last.kind},${last.id},${ver},${tag}` : null,
      done: !full,
      head: { ver, tag },
    };
  });
}

function parsePosition(scope: string, text: string): Position {
  const [kind = '', id = '', ver, tag, ...more] = text.split(',');
  const head = { ver: Number(ver), tag: Number(tag) };
  if (!isKind(kind) || !kindsIn(scope).includes(kind) || more.length > 0 || !isVersion(head)) {
    throw validationFailed('/after', 'must be the `after` of the page before');
  }
  return { kind, id, head };
}

function isVersion({ ver, tag }: Version): boolean {
  return Number.isSafeInteger(ver) && ver >= 0 && Number.isInteger(tag) && Math.abs(tag) < 2 ** 31;
}

async function readRows(
  tx: Tx,
  scope: string,
  after: RowPosition | undefined,
): Promise<{ rows: RowsByKind; last: RowPosition | undefined; full: boolean }> {
  const rows: RowsByKind = {};
  const kinds = kindsIn(scope);
  let room = PAGE_SIZE;
  let last: RowPosition | undefined;
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
