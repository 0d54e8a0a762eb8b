import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listBackups } from '#server/backup/backup-directory.ts';
import { backUpToFile } from '#server/backup/backup-file.ts';
import { createBackupStatus } from '#server/backup/backup-status.ts';
import { backUpWhenDue as backUpWhenDueBy, lastDue, runScheduledBackups } from '#server/backup/scheduled-backups.ts';
import { snapshotOf } from '#server/backup/snapshot.ts';
import { verifyArchive } from '#server/backup/verify-archive.ts';
import { type Config, decideConfig } from '#server/config.ts';
import { type Database, type DatabaseTarget, openDatabase } from '#server/db/database.ts';
import { createLogger } from '#server/logger.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { newId } from '#tests/support/write-world.ts';
import { backupPlace, install } from './backup-world.ts';

/** Threads and processes of their own start slowly on a machine that is busy. */
vi.setConfig({ testTimeout: 120_000 });

const at = (day: number, time: string): string =>
  new Date(`2026-11-${String(day).padStart(2, '0')}T${time}:00`).toISOString();

/** What the schedule needs of a process, with a clock that stands still. The installation is of the 22nd. */
function processOn(target: DatabaseTarget, database: Database, directory: string, keep = 3) {
  const base = decideConfig({ values: {}, faults: [] });
  const config: Config = { ...base, database: target, backup: { ...base.backup, keep, directory } };
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
  const clock = createFakeClock(at(23, '12:00'));
  const closing = new AbortController();
  return { config, database, clock, newId, logger, closing: closing.signal, lines, stop: () => closing.abort() };
}

async function aDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-daily-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Without a thread of its own, whose start takes longer than the backup. */
function backUpWhenDue(context: ReturnType<typeof processOn>) {
  return backUpWhenDueBy(context, ({ target, path, ...options }) => backUpToFile(snapshotOf(target), path, options));
}

test('the time of day is that of the machine', () => {
  const due = { hour: 3, minute: 30 };
  expect(new Date(lastDue(Date.parse(at(23, '12:00')), due)).toISOString()).toBe(at(23, '03:30'));
  expect(new Date(lastDue(Date.parse(at(23, '03:29')), due)).toISOString()).toBe(at(22, '03:30'));
  expect(new Date(lastDue(Date.parse(at(23, '03:30')), due)).toISOString()).toBe(at(23, '03:30'));
});

test('there is one backup a day, not one per start, and a missed one is made up for', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  const { database } = installation;
  const context = processOn(place.target, database, place.directory);
  const first = await backUpWhenDueBy(context);
  expect(await verifyArchive(first?.path ?? '')).toMatchObject({ engine: database.engine });
  // Another start on the same day, and the hour before the next time.
  expect(await backUpWhenDue(processOn(place.target, database, place.directory))).toBeUndefined();
  context.clock.set(at(24, '02:59'));
  expect(await backUpWhenDue(context)).toBeUndefined();
  context.clock.set(at(24, '03:00'));
  expect(await backUpWhenDue(context)).toBeDefined();
  // Days without a process: one backup as soon as there is one again.
  context.clock.set(at(28, '01:00'));
  expect(await backUpWhenDue(context)).toBeDefined();
  expect(await backUpWhenDue(context)).toBeUndefined();
  expect(await listBackups(place.directory)).toHaveLength(3);
  expect(context.lines.join('')).toContain('daily backup made and verified');
});

test('what watches over it can ask how backups are: made, missing, failing and made again', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  const context = processOn(place.target, installation.database, place.directory);
  const status = createBackupStatus(context);
  context.clock.set(at(23, '05:00'));
  expect(await status()).toEqual({ state: 'ok', lastSuccess: null, lastFailure: null });
  context.clock.set(at(23, '05:01'));
  expect(await status()).toMatchObject({ state: 'overdue' });
  const broken = backUpWhenDueBy(context, () => Promise.reject(new Error('the disk is full')));
  await expect(broken).rejects.toThrow('the disk is full');
  context.clock.set(at(23, '05:02'));
  const failed = { state: 'failing', lastSuccess: null, lastFailure: at(23, '05:01') };
  expect(await status()).toEqual(failed);
  await backUpWhenDue(context);
  // Whoever asks every second costs one look in ten.
  expect(await status()).toEqual(failed);
  context.clock.set(at(23, '05:03'));
  expect(await status()).toEqual({ state: 'ok', lastSuccess: at(23, '05:02'), lastFailure: at(23, '05:01') });
  const config = { ...context.config, backup: { ...context.config.backup, dailyAt: undefined } };
  expect(await createBackupStatus({ ...context, config })()).toMatchObject({ state: 'off' });
});

