import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { whyLeftOut } from '#server/backup/backed-up-tables.ts';
import { columnType, listColumns } from '#server/backup/table-shape.ts';
import { openDatabase } from '#server/db/database.ts';
import { testEngine } from '#tests/support/test-database.ts';
import { backUp, backupPlace, install } from './backup-world.ts';

/** Threads and processes of their own start slowly on a machine that is busy. */
vi.setConfig({ testTimeout: 120_000 });

const engine = testEngine();

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** Every table that the migrations made, asked of the database and not of our own lists. */
async function tablesOf(place: Awaited<ReturnType<typeof backupPlace>>, change: string[] = []): Promise<Table[]> {
  await using database = await openDatabase(place.target);
  for (const statement of change) await sql.raw(statement).execute(database.writer);
  const names =
    engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
      : sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`;
  const tables: Table[] = [];
  for (const { name } of (await names.execute(database.reader)).rows) {
    const columns = await listColumns({ db: database.reader as never, engine }, name);
    if (whyLeftOut(name) === undefined) for (const column of columns) columnType(column);
    const key =
      engine === 'sqlite'
        ? sql<{ name: string }>`select name from pragma_table_info(${name}) where pk > 0 order by pk`
        : sql<{ name: string }>`select a.attname as name from pg_index i
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
            where i.indrelid = ${`"${name}"`}::regclass and i.indisprimary
            order by array_position(i.indkey::int2[], a.attnum)`;
    const keyColumns = (await key.execute(database.reader)).rows.map((row) => row.name);
    tables.push({ name, columns: columns.map((column) => column.name).toSorted(), key: keyColumns });
  }
  return tables;
}

/** Columns that are neither in the backup nor excused. */
async function uncovered(change: string[] = []): Promise<string[]> {
  await using place = await backupPlace();
  await (await install(place.target)).database.close();
  const tables = await tablesOf(place, change);
  const { manifest } = await backUp(place.target, join(place.directory, 'all.tar'));
  const covered = new Map(manifest.tables.map((table) => [table.name, table]));
  return tables
    .filter(({ name }) => whyLeftOut(name) === undefined)
    .flatMap(({ name, columns, key }) => {
      const table = covered.get(name);
      const missing = columns.filter((column) => !table?.columns.includes(column)).map((column) => `${name}.${column}`);
      return table && table.key.join() !== key.join() ? [...missing, `key of ${name}`] : missing;
    });
}

test('every column of every table is in a backup, or its table is left out for a reason', async () => {
  expect(await uncovered()).toEqual([]);
});

test('a table that nobody decided about is noticed; a new column is in the backup by itself', async () => {
  const change = ['create table habit (id text primary key, name text)', 'alter table task add column mood text'];
  expect(await uncovered(change)).toEqual(['habit.id', 'habit.name']);
});
