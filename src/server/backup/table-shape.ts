import { type Kysely, sql } from 'kysely';
import type { Engine } from '#server/db/engine.ts';
import type { TableShape } from './archive-format.ts';
import { BACKED_UP } from './backed-up-tables.ts';

/** A database in one transaction, whatever tables it has. */
export interface OpenTables {
  readonly engine: Engine;
  readonly db: Kysely<unknown>;
}

/** What a column holds, as JSON has it. */
export type ColumnType = 'text' | 'integer' | 'bigint';

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Empty when there is no such table. */
export async function listColumns({ db, engine }: OpenTables, table: string): Promise<Column[]> {
  const query =
    engine === 'sqlite'
      ? sql<Column>`select name, lower(type) as type from pragma_table_info(${table})`
      : sql<Column>`select column_name as name, data_type as type from information_schema.columns
          where table_schema = current_schema() and table_name = ${table}`;
  return (await query.execute(db)).rows;
}

/** The tables of a backup that this database has. */
export async function describeTables(tables: OpenTables): Promise<TableShape[]> {
  const shapes: TableShape[] = [];
  for (const { name, key } of BACKED_UP) {
    const columns = await listColumns(tables, name);
    if (columns.length === 0) continue;
    for (const column of columns) columnType(column);
    shapes.push({ name, key: [...key], columns: columns.map((column) => column.name).toSorted() });
  }
  return shapes;
}

/** Only what JSON carries from one engine to the other without loss. */
export function columnType({ name, type }: Column): ColumnType {
  if (type === 'text' || type === 'integer' || type === 'bigint') return type;
  throw new Error(`Backups do not know how to carry column ${name} of type ${type}.`);
}
