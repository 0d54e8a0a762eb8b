import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { DatabaseTarget } from '#server/db/database.ts';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { startPostgres, type PostgresServer } from '#tests/support/postgres.ts';
import type { TendProcess } from '#tests/support/tend-process.ts';
import { testEngine } from '#tests/support/test-database.ts';
import { VOLUME, volume } from '#tests/support/volume.ts';
import { killServer, runCrashRounds, type CrashOptions, type CrashReport } from './crash-rounds.ts';

const MINUTES = 60_000;
/** Answers before the commit. It shows that these tests find what they look for. */
const EARLY_ACK_SERVER = fileURLToPath(new URL('early-ack-server.ts', import.meta.url));

interface Place extends AsyncDisposable {
  readonly dataDirectory: string;
  readonly target: DatabaseTarget;
}

async function sqlitePlace(): Promise<Place> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'tend-crash-'));
  return {
    dataDirectory,
    target: { engine: 'sqlite', path: join(dataDirectory, 'tend.db') },
    [Symbol.asyncDispose]: () => rm(dataDirectory, { recursive: true, force: true }),
  };
}

async function postgresPlace(server: PostgresServer): Promise<Place> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'tend-crash-'));
  const created = await createPostgresDatabase(server.url);
  return {
    dataDirectory,
    target: { engine: 'postgres', url: created.url },
    [Symbol.asyncDispose]: () => rm(dataDirectory, { recursive: true, force: true }),
  };
}

async function roundsAt(
  place: Place,
  options: Pick<CrashOptions, 'rounds'> & Partial<CrashOptions>,
): Promise<CrashReport> {
  return runCrashRounds({ ...options, dataDirectory: place.dataDirectory, target: place.target });
}

function summary(reports: readonly CrashReport[]): string {
  const starts = reports.flatMap((report) => report.starts).toSorted((a, b) => a - b);
  const acks = reports.reduce((sum, report) => sum + report.acks, 0);
  const rounds = reports.reduce((sum, report) => sum + report.rounds, 0);
  return `${rounds} crashes, ${acks} acknowledged writes, ready after ${Math.round(starts[Math.floor(starts.length / 2)] ?? 0)} ms (median)`;
}

test.runIf(testEngine() === 'sqlite')(
  'SQLite: 100 times kill -9 under load lose and repeat no acknowledged write',
  async () => {
    // Several servers at a time, each on a database of its own: most of a round is waiting.
    const reports = await Promise.all(
      Array.from({ length: 2 }, async () => {
        await using place = await sqlitePlace();
        return await roundsAt(place, { rounds: volume(50) });
      }),
    );
    console.info(summary(reports));
    for (const report of reports) {
      expect(report.broken).toEqual([]);
      expect(report.acks).toBeGreaterThan(report.rounds);
    }
  },
  20 * VOLUME * MINUTES,
);

test.runIf(testEngine() === 'postgres')(
  'PostgreSQL: 30 crashes of the server, of one of its backends and of the cluster lose and repeat no acknowledged write',
  async () => {
    await using cluster = await startPostgres();
    await using place = await postgresPlace(cluster);
    const report = await roundsAt(place, {
      rounds: volume(30),
      crash: async (round, server, stopWriters) => {
        if (round % 3 < 2) return killServer(round, server, stopWriters);
        await (round % 2 === 0 ? killBackend(place.target) : crashCluster(cluster));
        await untilReady(server);
        return 'server lives';
      },
    });
    console.info(summary([report]));
    expect(report.broken).toEqual([]);
    expect(report.acks).toBeGreaterThan(report.rounds);
  },
  20 * VOLUME * MINUTES,
);

test(
  'a server that answers before the commit is found out',
  async () => {
    await using cluster = testEngine() === 'postgres' ? await startPostgres() : undefined;
    await using place = cluster ? await postgresPlace(cluster) : await sqlitePlace();
    const command = [process.execPath, EARLY_ACK_SERVER] as const;
    const found = await roundsAt(place, { rounds: 20, command, untilBroken: true }).then(
      (report) => report.broken,
      (error: unknown) => [String(error)],
    );
    // Either what was acknowledged is not there, or the server itself says that it does not know of it.
    expect(found).toContainEqual(expect.stringMatching(/^lost: |"stop":"gap"/));
  },
  10 * MINUTES,
);

/** The same process has to find its way back once its database has recovered. */
async function untilReady({ url }: TendProcess): Promise<void> {
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  const deadline = Date.now() + 2 * MINUTES;
  while (!(await isReady())) {
    if (Date.now() > deadline) throw new Error('The server did not come back after its database had.');
    await sleep(50);
  }
}

/** PostgreSQL then ends all other backends too and recovers from its log. */
async function killBackend(target: DatabaseTarget): Promise<void> {
  if (target.engine !== 'postgres') throw new Error('SQLite has no backends.');
  const client = new pg.Client({ connectionString: target.url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'tend' and pid <> pg_backend_pid() order by query_start desc limit 1",
  );
  const [backend] = rows;
  if (!backend) throw new Error('The server has no connection to its database.');
  // Before the kill, which would take this connection along.
  await client.end();
  process.kill(backend.pid, 'SIGKILL');
  // Until the postmaster has noticed, everything still looks well.
  await sleep(200);
}

async function crashCluster(cluster: PostgresServer): Promise<void> {
  await cluster.stop('crash');
  await cluster.restart();
}
