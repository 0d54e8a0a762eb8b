import { KINDS, type IndexName, type Kind, type Row } from '#core/rows.ts';
import { decodeRow } from '#server/db/row-codec.ts';
import type { ClientTable } from '#server/db/schema.ts';
import type { Loaded, Wanted } from './loaded-rows.ts';
import type { Statement } from './postgres-statement.ts';
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
import type { StoredMutation } from './working-set.ts';

interface Branch {
  /** How its rows are marked in the answer. */
  readonly tag: string;
  readonly sql: string;
  readonly values: (wanted: Wanted) => Iterable<string>;
}

const INDEX_NAMES = Object.keys(INDEX_COLUMNS) as IndexName[];

function listBranch(index: IndexName): Branch {
  const { kind, column, keyOf } = INDEX_COLUMNS[index];
  const columns = COLUMN_LISTS[kind];
  const direct = `select ${columns} from ${kind} where ${column} = any($::text[])`;
  const below = `select ${prefixed('t', columns)} from task t join below b on t.parent_id = b.id`;
  return {
    tag: kind,
    // Who asks for subtasks goes on to ask for theirs: all levels at once.
    sql:
      index === 'subtasks' ? `with recursive below as (${direct} union ${below}) select ${columns} from below` : direct,
    values: (wanted) => [...(wanted.lists.get(index) ?? [])].map(keyOf),
  };
}

function prefixed(table: string, columns: string): string {
  return columns.replaceAll(/\w+/g, (column) => `${table}.${column}`);
}

const BRANCHES: readonly Branch[] = [
  ...KINDS.map((kind) => ({
    tag: kind,
    sql: `select ${COLUMN_LISTS[kind]} from ${kind} where id = any($::text[])`,
    values: (wanted: Wanted) => wanted.rows.get(kind) ?? [],
  })),
  ...INDEX_NAMES.map(listBranch),
  {
    tag: '@account',
    sql: `select ${USER_COLUMNS} from "user" where id = any($::text[])`,
    values: (wanted) => wanted.accounts,
  },
  {
    tag: '@stored',
    sql: `select ${MUTATION_COLUMNS} from mutation where uid = any($::text[])`,
    values: (wanted) => [...wanted.stored, ...wanted.mutations],
  },
  {
    tag: '@change',
    sql: `select ${CHANGE_COLUMNS} from change where mutation_uid = any($::text[])`,
    values: (wanted) => wanted.mutations,
  },
  {
    tag: '@client',
    sql: 'select id, user_id, last, last_uid, schema, seen_at from client where id = any($::text[])',
    values: (wanted) => wanted.clients,
  },
];

/** One statement, therefore one round trip and one snapshot, for everything that is wanted. */
export function loadStatement(wanted: Wanted): Statement | undefined {
  const used = BRANCHES.map((branch) => ({ branch, values: [...branch.values(wanted)] })).filter(
    ({ values }) => values.length > 0,
  );
  if (used.length === 0) return undefined;
  const text = used
    .map(({ branch }, i) => {
      const sql = branch.sql.replace('$', `$${i + 1}`);
      return `select '${branch.tag}' as tag, to_json(x) as value from (${sql}) x`;
    })
    .join(' union all ');
  return { text, values: used.map(({ values }) => values) };
}

interface TaggedRow {
  readonly tag: string;
  readonly value: unknown;
}

export function readLoaded(wanted: Wanted, rows: readonly TaggedRow[]): Loaded {
  const tagged = <T>(tag: string): T[] => rows.filter((row) => row.tag === tag).map((row) => row.value as T);
  const stored = tagged<StoredMutation>('@stored');
  const changes = Map.groupBy(tagged<StoredChange>('@change'), (change) => change.mutation_uid);
  return {
    rows: rows
      .filter(({ tag }) => !tag.startsWith('@'))
      .map(({ tag, value }) => [tag as Kind, decodeRow(tag as Kind, value as never) as Row]),
    accounts: tagged<StoredAccount>('@account').map(accountCard),
    stored,
    mutations: stored
      .filter(({ uid }) => wanted.mutations.has(uid))
      .map((each) => recordedMutation(each, changes.get(each.uid) ?? []))
      .filter((each) => each !== undefined),
    clients: tagged<ClientTable>('@client'),
  };
}
