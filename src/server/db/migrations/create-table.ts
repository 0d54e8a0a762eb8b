import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Engine } from '#server/db/engine.ts';

/**
 * `key` is text that is compared: ids, scopes, ranks, dates, names of states. `big` is a 64-bit integer (instants,
 * versions). A question mark allows null.
 */
export type ColumnSpec = 'key' | 'key?' | 'text' | 'text?' | 'int' | 'int?' | 'big' | 'big?';

export interface TableSpec {
  readonly columns: Readonly<Record<string, ColumnSpec>>;
  readonly primaryKey: readonly string[];
  readonly unique?: readonly string[];
  /** Foreign keys, column to `table.column`. */
  readonly references?: Readonly<Record<string, string>>;
  /** Rows that every write updates leave room on their page, so that PostgreSQL need not touch the indexes. */
  readonly updatedOften?: boolean;
}

export async function createTable(db: Kysely<unknown>, engine: Engine, name: string, spec: TableSpec): Promise<void> {
  let table: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const [column, type] of Object.entries(spec.columns)) {
    table = table.addColumn(column, sqlType(engine, type), (c) => {
      const nullable = type.endsWith('?') ? c : c.notNull();
      const target = spec.references?.[column];
      return target ? nullable.references(target) : nullable;
    });
  }
  table = table.addPrimaryKeyConstraint(`${name}_pk`, [...spec.primaryKey]);
  if (spec.unique) table = table.addUniqueConstraint(`${name}_${spec.unique.join('_')}`, [...spec.unique]);
  if (engine === 'sqlite') {
    // The rows are then stored in the primary key itself: a list by scope reads neighbouring pages.
    table = table.modifyEnd(sql`without rowid`);
  } else if (spec.updatedOften) {
    table = table.modifyEnd(sql`with (fillfactor = 50)`);
  }
  await table.execute();
}

function sqlType(engine: Engine, spec: ColumnSpec) {
  switch (spec.replace('?', '')) {
    case 'key':
      // The locale of the server must never decide how ids and ranks compare: bytes do, as in SQLite.
      return engine === 'postgres' ? sql`text collate "C"` : sql`text`;
    case 'int':
      return sql`integer`;
    case 'big':
      return sql`bigint`;
    default:
      return sql`text`;
  }
}
