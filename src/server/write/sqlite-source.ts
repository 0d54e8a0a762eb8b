import type { IndexKind, IndexName, Kind, Row, RowOf } from '#core/rows.ts';
import { decodeRow } from '#server/db/row-codec.ts';
import type { ClientTable } from '#server/db/schema.ts';
import type { SqliteConnection } from '#server/db/sqlite-connection.ts';
import { COLUMN_LISTS, INDEX_COLUMNS } from './row-queries.ts';
import {
  accountCard,
  CHANGE_COLUMNS,
  MUTATION_COLUMNS,
  recordedMutation,
  USER_COLUMNS,
  type StoredAccount,
  type StoredChange,
} from './stored-rows.ts';
import type { RowSource, StoredMutation } from './working-set.ts';

const GET = Object.fromEntries(
  Object.entries(COLUMN_LISTS).map(([kind, columns]) => [kind, `select ${columns} from ${kind} where id = ?`]),
) as Readonly<Record<Kind, string>>;

const LIST = Object.fromEntries(
  Object.entries(INDEX_COLUMNS).map(([name, { kind, column }]) => [
    name,
    `select ${COLUMN_LISTS[kind]} from ${kind} where ${column} = ?`,
  ]),
) as Readonly<Record<IndexName, string>>;

const STORED = `select ${MUTATION_COLUMNS} from mutation where uid = ?`;
const ACCOUNT = `select ${USER_COLUMNS} from user where id = ?`;
const CHANGES = `select ${CHANGE_COLUMNS} from change where mutation_uid = ?`;

/** SQLite answers at once, inside the transaction that will write. */
export function createSqliteSource(connection: SqliteConnection): RowSource {
  const stored = (uid: string): StoredMutation | undefined => connection.get<StoredMutation>(STORED, [uid]);
  return {
    stored,
    get<K extends Kind>(kind: K, id: string) {
      const row = connection.get(GET[kind], [id]);
      return row && decodeRow<K>(kind, row as never);
    },
    list<I extends IndexName>(index: I, key: string) {
      const { kind, keyOf } = INDEX_COLUMNS[index];
      const rows = connection.all(LIST[index], [keyOf(key)]).map((row) => decodeRow(kind, row as never)) as Row[];
      return rows as RowOf<IndexKind<I>>[];
    },
    account(userId) {
      const account = connection.get<StoredAccount>(ACCOUNT, [userId]);
      return account && accountCard(account);
    },
    client: (id) =>
      connection.get<ClientTable>('select id, user_id, last, last_uid, schema, seen_at from client where id = ?', [id]),
    mutation(uid) {
      const found = stored(uid);
      return found && recordedMutation(found, connection.all<StoredChange>(CHANGES, [uid]));
    },
  };
}
