import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startRedis } from '#tests/server/processes/redis-server.ts';
import { startPostgres } from '#tests/support/postgres.ts';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { call, residentMemory, startMeasured } from './api/processes.ts';
import { median } from './median.ts';

/**
 * Streams of events: what ten thousand of them cost one process, how long it takes to wake them all, and how long a
 * change takes to a device at the same process and at another one. `--streams N` sets how many.
 */
const { values: flags } = parseArgs({ options: { streams: { type: 'string', default: '10000' } } });
const STREAMS = Number(flags.streams);
/** The server allows twenty to each account. */
const PER_USER = 20;
const ROUNDS = 7;
const CLICKS = 60;
/** Each takes a second or two. */
const SLOW_CLICKS = 20;

const record = (what: string, row: Record<string, string | number>): void => {
  const cells = Object.entries(row).map(([key, value]) => `${key} ${value}`);
  process.stdout.write(`${what.padEnd(44)} ${cells.join('   ')}\n`);
};
const quantile = (values: readonly number[], q: number): number =>
  Math.round(
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN,
  );

record('machine', { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.versions.node });
await measureMany();
await measureClicks();

/** A device that counts what it hears. */
interface Ear {
  readonly socket: Socket;
  pokes: number;
  onPoke: () => void;
}

function listen(url: string, token: string): Promise<Ear> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    const ear: Ear = { socket, pokes: 0, onPoke: () => {} };
    socket.setNoDelay(true);
    socket.once('error', reject);
    socket.on('data', (data: Buffer) => {
      const text = data.toString('latin1');
      if (text.includes('event: ping')) resolve(ear);
      if (!text.includes('event: poke')) return;
      ear.pokes++;
      ear.onPoke();
    });
    socket.write(`GET /api/v1/sync/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  });
}

interface Person {
  readonly username: string;
  readonly token: string;
}

async function signUp(url: string, username: string): Promise<Person> {
  const body = { username, password: 'a password for measuring' };
  const { access_token: token } = await call<{ access_token: string }>(url, '/auth/signup', body);
  return { username, token };
}

async function measureMany(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-bench-'));
  try {
    await using server = await startMeasured(directory);
    const people: Person[] = [];
    for (let i = 0; i < STREAMS / PER_USER; i++) people.push(await signUp(server.url, `person${i}`));
    const [owner] = people as [Person];
    const { id: projectId } = await call<{ id: string }>(server.url, '/projects', { name: 'All' }, owner.token);
    for (const { username } of people.slice(1)) {
      await call(server.url, `/projects/${projectId}/members`, { username, role: 'editor' }, owner.token);
    }
    await sleep(3_000);
    const before = residentMemory(server.pid);
    const began = performance.now();
    const ears: Ear[] = [];
    for (const { token } of people) {
      ears.push(...(await Promise.all(Array.from({ length: PER_USER }, () => listen(server.url, token)))));
    }
    const opened = performance.now() - began;
    await sleep(5_000);
    const after = residentMemory(server.pid);
    record(`${ears.length} idle streams`, {
      'opened in, s': Math.round(opened / 100) / 10,
      'memory before, MiB': Math.round(before),
      'after, MiB': Math.round(after),
      'per stream, kB': Math.round(((after - before) * 1024 * 10) / ears.length) / 10,
    });
    await measureWaking(server.url, owner.token, projectId, ears);
    for (const { socket } of ears) socket.destroy();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** One change that concerns everybody, and what others wait for their lists meanwhile. */
async function measureWaking(url: string, token: string, projectId: string, ears: readonly Ear[]): Promise<void> {
  const firstToLast: number[] = [];
  const answerToLast: number[] = [];
  const lists: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let left = ears.length;
    let first = 0;
    const all = Promise.withResolvers<void>();
    for (const ear of ears) {
      const pokes = ear.pokes;
      ear.onPoke = () => {
        if (ear.pokes !== pokes + 1) return;
        first ||= performance.now();
        if (--left === 0) all.resolve();
      };
    }
    await call(url, '/tasks', { title: `Round ${round}`, projectId }, token);
    const answered = performance.now();
    let over = false;
    const reading = (async () => {
      while (!over) {
        const asked = performance.now();
        await call(url, '/tasks?limit=20', undefined, token);
        lists.push(performance.now() - asked);
      }
    })();
    await all.promise;
    const last = performance.now();
    over = true;
    await reading;
    firstToLast.push(last - first);
    answerToLast.push(last - answered);
    await sleep(500);
  }
  record('waking all of them', {
    'first to last, ms': Math.round(median(firstToLast)),
    'answer to last, ms': Math.round(median(answerToLast)),
    'slowest round, ms': Math.round(Math.max(...answerToLast)),
    'a list meanwhile p50, ms': quantile(lists, 0.5),
    'p99, ms': quantile(lists, 0.99),
  });
}

/** From the beginning of a request to the event at a device, here or at another process. */
async function measureClicks(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-bench-'));
  try {
    {
      await using server = await startMeasured(directory);
      const { token } = await signUp(server.url, 'person');
      await measurePath('one process, SQLite', server.url, server.url, token);
    }
    await using postgres = await startPostgres();
    const redis = isInstalled('redis-server') ? await startRedis() : undefined;
    for (const REDIS_URL of redis ? [redis.url, ''] : ['']) {
      await using database = await createPostgresDatabase(postgres.url);
      const env = { DATABASE_URL: database.url, REDIS_URL };
      await using here = await startMeasured(directory, env);
      await using there = await startMeasured(directory, env);
      const { token } = await signUp(here.url, 'person');
      await sleep(2_500);
      const how = REDIS_URL ? 'with Redis' : 'without Redis';
      await measurePath(`one process, PostgreSQL, ${how}`, here.url, here.url, token);
      const clicks = REDIS_URL ? CLICKS : SLOW_CLICKS;
      await measurePath(`two processes, PostgreSQL, ${how}`, here.url, there.url, token, clicks);
    }
    await redis?.[Symbol.asyncDispose]();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measurePath(what: string, writer: string, reader: string, token: string, count = CLICKS): Promise<void> {
  const ear = await listen(reader, token);
  await sleep(3_000);
  const clicks: number[] = [];
  const answers: number[] = [];
  for (let i = 0; i < count; i++) {
    const heard = Promise.withResolvers<number>();
    ear.onPoke = () => heard.resolve(performance.now());
    const clicked = performance.now();
    await call(writer, '/tasks', { title: `Click ${i}` }, token);
    const answered = performance.now();
    const at = await heard.promise;
    clicks.push(at - clicked);
    answers.push(Math.max(0, at - answered));
    await sleep(100 + Math.random() * 100);
  }
  ear.socket.destroy();
  record(what, {
    'click to event p50, ms': quantile(clicks, 0.5),
    'p95, ms': quantile(clicks, 0.95),
    'answer to event p50, ms': quantile(answers, 0.5),
    p95: quantile(answers, 0.95),
  });
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
