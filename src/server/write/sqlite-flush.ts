import type { Kind, Row, ScopeId } from '#core/rows.ts';
import { encodeRow } from '#server/db/row-codec.ts';
import type { SqliteConnection } from '#server/db/sqlite-connection.ts';
import { searchChange, type SearchDocument } from '#server/search/search-document.ts';
import { scopeWord, toFtsWord } from '#server/search/search-words.ts';
import type { CommitStamp, ScopeState } from './commit-stamp.ts';
import type { WriteBatch } from './write-batch.ts';
import type { DirtyRow } from './working-set.ts';

type Values = Readonly<Record<string, unknown>>;

/** Writes everything that the batch holds into the open transaction; returns the new versions of its scopes. */
export function flushToSqlite(connection: SqliteConnection, batch: WriteBatch, stamp: CommitStamp): ScopeState[] {
  for (const dirty of batch.working.dirtyRows()) {
    writeRow(connection, dirty);
    writeSearch(connection, dirty);
  }
  const scopes = writeScopes(connection, batch, stamp);
  const versions = new Map(scopes.map((scope) => [scope.scope, scope.ver]));
  for (const change of batch.changes) insert(connection, 'change', { ...change, ver: versions.get(change.scope_id) });
  for (const mutation of batch.mutations) insert(connection, 'mutation', mutation as unknown as Values);
  for (const { uid, client_id, seq } of batch.reclaimed) {
    connection.run('update mutation set client_id = ?, seq = ? where uid = ?', [client_id, seq, uid]);
  }
  for (const client of batch.clients) upsert(connection, 'client', client as unknown as Values, ['id']);
  const access = batch.accessChanges();
  for (const row of access.put) upsert(connection, 'access', row as unknown as Values, ['user_id', 'scope_id']);
  for (const row of access.remove) {
    connection.run('delete from access where user_id = ? and scope_id = ?', [row.user_id, row.scope_id]);
  }
  return scopes;
}

interface Insert {
  readonly columns: readonly string[];
  readonly sql: string;
}

/** By table: every row of a table has the same columns, and writing the text anew costs as much as the statement. */
const inserts = new Map<string, Insert>();

function insertOf(table: string, row: Values): Insert {
  let known = inserts.get(table);
  if (!known) {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    known = { columns, sql: `insert into ${table} (${columns.map(quote).join(', ')}) values (${places})` };
    inserts.set(table, known);
  }
  return known;
}

function insert(connection: SqliteConnection, table: string, row: Values): void {
  const { columns, sql } = insertOf(table, row);
  connection.run(
    sql,
    columns.map((column) => row[column]),
  );
}

function upsert(connection: SqliteConnection, table: string, row: Values, key: readonly string[]): void {
  const { columns, sql } = insertOf(table, row);
  const rest = columns.filter((column) => !key.includes(column));
  const update = rest.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ');
  connection.run(
    `${sql} on conflict (${key.join(', ')}) do update set ${update}`,
    columns.map((column) => row[column]),
  );
}

/** `schema`, `before` and `after` are words of SQL too. */
function quote(column: string): string {
  return `"${column}"`;
}

function writeRow(connection: SqliteConnection, { kind, id, before, after }: DirtyRow): void {
  if (!after) {
    if (before) connection.run(`delete from ${kind} where id = ?`, [id]);
    return;
  }
  const next = encode(kind, after);
  if (!before) {
    insert(connection, kind, next);
    return;
  }
  const was = encode(kind, before);
  // SQLite rewrites the index entries of every column that is named, changed or not.
  const columns = Object.keys(next).filter((column) => next[column] !== was[column]);
  if (columns.length === 0) return;
  const assignments = columns.map((column) => `${quote(column)} = ?`).join(', ');
  connection.run(`update ${kind} set ${assignments} where id = ?`, [...columns.map((column) => next[column]), id]);
}

function encode(kind: Kind, row: Row): Values {
  return encodeRow(kind, row as never) as unknown as Values;
}

function writeScopes(connection: SqliteConnection, batch: WriteBatch, stamp: CommitStamp): ScopeState[] {
  const deltas = batch.checksumDeltas();
  return batch.touchedScopes().map((scope) => {
    const known = connection.get<{ ver: number; sum: number }>('select ver, sum from scope where id = ?', [scope]);
    const state = { scope, ver: (known?.ver ?? 0) + 1, tag: stamp.tagOf(scope) };
    const sum = ((known?.sum ?? 0) + (deltas.get(scope) ?? 0)) % 2 ** 32;
    if (known) {
      connection.run('update scope set ver = ?, tag = ?, sum = ? where id = ?', [state.ver, state.tag, sum, scope]);
    } else {
      insert(connection, 'scope', {
        id: scope,
        kind: kindOfScope(scope),
        ver: state.ver,
        tag: state.tag,
        floor: 0,
        sum,
      });
    }
    insert(connection, 'scope_commit', {
      scope_id: scope,
      ver: state.ver,
      tag: state.tag,
      tx_id: stamp.txId,
      at: stamp.nowMs,
    });
    return state;
  });
}

function kindOfScope(scope: ScopeId): 'user' | 'project' {
  return scope.startsWith('u:') ? 'user' : 'project';
}

function writeSearch(connection: SqliteConnection, { kind, id, before, after }: DirtyRow): void {
  const change = searchChange(kind, before, after);
  if (!change) return;
  const known = change.remove
    ? connection.get<{ doc: number }>('select doc from search_document where eid = ?', [id])
    : undefined;
  if (!change.put) {
    if (known) removeDocument(connection, known.doc);
    return;
  }
  const { scope } = change.put;
  if (known) {
    connection.run('update search_document set scope_id = ? where doc = ?', [scope, known.doc]);
    putWords(connection, known.doc, change.put);
    return;
  }
  connection.run('insert into search_document (scope_id, kind, eid) values (?, ?, ?)', [scope, kind, id]);
  // RETURNING would do the same in three times the time.
  const added = connection.get<{ doc: number }>('select last_insert_rowid() as doc');
  if (added) putWords(connection, added.doc, change.put);
}

function putWords(connection: SqliteConnection, doc: number, { scope, words }: SearchDocument): void {
  connection.run('insert or replace into search_words (rowid, scope, words) values (?, ?, ?)', [
    doc,
    scopeWord(scope),
    words.map(toFtsWord).join(' '),
  ]);
}

function removeDocument(connection: SqliteConnection, doc: number): void {
  connection.run('delete from search_words where rowid = ?', [doc]);
  connection.run('delete from search_document where doc = ?', [doc]);
}
