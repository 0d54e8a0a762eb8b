import { INDEXES, KINDS, type IndexName, type Kind } from '#core/rows.ts';
import { columnName, columnsOf } from '#server/db/row-codec.ts';

/** How rows of a kind are found by an index: which column holds the key, and how the key is written there. */
export interface IndexColumn {
  readonly kind: Kind;
  readonly column: string;
  readonly keyOf: (key: string) => string;
}

/** The owner of a row is in its scope: it has no column of its own. */
function indexColumn({ kind, column }: { readonly kind: Kind; readonly column: string }): IndexColumn {
  const stored = columnName(column);
  if ((columnsOf(kind) as readonly string[]).includes(stored)) return { kind, column: stored, keyOf: (key) => key };
  const prefix = column === 'projectId' ? 'p:' : 'u:';
  return { kind, column: 'scope_id', keyOf: (key) => prefix + key };
}

export const INDEX_COLUMNS = Object.fromEntries(
  Object.entries(INDEXES).map(([name, index]) => [name, indexColumn(index)]),
) as Readonly<Record<IndexName, IndexColumn>>;

/** The columns of each kind as SQL. */
export const COLUMN_LISTS = Object.fromEntries(KINDS.map((kind) => [kind, columnsOf(kind).join(', ')])) as Readonly<
  Record<Kind, string>
>;
