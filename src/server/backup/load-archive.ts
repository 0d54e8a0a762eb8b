import { type Kysely, sql } from 'kysely';
import { MIGRATIONS, type Migration } from '#server/db/migrations/index.ts';
import { migrate } from '#server/db/migrator.ts';
import { rebuildSearch } from '#server/search/search-rebuild.ts';
import { type Part, readParts } from './archive-parts.ts';
import { ArchiveReader } from './archive-reader.ts';
import type { Manifest, TableShape } from './archive-format.ts';
import { DamagedBackupError, NewerBackupError } from './backup-errors.ts';
import { digestTables } from './table-rows.ts';
import { columnType, describeTables, listColumns, type OpenTables } from './table-shape.ts';

export interface LoadOptions {
  /** Given, devices forget what the backup does not have; otherwise they bring it back. */
  readonly newEpoch?: string | undefined;
  readonly migrations?: Readonly<Record<string, Migration>>;
}

/** Throws unless this Tend knows every migration of the archive. */
export function assertKnownSchema(
  path: string,
  { migrations: applied }: Pick<Manifest, 'migrations'>,
  known: Readonly<Record<string, Migration>> = MIGRATIONS,
): void {
  const unknown = applied.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  throw new NewerBackupError(
    `${path} was made by a newer Tend (${unknown.join(', ')}). Restore it with that version or a later one.`,
  );
}

/**
 * Fills a database without tables, inside the caller's transaction: the schema that the archive was made at, its
 * rows, which are then read back and compared, and from there the migrations that a running database would have had.
 */
export async function loadArchive(
  tables: OpenTables,
  path: string,
  manifest: Manifest,
  { newEpoch, migrations = MIGRATIONS }: LoadOptions = {},
): Promise<void> {
  const { db, engine } = tables;
  assertKnownSchema(path, manifest, migrations);
  const then = Object.entries(migrations).filter(([name]) => manifest.migrations.includes(name));
  await migrate(db, engine, Object.fromEntries(then));
  const shapes = await describeTables(tables);
  assertSameShape(path, shapes, manifest.tables);
  // A migration may have put rows there; the archive has them as they became.
  for (const { name } of shapes.toReversed()) await sql`delete from ${sql.table(name)}`.execute(db);
  await insertParts(tables, path, manifest);
  await assertSameContent(tables, shapes, manifest);
  await migrate(db, engine, migrations);
  await rebuildSearch(db, engine);
  if (newEpoch !== undefined) await sql`update instance set epoch = ${newEpoch}`.execute(db);
}

function assertSameShape(path: string, shapes: readonly TableShape[], listed: readonly TableShape[]): void {
  const text = (all: readonly TableShape[]) =>
    all
      .map(({ name, columns, key }) => JSON.stringify([name, columns, key]))
      .toSorted()
      .join();
  if (text(shapes) !== text(listed)) {
    throw new DamagedBackupError(`${path} does not have the tables of the schema that it names.`);
  }
}

/** The file was verified before, and is now read again: what changed in between must not get in. */
async function insertParts(tables: OpenTables, path: string, { files }: Manifest): Promise<void> {
  const expected = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const inserts = new Map<string, (part: Part) => Promise<void>>();
  await using reader = await ArchiveReader.open(path);
  for await (const part of readParts(reader)) {
    if (expected.get(part.file) !== part.sha256) {
      throw new DamagedBackupError(`${path} changed while it was restored.`);
    }
    const { table } = part;
    let insert = inserts.get(table.name);
    if (!insert) inserts.set(table.name, (insert = await prepareInsert(tables, table)));
    await insert(part);
  }
}

/** The lines go to the database as one JSON array, so that it alone turns them into values; as jsonb it parses them once. */
async function prepareInsert(
  tables: OpenTables,
  { name, columns }: TableShape,
): Promise<(part: Part) => Promise<void>> {
  const { db, engine } = tables;
  const types = new Map((await listColumns(tables, name)).map((column) => [column.name, columnType(column)]));
  const into = sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})`;
  const values = sql.join(
    columns.map((column, i) => {
      const text = sql`value->>${sql.lit(i)}`;
      return engine === 'sqlite' ? text : sql`(${text})::${sql.raw(types.get(column) ?? 'text')}`;
    }),
  );
  const source = engine === 'sqlite' ? sql.raw('json_each') : sql.raw('jsonb_array_elements');
  return async ({ lines }) => {
    // A line break inside a value is escaped.
    const json = `[${lines.toString().trimEnd().replaceAll('\n', ',')}]`;
    const argument = engine === 'sqlite' ? sql`${json}` : sql`${json}::jsonb`;
    await sql`${into} select ${values} from ${source}(${argument})`.execute(db);
  };
}

async function assertSameContent(
  tables: OpenTables,
  shapes: readonly TableShape[],
  { tables: expected }: Manifest,
): Promise<void> {
  const found = new Map((await digestTables(tables, shapes)).map((totals) => [totals.name, totals]));
  for (const { name, rows, sha256 } of expected) {
    const totals = found.get(name);
    if (totals?.rows !== rows || totals.sha256 !== sha256) {
      throw new Error(`Table ${name} did not arrive as it is in the backup.`);
    }
  }
}

/** Whether somebody's data would be lost. An installation that was only started has nothing yet. */
export async function hasAccounts(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql`select 1 from ${sql.table('user')} limit 1`.execute(db);
  return rows.length > 0;
}