test('an installation of today, or one whose schedule is off, gets none', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  const context = processOn(place.target, installation.database, place.directory);
  const config = { ...context.config, backup: { ...context.config.backup, dailyAt: undefined } };
  expect(await backUpWhenDue({ ...context, config })).toBeUndefined();
  await installation.database.writer.updateTable('instance').set({ created_at: context.clock.now() }).execute();
  expect(await backUpWhenDue(context)).toBeUndefined();
});

test('of several processes exactly one makes it, wherever each would put it', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  // SQLite has one process, which may still look several times.
  const isOne = installation.database.engine === 'sqlite';
  await using closing = new AsyncDisposableStack();
  const processes: ReturnType<typeof processOn>[] = [];
  const directories = [await aDirectory(), await aDirectory(), await aDirectory()];
  for (const directory of directories) {
    const database = isOne ? installation.database : closing.use(await openDatabase(place.target));
    processes.push(processOn(place.target, database, directory));
  }
  if (isOne) for (const each of processes) await backUpWhenDue(each);
  else await Promise.all(processes.map((each) => backUpWhenDue(each)));
  const files = await Promise.all(directories.map((directory) => readdir(directory)));
  expect(files.flat()).toHaveLength(1);
});

test('old daily backups go when there are more than are kept, and nothing else does', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  const { directory } = place;
  const strangers = ['notes.txt', 'tend-2020-01-01T00-00-00Z-daily.tar', 'tend-2020-01-01T00-00-00Z-manual.tar'];
  for (const name of strangers) await writeFile(join(directory, name), 'not a backup');
  const leftover = join(directory, '.tend-2020-01-01T00-00-00Z-daily.tar.part');
  const fresh = join(directory, '.tend-2026-11-23T00-00-00Z-daily.tar.part');
  for (const path of [leftover, fresh]) await writeFile(path, 'half');
  const context = processOn(place.target, installation.database, directory, 2);
  const [old, recent] = [new Date(at(23, '00:00')), new Date(at(26, '11:00'))];
  await utimes(leftover, old, old);
  await utimes(fresh, recent, recent);
  const made: string[] = [];
  for (let day = 23; day <= 25; day++) {
    context.clock.set(at(day, '12:00'));
    made.push((await backUpWhenDue(context))?.path ?? '');
  }
  // Of another installation that writes to the same place.
  await using elsewhere = await backupPlace('sqlite');
  await using other = await install(elsewhere.target);
  const neighbour = processOn(elsewhere.target, other.database, directory);
  neighbour.clock.set(at(23, '12:30'));
  const theirs = await backUpWhenDue(neighbour);
  context.clock.set(at(26, '12:00'));
  made.push((await backUpWhenDue(context))?.path ?? '');
  expect(made.filter((path) => existsSync(path))).toEqual(made.slice(-2));
  expect(existsSync(theirs?.path ?? '')).toBe(true);
  expect([...strangers.map((name) => join(directory, name)), fresh].filter((path) => !existsSync(path))).toEqual([]);
  expect(existsSync(leftover)).toBe(false);
});

test('a failure is an error in the log, removes nothing, and is tried again', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  const blocked = join(place.directory, 'file');
  await writeFile(blocked, '');
  const context = processOn(place.target, installation.database, join(blocked, 'backups'));
  const running = runScheduledBackups(context, 1);
  await expect.poll(() => context.lines.join(''), { timeout: 60_000 }).toContain('the daily backup failed');
  context.stop();
  await running;
  expect(context.lines.join('')).toMatch(/"level":"error".*could not be written/);
  const again = processOn(place.target, installation.database, place.directory);
  expect(await backUpWhenDue(again)).toBeDefined();
});

test('a process that is told to stop gives its backup up and leaves nothing behind', async () => {
  await using place = await backupPlace();
  await using installation = await install(place.target);
  const context = processOn(place.target, installation.database, place.directory);
  const running = runScheduledBackups(context, 1);
  await new Promise((resolve) => {
    setTimeout(resolve, 30);
  });
  context.stop();
  await running;
  expect((await readdir(place.directory)).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(context.lines.join('')).not.toContain('failed');
});
