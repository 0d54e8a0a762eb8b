import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { createTask } from '#core/tasks/task-mutators.ts';
import { openDatabase } from '#server/db/database.ts';
import { MIGRATIONS } from '#server/db/migrations/index.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { verifyArchive } from '#server/backup/verify-archive.ts';
import { search } from '#server/search/search-repository.ts';
import { createWritePath } from '#server/write/write-path.ts';
import { createLocalHub } from '#server/write/hub.ts';
import { testEngine } from '#tests/support/test-database.ts';
import { newId, requestOf, sumsFromRows, sumsFromScopes, taskArgs } from '#tests/support/write-world.ts';
import { backUp, backupPlace, contentOf, fill, install, restoreOptions } from './backup-world.ts';

/** Threads and processes of their own start slowly on a machine that is busy. */
vi.setConfig({ testTimeout: 120_000 });

const FIXTURE = new URL('fixtures/0001-initial.tar', import.meta.url).pathname;
const engine = testEngine();
const other = engine === 'postgres' ? 'sqlite' : engine;

test('what is restored is what was backed up, also by way of the other engine, and it works', async () => {
  await using first = await backupPlace('sqlite' as const);
  await using second = await backupPlace(engine);
  await using third = await backupPlace(other);
  const installation = await install(first.target);
  await fill(installation);
  await installation.database.close();
  const content = await contentOf(first.target);
  expect(content.filter(({ rows }) => rows === 0)).toEqual([]);

  const { manifest, path } = await backUp(first.target, join(first.directory, 'first.tar'));
  expect(manifest.tables).toEqual(content);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await restoreBackup(second.target, path, restoreOptions(second));
  expect(await contentOf(second.target)).toEqual(content);
  const again = await backUp(second.target, join(second.directory, 'second.tar'));
  await restoreBackup(third.target, again.path, restoreOptions(third));
  expect(await contentOf(third.target)).toEqual(content);

  for (const { target } of [second, third]) {
    await using database = await openDatabase(target);
    expect(await sumsFromScopes({ database })).toEqual(await sumsFromRows({ database }));
    const { userId } = installation.user;
    const hits = await search(database, { userId, text: 'task 1499', kind: 'task', limit: 5 });
    expect(hits.map(({ hit }) => hit.title.text)).toEqual([expect.stringContaining('Task 1499')]);
    const write = createWritePath({ database, hub: createLocalHub(), now: () => Date.now() });
    const args = taskArgs({ projectId: installation.user.inboxId, title: 'After the restore' });
    await write.execute(requestOf(installation.user, createTask, args));
    expect(await search(database, { userId, text: 'after restore', kind: 'task', limit: 5 })).toHaveLength(1);
  }
});

test('accounts are only replaced when asked, and then kept in a backup of their own', async () => {
  await using place = await backupPlace();
  await using elsewhere = await backupPlace('sqlite');
  for (const { target } of [place, elsewhere]) {
    await using installation = await install(target);
    await fill(installation, 10);
  }
  const before = await contentOf(place.target);
  const wanted = await backUp(elsewhere.target, join(elsewhere.directory, 'wanted.tar'));
  await expect(restoreBackup(place.target, wanted.path, restoreOptions(place))).rejects.toThrow('--replace');
  expect(await contentOf(place.target)).toEqual(before);

  const { safety } = await restoreBackup(place.target, wanted.path, restoreOptions(place, { replace: true }));
  expect(await contentOf(place.target)).toEqual(wanted.manifest.tables);
  expect(safety?.path).toContain('before-restore');
  await restoreBackup(place.target, safety?.path ?? '', restoreOptions(place, { replace: true, now: Date.now() }));
  expect(await contentOf(place.target)).toEqual(before);
});

test('an installation that was only started has nothing to lose', async () => {
  await using place = await backupPlace();
  await (await openDatabase(place.target)).close();
  await expect(backUp(place.target, join(place.directory, 'x.tar'))).rejects.toThrow('The database is empty');
  const { safety } = await restoreBackup(place.target, FIXTURE, restoreOptions(place));
  expect(safety).toBeUndefined();
  expect(readdirSync(place.directory)).toEqual([]);
});

test('nothing is restored while a process works on the database', async () => {
  await using place = await backupPlace();
  const installation = await install(place.target);
  await installation.database.writer.selectFrom('user').select('id').execute();
  const restore = () => restoreBackup(place.target, FIXTURE, restoreOptions(place, { replace: true }));
  await expect(restore()).rejects.toThrow('Another Tend process is using');
  await installation.database.close();
  await restore();
});

