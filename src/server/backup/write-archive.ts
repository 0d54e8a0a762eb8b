import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { appliedMigrations } from '#server/db/migrator.ts';
import {
  FORMAT,
  partName,
  SECRET_NAME,
  type ArchiveHead,
  type Manifest,
  type TableShape,
  type TableTotals,
} from './archive-format.ts';
import { ArchiveWriter, type Sink } from './archive-writer.ts';
import { DamagedDatabaseError, NothingThereError } from './backup-errors.ts';
import { joinLines, readLines, TableDigest } from './table-rows.ts';
import { describeTables, type OpenTables } from './table-shape.ts';

const gzip = promisify(gzipCallback);

/** Of rows, before compression. Two of them are in memory at once. */
const PART_BYTES = 2 ** 20;

export interface ArchiveOptions {
  /** Version of Tend. */
  readonly app: string;
  readonly now: number;
  /** Goes into the archive too: whoever has it can make tokens for every account. */
  readonly secret?: string | undefined;
}

export interface WrittenArchive {
  readonly manifest: Manifest;
  readonly bytes: number;
}

/** Everything that the snapshot holds, as one archive. */
export async function writeArchive(
  snapshot: OpenTables,
  sink: Sink,
  { app, now, secret }: ArchiveOptions,
): Promise<WrittenArchive> {
  const migrations = await appliedMigrations(snapshot.db, snapshot.engine);
  if (migrations.length === 0) throw new NothingThereError('The database is empty: Tend never started on it.');
  await assertSound(snapshot);
  const tables = await describeTables(snapshot);
  const head: ArchiveHead = {
    format: FORMAT,
    app,
    createdAt: new Date(now).toISOString(),
    engine: snapshot.engine,
    ...(await identity(snapshot.db)),
    migrations,
    tables,
  };
  const writer = await ArchiveWriter.begin(sink, head);
  const totals: TableTotals[] = [];
  for (const shape of tables) totals.push(await writeTable(writer, snapshot, shape));
  if (secret !== undefined) await writer.add(SECRET_NAME, Buffer.from(`${secret}\n`));
  const manifest = await writer.finish(totals);
  return { manifest, bytes: writer.bytes };
}

async function identity(db: Kysely<unknown>): Promise<Pick<ArchiveHead, 'instance' | 'epoch'>> {
  const query = sql<{ id: string; epoch: string }>`select id, epoch from instance order by created_at, id`;
  const [row] = (await query.execute(db)).rows;
  if (!row) throw new NothingThereError('The database is empty: Tend never started on it.');
  return { instance: row.id, epoch: row.epoch };
}

/** PostgreSQL checks its pages as it reads them. */
async function assertSound({ db, engine }: OpenTables): Promise<void> {
  if (engine === 'postgres') return;
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const found = rows[0]?.quick_check;
  if (found !== 'ok') throw new DamagedDatabaseError(`The database is damaged: ${found ?? 'it cannot be checked'}.`);
}

async function writeTable(writer: ArchiveWriter, snapshot: OpenTables, shape: TableShape): Promise<TableTotals> {
  const digest = new TableDigest();
  let part = 0;
  let lines: string[] = [];
  let size = 0;
  let writing: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const text = joinLines(lines);
    digest.add(text, lines.length);
    lines = [];
    size = 0;
    const name = partName(shape.name, ++part);
    await writing;
    // One part is compressed, on another thread, while the next is read.
    writing = gzip(text, { level: 5 }).then((content) => writer.add(name, content));
    writing.catch(() => undefined);
  };

  for await (const page of readLines(snapshot, shape)) {
    for (const line of page) {
      lines.push(line);
      size += line.length;
      if (size >= PART_BYTES) await flush();
    }
  }
  await flush();
  await writing;
  return digest.totals(shape);
}
