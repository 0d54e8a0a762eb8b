import { createHash, type Hash } from 'node:crypto';
import { sql } from 'kysely';
import type { TableShape, TableTotals } from './archive-format.ts';
import type { OpenTables } from './table-shape.ts';

/** Rows that are in memory at once; each may be as long as the longest description. */
const PAGE_ROWS = 100;

/** The rows of a table in the order of its key, each as a line of JSON without its end. */
export async function* readLines({ db }: OpenTables, shape: TableShape): AsyncGenerator<string[]> {
  const columns = sql.join(shape.columns.map((column) => sql.ref(column)));
  const key = sql.join(shape.key.map((column) => sql.ref(column)));
  let last: Record<string, unknown> | undefined;
  for (;;) {
    const after = last ? sql`where (${key}) > (${sql.join(shape.key.map((column) => last?.[column]))})` : sql``;
    const query = sql<Record<string, unknown>>`
      select ${columns} from ${sql.table(shape.name)} ${after} order by ${key} limit ${sql.lit(PAGE_ROWS)}`;
    const { rows } = await query.execute(db);
    if (rows.length > 0) yield rows.map((row) => JSON.stringify(shape.columns.map((column) => row[column])));
    if (rows.length < PAGE_ROWS) return;
    last = rows.at(-1);
  }
}

/** Counts and hashes the lines of one table: the same for the same content, on either engine and in the archive. */
export class TableDigest {
  readonly #hash: Hash = createHash('sha256');
  #rows = 0;

  /** Whole lines, each with its end. */
  add(lines: Buffer, rows: number): void {
    this.#hash.update(lines);
    this.#rows += rows;
  }

  totals(shape: TableShape): TableTotals {
    return { ...shape, rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

export function joinLines(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

/** What a backup would say of these tables now. */
export async function digestTables(tables: OpenTables, shapes: readonly TableShape[]): Promise<TableTotals[]> {
  const all: TableTotals[] = [];
  for (const shape of shapes) {
    const digest = new TableDigest();
    for await (const lines of readLines(tables, shape)) digest.add(joinLines(lines), lines.length);
    all.push(digest.totals(shape));
  }
  return all;
}
