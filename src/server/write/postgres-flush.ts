import { KINDS, type Kind, type Row, type ScopeId } from '#core/rows.ts';
import { columnsOf, encodeRow } from '#server/db/row-codec.ts';
import { searchChange, type SearchDocument } from '#server/search/search-document.ts';
import type { CommitStamp, ScopeState } from './commit-stamp.ts';
import type { Statement } from './postgres-statement.ts';
import type { WriteBatch } from './write-batch.ts';

/** A scope as it was when it was locked. */
export interface LockedScope {
  readonly ver: number;
  readonly sum: number;
}

export interface Flush {
  readonly statements: readonly Statement[];
  readonly scopes: readonly ScopeState[];
}

/** The statements that write everything the batch holds: few and wide, so that they travel together. */
export function flushToPostgres(
  batch: WriteBatch,
  stamp: CommitStamp,
  locked: ReadonlyMap<string, LockedScope>,
): Flush {
  const statements: Statement[] = [];
  for (const kind of KINDS) statements.push(...rowStatements(batch, kind));
  const deltas = batch.checksumDeltas();
  const scopes = batch.touchedScopes().map((scope) => ({
    scope,
    ver: (locked.get(scope)?.ver ?? 0) + 1,
    tag: stamp.tagOf(scope),
    sum: ((locked.get(scope)?.sum ?? 0) + (deltas.get(scope) ?? 0)) % 2 ** 32,
  }));
  statements.push(...scopeStatements(scopes, stamp, locked));
  const versions = new Map(scopes.map(({ scope, ver }) => [scope, ver]));
  const changes = batch.changes.map((change) => ({ ...change, ver: versions.get(change.scope_id) }));
  statements.push(...insertAll('change', changes), ...insertAll('mutation', batch.mutations));
  if (batch.reclaimed.length > 0) {
    const text =
      'update mutation t set client_id = x.client_id, seq = x.seq from json_populate_recordset(null::mutation, $1::json) x where t.uid = x.uid';
    statements.push({ text, values: [JSON.stringify(batch.reclaimed)] });
  }
  statements.push(...clientStatements(batch), ...accessStatements(batch), ...searchStatements(batch));
  return { statements, scopes: scopes.map(({ scope, ver, tag }) => ({ scope, ver, tag })) };
}

function quoted(columns: readonly string[], prefix = ''): string {
  return columns.map((column) => `${prefix}"${column}"`).join(', ');
}

/** Rows as one JSON parameter: the length of the list does not change the statement. */
function insertAll(table: string, rows: readonly object[], conflict = ''): Statement[] {
  const [first] = rows;
  if (!first) return [];
  const columns = quoted(Object.keys(first));
  const text = `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json) ${conflict}`;
  return [{ text, values: [JSON.stringify(rows)] }];
}

function rowStatements(batch: WriteBatch, kind: Kind): Statement[] {
  const inserted: object[] = [];
  const updated: object[] = [];
  const deleted: string[] = [];
  for (const dirty of batch.working.dirtyRows()) {
    if (dirty.kind !== kind) continue;
    if (!dirty.after) {
      if (dirty.before) deleted.push(dirty.id);
    } else (dirty.before ? updated : inserted).push(encode(kind, dirty.after));
  }
  // Without "on conflict": an id that somebody else took at the same time must fail and be tried again.
  const statements = insertAll(kind, inserted);
  if (updated.length > 0) {
    const assignments = columnsOf(kind)
      .map((column) => `"${column}" = x."${column}"`)
      .join(', ');
    const text = `update ${kind} t set ${assignments} from json_populate_recordset(null::${kind}, $1::json) x where t.id = x.id`;
    statements.push({ text, values: [JSON.stringify(updated)] });
  }
  if (deleted.length > 0) {
    statements.push({ text: `delete from ${kind} where id = any($1::text[])`, values: [deleted] });
  }
  return statements;
}

function encode(kind: Kind, row: Row): object {
  return encodeRow(kind, row as never);
}

function scopeStatements(
  scopes: readonly (ScopeState & { readonly sum: number })[],
  stamp: CommitStamp,
  locked: ReadonlyMap<string, LockedScope>,
): Statement[] {
  const rows = scopes.map(({ scope, ver, tag, sum }) => ({
    id: scope,
    kind: kindOfScope(scope),
    ver,
    tag,
    floor: 0,
    sum,
  }));
  const known = rows.filter(({ id }) => locked.has(id));
  const statements = insertAll(
    'scope',
    rows.filter(({ id }) => !locked.has(id)),
  );
  if (known.length > 0) {
    const text =
      'update scope t set ver = x.ver, tag = x.tag, sum = x.sum from json_populate_recordset(null::scope, $1::json) x where t.id = x.id';
    statements.push({ text, values: [JSON.stringify(known)] });
  }
  const commits = scopes.map(({ scope, ver, tag }) => ({
    scope_id: scope,
    ver,
    tag,
    tx_id: stamp.txId,
    at: stamp.nowMs,
  }));
  return [...statements, ...insertAll('scope_commit', commits)];
}

function kindOfScope(scope: ScopeId): 'user' | 'project' {
  return scope.startsWith('u:') ? 'user' : 'project';
}

function clientStatements(batch: WriteBatch): Statement[] {
  const clients = [...batch.clients];
  return insertAll(
    'client',
    clients,
    `on conflict (id) do update set last = excluded.last, last_uid = excluded.last_uid,
     schema = excluded.schema, seen_at = excluded.seen_at where client.last < excluded.last`,
  );
}

function accessStatements(batch: WriteBatch): Statement[] {
  const { put, remove } = batch.accessChanges();
  const statements = insertAll(
    'access',
    put,
    'on conflict (user_id, scope_id) do update set role = excluded.role, view = excluded.view',
  );
  if (remove.length > 0) {
    const text =
      'delete from access t using json_populate_recordset(null::access, $1::json) x where t.user_id = x.user_id and t.scope_id = x.scope_id';
    statements.push({ text, values: [JSON.stringify(remove)] });
  }
  return statements;
}

function searchStatements(batch: WriteBatch): Statement[] {
  const put: SearchDocument[] = [];
  const remove: string[] = [];
  for (const { kind, id, before, after } of batch.working.dirtyRows()) {
    const change = searchChange(kind, before, after);
    if (change?.put) put.push(change.put);
    else if (change) remove.push(id);
  }
  const statements: Statement[] = [];
  if (put.length > 0) {
    const rows = put.map(({ scope, kind, id, words }) => ({
      scope_id: scope,
      kind,
      eid: id,
      words: [scope, ...words],
    }));
    const text = `insert into search_document (scope_id, kind, eid, words)
      select scope_id, kind, eid, array_to_tsvector(words)
      from json_to_recordset($1::json) as x(scope_id text, kind text, eid text, words text[])
      on conflict (eid) do update set scope_id = excluded.scope_id, words = excluded.words`;
    statements.push({ text, values: [JSON.stringify(rows)] });
  }
  if (remove.length > 0) {
    statements.push({ text: 'delete from search_document where eid = any($1::text[])', values: [remove] });
  }
  return statements;
}
