import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { createTask } from '#core/tasks/task-mutators.ts';
import { projectScope } from '#core/rows.ts';
import { backUpInThread } from '#server/backup/backup-thread.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { type Database, openDatabase } from '#server/db/database.ts';
import { newId, requestOf, sumsFromRows, sumsFromScopes, taskArgs } from '#tests/support/write-world.ts';
import { backupPlace, contentOf, fill, install, type OpenInstallation, restoreOptions } from './backup-world.ts';

/** Threads and processes of their own start slowly on a machine that is busy. */
vi.setConfig({ testTimeout: 120_000 });

const WRITES_PER_SECOND = 200;

interface Traffic {
  /** Ids of tasks, in the order in which they were sent. */
  readonly sent: string[];
  readonly acknowledged: Set<string>;
  stop(): Promise<void>;
}

/** New tasks, so many a second, whether or not the ones before were answered. */
function writeSteadily({ write, user }: OpenInstallation): Traffic {
  const sent: string[] = [];
  const acknowledged = new Set<string>();
  const answers: Promise<void>[] = [];
  const begin = performance.now();
  const send = async (id: string): Promise<void> => {
    await write.execute(requestOf(user, createTask, taskArgs({ id, projectId: user.inboxId, title: `During ${id}` })));
    acknowledged.add(id);
  };
  const timer = setInterval(() => {
    const due = ((performance.now() - begin) / 1000) * WRITES_PER_SECOND;
    while (sent.length < due) {
      const id = newId();
      sent.push(id);
      answers.push(send(id));
    }
  }, 5);
  return {
    sent,
    acknowledged,
    async stop() {
      clearInterval(timer);
      await Promise.all(answers);
    },
  };
}

/** What of the log and of the tasks a scope had at a version, as text to compare; tasks here only ever begin. */
async function historyAt({ reader }: Database, scope: string, version: number) {
  const changes = reader.selectFrom('change').selectAll().where('scope_id', '=', scope).where('ver', '<=', version);
  const commits = reader.selectFrom('scope_commit').selectAll().where('scope_id', '=', scope);
  const tasks = reader.selectFrom('task').selectAll().where('id', 'in', changes.clearSelect().select('eid'));
  const mutations = reader
    .selectFrom('mutation')
    .selectAll()
    .where('uid', 'in', changes.clearSelect().select('mutation_uid'));
  const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted();
  return {
    tasks: lines(await tasks.execute()),
    changes: lines(await changes.execute()),
    commits: lines(await commits.where('ver', '<=', version).execute()),
    mutations: lines(await mutations.execute()),
  };
}

test('a backup made during 200 writes a second is one instant of them, and nobody waited for it', async () => {
  await using place = await backupPlace();
  await using copy = await backupPlace();
  await using installation = await install(place.target);
  await fill(installation);
  const traffic = writeSteadily(installation);
  await sleep(1_000);
  const before = [...traffic.acknowledged];
  const order = { target: place.target, path: join(place.directory, 'x.tar'), app: 'x', now: Date.now() };
  const { path, manifest } = await backUpInThread(order, new AbortController().signal);
  const acknowledged = traffic.acknowledged.size;
  const sentUntilThen = new Set(traffic.sent);
  await sleep(500);
  await traffic.stop();
  expect(acknowledged).toBeGreaterThan(before.length);
  expect(traffic.acknowledged.size).toBe(traffic.sent.length);

  await restoreBackup(copy.target, path, restoreOptions(copy));
  expect(await contentOf(copy.target)).toEqual(manifest.tables);
  await using restored = await openDatabase(copy.target);
  const tasks = await restored.reader.selectFrom('task').select('id').where('title', 'like', 'During %').execute();
  const present = new Set(tasks.map(({ id }) => id));
  expect(before.filter((id) => !present.has(id))).toEqual([]);
  expect([...present].filter((id) => !sentUntilThen.has(id))).toEqual([]);
  // Row by row what the live database had at that version, and versions that fit the rows.
  const scope = projectScope(installation.user.inboxId);
  const { ver } = await restored.reader
    .selectFrom('scope')
    .select('ver')
    .where('id', '=', scope)
    .executeTakeFirstOrThrow();
  const live = await historyAt(installation.database, scope, ver);
  expect(await historyAt(restored, scope, ver)).toEqual(live);
  expect(live.tasks).toHaveLength(present.size);
  expect(await sumsFromScopes({ database: restored })).toEqual(await sumsFromRows({ database: restored }));
});

function taskIdsIn(path: string): string[] {
  using copied = new DatabaseSync(path);
  // Not even the tables need be in the file itself.
  const hasTasks = copied.prepare(`select 1 from sqlite_master where name = 'task'`).get() !== undefined;
  return hasTasks
    ? copied
        .prepare('select id from task')
        .all()
        .map(({ id }) => String(id))
    : [];
}

test('a plain copy of the file does not do: acknowledged writes are not in it', async () => {
  await using place = await backupPlace('sqlite');
  await using installation = await install(place.target);
  const traffic = writeSteadily(installation);
  const path = join(place.directory, 'copied.db');
  // Right after a checkpoint a copy may happen to be good; the next one is not.
  const lost = async (): Promise<number> => {
    const before = [...traffic.acknowledged];
    if (place.target.engine === 'sqlite') await copyFile(place.target.path, path);
    const present = new Set(taskIdsIn(path));
    return before.filter((id) => !present.has(id)).length;
  };
  await expect.poll(lost, { timeout: 60_000 }).toBeGreaterThan(0);
  await traffic.stop();
});