test('a restore that fails half-way leaves what was there', async () => {
  await using place = await backupPlace();
  {
    await using installation = await install(place.target);
    await fill(installation, 20);
  }
  const before = await contentOf(place.target);
  const broken = {
    ...MIGRATIONS,
    '9999-broken': { up: () => Promise.reject(new Error('the last step fails')) },
  };
  const options = restoreOptions(place, { replace: true, migrations: broken });
  await expect(restoreBackup(place.target, FIXTURE, options)).rejects.toThrow('the last step fails');
  expect(await contentOf(place.target)).toEqual(before);
  await (await openDatabase(place.target)).close();
  expect(await contentOf(place.target)).toEqual(before);
});

test('a backup of the first schema becomes a database of this one', async () => {
  await using place = await backupPlace();
  const { manifest } = await restoreBackup(place.target, FIXTURE, restoreOptions(place));
  expect(manifest.migrations).toEqual(['0001-initial']);
  await using database = await openDatabase(place.target, { migrate: false });
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    database.reader,
  );
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(MIGRATIONS));
  // Every row and column that the archive has is as it was: only what later migrations added comes on top.
  const now = new Map((await contentOf(place.target)).map((table) => [table.name, table]));
  for (const { name, rows: count, columns, sha256 } of manifest.tables) {
    expect([name, now.get(name)?.rows]).toEqual([name, count]);
    if (now.get(name)?.columns.length === columns.length) expect([name, now.get(name)?.sha256]).toEqual([name, sha256]);
  }
  const task = await database.reader
    .selectFrom('task')
    .selectAll()
    .where('title', 'like', 'Zelt%')
    .executeTakeFirstOrThrow();
  expect(task).toMatchObject({
    title: 'Zelt "reparieren" \\ und nähen',
    description: 'Zeile 1\nZeile 2\u2028Ende',
    labels: '["büro"]',
    date: '2026-12-01',
    time_zone: 'Europe/Berlin',
    description_conflict: null,
  });
  const user = await database.reader
    .selectFrom('user')
    .select('id')
    .where('username', '=', 'ana')
    .executeTakeFirstOrThrow();
  expect(await search(database, { userId: user.id, text: 'zelt', kind: undefined, limit: 5 })).toHaveLength(1);
  expect(await sumsFromScopes({ database })).toEqual(await sumsFromRows({ database }));
});

test('a backup of a newer schema is refused before anything is touched', async () => {
  await using place = await backupPlace();
  {
    await using installation = await install(place.target);
    await fill(installation, 5);
  }
  const { path } = await backUp(place.target, join(place.directory, 'new.tar'));
  const { '0001-initial': initial } = MIGRATIONS;
  if (!initial) throw new Error('no first migration');
  const options = restoreOptions(place, { replace: true, migrations: { '0001-initial': initial } });
  const refused = restoreBackup(place.target, path, options);
  await expect(refused).rejects.toMatchObject({ name: 'NewerBackupError', message: expect.stringContaining('0002') });
  expect(readdirSync(place.directory)).toEqual(['new.tar']);
});

test('on request devices shall forget what came later: the epoch is another, and nothing else', async () => {
  await using place = await backupPlace();
  const newEpoch = newId();
  const { manifest } = await restoreBackup(place.target, FIXTURE, restoreOptions(place, { newEpoch }));
  await using database = await openDatabase(place.target);
  const { id, epoch } = await database.reader.selectFrom('instance').select(['id', 'epoch']).executeTakeFirstOrThrow();
  expect([id, epoch]).toEqual([manifest.instance, newEpoch]);
  expect(manifest.epoch).not.toBe(newEpoch);
});

test('a backup never overwrites a file, and leaves none behind when it fails', async () => {
  await using place = await backupPlace();
  await (await install(place.target)).database.close();
  const path = join(place.directory, 'one.tar');
  await backUp(place.target, path);
  await expect(backUp(place.target, path)).rejects.toThrow('exists already');
  await expect(
    backUp({ engine: 'sqlite', path: join(place.directory, 'no.db') }, join(place.directory, 'two.tar')),
  ).rejects.toThrow('There is no database');
  expect(readdirSync(place.directory)).toEqual(['one.tar']);
  expect((await verifyArchive(path)).tables.find(({ name }) => name === 'user')?.rows).toBe(1);
});
