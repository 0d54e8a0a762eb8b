import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { startTend } from '#tests/support/tend-process.ts';
import { createTestDatabase, testEngine } from '#tests/support/test-database.ts';
import { addTask, createWriteWorld } from '#tests/support/write-world.ts';
import { post, signUp } from './account.ts';
import { canTrace, countAnswers, traceCalls } from './system-calls.ts';

const WRITES = 8;
// Longer than the late commit of the server with the fault takes: it must not pass for that of the next task.
const BETWEEN_WRITES_MS = 600;
const EARLY_ACK_SERVER = fileURLToPath(new URL('early-ack-server.ts', import.meta.url));

test('commits are durable after the first write, not only before it', async () => {
  await using world = await createWriteWorld();
  await addTask(world, await world.addUser('ana'));
  const { sqlite, postgres } = world.database;
  if (sqlite) {
    expect(await sqlite.withWriter((connection) => connection.get('pragma synchronous'))).toEqual({ synchronous: 2 });
    expect(await sqlite.withWriter((connection) => connection.get('pragma journal_mode'))).toEqual({
      journal_mode: 'wal',
    });
    expect(sqlite.read((connection) => connection.get('pragma synchronous'))).toEqual({ synchronous: 2 });
  } else {
    const { rows } = await postgres!.query('select current_setting($1) as fsync, current_setting($2) as committing', [
      'fsync',
      'synchronous_commit',
    ]);
    expect(rows).toEqual([{ fsync: 'on', committing: 'on' }]);
  }
});

test('a database on which nothing was written yet is durable from its first connection on', async () => {
  await using database = await createTestDatabase();
  if (database.sqlite)
    expect(database.sqlite.read((connection) => connection.get('pragma synchronous'))).toEqual({ synchronous: 2 });
  else expect((await database.postgres!.query('show synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }]);
});

async function traceCreates(command?: readonly [string, ...string[]]): Promise<ReturnType<typeof countAnswers>> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-fsync-'));
  await using created = testEngine() === 'postgres' ? await createPostgresDatabase(inject('postgresUrl')) : undefined;
  const url = created?.url ?? `sqlite:///${join(directory, 'tend.db')}`;
  try {
    await using server = await startTend({
      dataDirectory: directory,
      env: { DATABASE_URL: url, CREATE_DEMO_USER: 'false', RATE_LIMIT_FACTOR: '100' },
      ...(command && { command: [...command] as [string, ...string[]] }),
    });
    const account = await signUp(server.url);
    const create = (title: string) => post(server.url, '/tasks', account.headers, { title });
    await create('Opens the connections');
    const lines = await traceCalls([server.pid, ...(created ? await backendsOf(created.url) : [])], async () => {
      for (let i = 0; i < WRITES; i++) {
        await sleep(BETWEEN_WRITES_MS);
        await create(`Task ${i}`);
      }
    });
    return countAnswers(lines);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The log is synchronised by the process of the connection that commits, unless a writer of PostgreSQL came first. */
async function backendsOf(url: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where (datname = current_database() and application_name = 'tend') or backend_type in ('walwriter', 'checkpointer')",
  );
  await client.end();
  return rows.map(({ pid }) => pid);
}

test.runIf(canTrace())(
  'no answer leaves before its commit is on the disk',
  async () => {
    expect(await traceCreates()).toEqual({ created: WRITES, early: 0 });
  },
  120_000,
);

test.runIf(canTrace())(
  'an answer that leaves before its commit is noticed',
  async () => {
    const { created, early } = await traceCreates([process.execPath, EARLY_ACK_SERVER]);
    expect(created).toBe(WRITES);
    expect(early).toBeGreaterThan(0);
  },
  120_000,
);
