import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type Caller, createCaller } from './caller.ts';
import { openFaultLine } from './fault-line.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { type Listener, startListener } from './listener.ts';
import { testWith } from './test-with.ts';
import { startRedis } from './redis-server.ts';

const NO_LOOK_SERVER = fileURLToPath(new URL('no-look-server.ts', import.meta.url));
const test = testWith(['redis-server']);
const TIMEOUT_MS = 120_000;
/** How late a device may learn of a change, however Redis is. */
const SYNC_MS = 5_000;
/** No request waits for Redis: who did would wait ten seconds and more, and a busy machine takes some by itself. */
const ANSWER_MS = 5_000;

interface Written {
  readonly id: string;
  readonly at: number;
}

/** Everything that people do with tasks, once at every process. Answers with what was written and the slowest answer. */
async function workEverywhere(callers: readonly Caller[]): Promise<{ written: Written[]; slowestMs: number }> {
  const written: Written[] = [];
  let slowestMs = 0;
  for (const caller of callers) {
    const timed = async (method: string, path: string, status: number, body?: unknown) => {
      const began = performance.now();
      const answer = await caller.call<{ id: string }>(method, `/api/v1${path}`, body);
      slowestMs = Math.max(slowestMs, performance.now() - began);
      expect([method, path, answer.status]).toEqual([method, path, status]);
      return answer.body;
    };
    const gone = await timed('POST', '/tasks', 201, { title: 'Goes' });
    await timed('DELETE', `/tasks/${gone.id}`, 204);
    const { id } = await timed('POST', '/tasks', 201, { title: 'Stays' });
    await timed('PATCH', `/tasks/${id}`, 200, { title: 'Stays for good' });
    await timed('GET', `/tasks/${id}`, 200);
    written.push({ id, at: performance.now() });
  }
  return { written, slowestMs };
}

/** How late each device saw each task; infinite when it did not in time. */
async function delays(listeners: readonly Listener[], written: readonly Written[], withinMs: number) {
  const missing = () => listeners.some(({ seen }) => written.some(({ id }) => !seen.has(id)));
  const deadline = performance.now() + withinMs;
  while (missing() && performance.now() < deadline) await sleep(20);
  return listeners.flatMap(({ seen }) =>
    written.map(({ id, at }) => Math.max(0, (seen.get(id) ?? Number.POSITIVE_INFINITY) - at)),
  );
}

async function join(fleet: Fleet) {
  const token = await fleet.token();
  const callers = Array.from({ length: fleet.size }, (_, i) => createCaller({ url: fleet.at(i).url, token }));
  const listeners = Array.from({ length: fleet.size }, (_, i) =>
    startListener(createCaller({ url: fleet.at(i).url, token })),
  );
  await Promise.all(listeners.map(({ listening }) => listening));
  return {
    callers,
    listeners,
    async [Symbol.asyncDispose]() {
      await Promise.all(listeners.map((listener) => listener.close()));
      for (const caller of callers) caller.close();
    },
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

test('whatever becomes of Redis, every request succeeds and every device learns of every change', {
  timeout: TIMEOUT_MS,
}, async () => {
  await using redis = await startRedis();
  await using fleet = await startFleet({ env: { REDIS_URL: redis.url } });
  await using people = await join(fleet);
  await sleep(2_500);
  const check = async (): Promise<number[]> => {
    const { written, slowestMs } = await workEverywhere(people.callers);
    expect(slowestMs).toBeLessThan(ANSWER_MS);
    const found = await delays(people.listeners, written, SYNC_MS);
    expect(Math.max(...found)).toBeLessThan(SYNC_MS);
    return found;
  };
  // Far below the seconds between two looks into the database: Redis woke them.
  expect(median(await check())).toBeLessThan(1_000);
  redis.freeze();
  await check();
  await check();
  redis.thaw();
  await redis.kill();
  await check();
  await redis.restart();
  await check();
  await redis.flush();
  await check();
  await expect.poll(async () => median(await check()), { timeout: 20_000, interval: 500 }).toBeLessThan(1_000);
});

test('without Redis, and with one process cut off from it, the database is enough', {
  timeout: TIMEOUT_MS,
}, async () => {
  await using redis = await startRedis();
  await using line = await openFaultLine(redis.port);
  const viaLine = `redis://127.0.0.1:${line.port}`;
  // The first is cut off, the second has Redis, the third knows of none.
  const envOf = (index: number) => ({ REDIS_URL: [viaLine, redis.url, ''][index] ?? '' });
  await using fleet = await startFleet({ envOf });
  await using people = await join(fleet);
  await sleep(1_500);
  for (const change of ['silence', 'restore'] as const) {
    line[change]();
    const { written, slowestMs } = await workEverywhere(people.callers);
    expect(slowestMs).toBeLessThan(ANSWER_MS);
    expect(Math.max(...(await delays(people.listeners, written, SYNC_MS)))).toBeLessThan(SYNC_MS);
  }
});

test('the check notices a server that relies on Redis alone', { timeout: TIMEOUT_MS }, async () => {
  await using redis = await startRedis();
  const command = [process.execPath, NO_LOOK_SERVER] as const;
  await using fleet = await startFleet({ size: 2, command: [...command], env: { REDIS_URL: redis.url } });
  await using people = await join(fleet);
  await sleep(2_500);
  const before = await workEverywhere(people.callers);
  expect(Math.max(...(await delays(people.listeners, before.written, SYNC_MS)))).toBeLessThan(SYNC_MS);
  redis.freeze();
  await sleep(500);
  const { written } = await workEverywhere([people.callers[0]!]);
  expect(await delays(people.listeners.slice(1), written, SYNC_MS)).toEqual([Number.POSITIVE_INFINITY]);
  redis.thaw();
});
