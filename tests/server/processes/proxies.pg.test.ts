import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { VOLUME, volume } from '#tests/support/volume.ts';
import { type Caller, createCaller } from './caller.ts';
import { startDyingServer } from './dying-server.ts';
import { startFleet } from './fleet.ts';
import { type Listener, startListener } from './listener.ts';
import { testWith } from './test-with.ts';
import { startProxy } from './proxies.ts';

const test = testWith(['nginx', 'haproxy', 'openssl']);
const PROXIES = ['nginx', 'haproxy'] as const;
const TIMEOUT_MS = volume(150_000);
/** A device that lost its stream learns of changes again within this time. */
const LIVE_MS = 3_000;
const KILLS = volume(3);
const ROUNDS = volume(1);
/** At the volume of `test:torture`, as long and as much as is promised whatever the machine. */
const KILLED_FOR_MS = Math.floor(VOLUME / 50) * 600_000;
const REQUESTS = Math.floor(VOLUME / 50) * 100_000;
const WRITERS_EACH = 2;
/** No answer: what HAProxy does when a connection was used before, and may have become stale. */
const CUT_OFF = 0;

interface Work {
  /** Tasks whose creation was acknowledged, with the moment. */
  readonly created: Map<string, number>;
  readonly failures: string[];
  requests: number;
}

interface Workers {
  readonly work: Work;
  end(): Promise<Work>;
}

/** People at work, until they are told to go home. Each operation is sent once, or until it succeeds. */
function startWork(callers: readonly Caller[], persistent: boolean): Workers {
  const work: Work = { created: new Map(), failures: [], requests: 0 };
  let over = false;
  const one = async (caller: Caller): Promise<void> => {
    for (let round = 0; !over; round++) {
      const send = async (method: string, path: string, expected: number, body?: unknown, key?: string) => {
        work.requests++;
        const answer = persistent
          ? await caller.persist<{ id: string }>(method, `/api/v1${path}`, body)
          : await caller.call<{ id: string }>(method, `/api/v1${path}`, body, key);
        if (answer.status !== expected) throw new Error(`${method} ${path}: ${answer.status}`);
        return answer.body;
      };
      try {
        const { id } = await send('POST', '/tasks', 201, { title: `Task ${round}` }, crypto.randomUUID());
        work.created.set(id, performance.now());
        await send('PATCH', `/tasks/${id}`, 200, { priority: 1 }, crypto.randomUUID());
        await send('GET', `/tasks/${id}`, 200);
      } catch (error) {
        work.failures.push(inspect(error));
      }
      await sleep(50);
    }
  };
  const running = Promise.all(callers.map(one));
  return {
    work,
    async end() {
      over = true;
      await running;
      return work;
    },
  };
}

/** Three processes behind both proxies at once, with people at either. */
async function startWorld() {
  await using stack = new AsyncDisposableStack();
  const fleet = stack.use(await startFleet());
  const token = await fleet.token();
  const callers: Caller[] = [];
  const listeners: Listener[] = [];
  for (const name of PROXIES) {
    const proxy = stack.use(await startProxy(name, fleet.ports));
    for (let i = 0; i < WRITERS_EACH; i++) {
      callers.push(stack.adopt(createCaller({ ...proxy, token }), (caller) => caller.close()));
      const listener = startListener(createCaller({ ...proxy, token }));
      listeners.push(stack.adopt(listener, () => listener.close()));
    }
  }
  await Promise.all(listeners.map(({ listening }) => listening));
  const all = stack.move();
  return { fleet, callers, listeners, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** How long after its creation was acknowledged the last device saw the task that it saw latest. */
async function worstLateness(listeners: readonly Listener[], created: ReadonlyMap<string, number>): Promise<number> {
  const waiting = () => listeners.some(({ seen }) => [...created.keys()].some((id) => !seen.has(id)));
  const deadline = performance.now() + 2 * LIVE_MS;
  while (waiting() && performance.now() < deadline) await sleep(50);
  let worst = 0;
  for (const { seen } of listeners) {
    for (const [id, at] of created) worst = Math.max(worst, (seen.get(id) ?? Number.POSITIVE_INFINITY) - at);
  }
  return worst;
}

async function countTasks(caller: Caller): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let cursor = ''; ; ) {
    type Page = { items: { id: string; title: string }[]; nextCursor: string | null };
    const { body } = await caller.persist<Page>('GET', `/api/v1/tasks?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const { id } of body.items) found.set(id, (found.get(id) ?? 0) + 1);
    if (body.nextCursor === null) return found;
    cursor = body.nextCursor;
  }
}

test('processes that are killed under load cost nobody a change', { timeout: TIMEOUT_MS }, async () => {
  await using world = await startWorld();
  const { fleet, callers, listeners } = world;
  const before = (await countTasks(callers[0]!)).size;
  const people = startWork(callers, true);
  const until = performance.now() + KILLED_FOR_MS;
  for (let kill = 0; kill < KILLS || performance.now() < until; kill++) {
    await sleep(1_000);
    await fleet.stop(kill % fleet.size, 'SIGKILL');
    await sleep(2_000);
    await fleet.start(kill % fleet.size);
  }
  const { created, failures } = await people.end();
  expect(failures).toEqual([]);
  expect(created.size).toBeGreaterThan(20);
  expect(await worstLateness(listeners, created)).toBeLessThan(LIVE_MS);
  // Each exactly once, although some were sent twice.
  const stored = await countTasks(callers[0]!);
  expect([...created.keys()].filter((id) => stored.get(id) !== 1)).toEqual([]);
  expect(stored.size - before).toBe(created.size);
  // Somebody was cut off, or nothing was shown.
  expect(listeners.reduce((sum, { streams }) => sum + streams, 0)).toBeGreaterThan(listeners.length);
});

test('processes are restarted one after another without a failed request', { timeout: TIMEOUT_MS }, async () => {
  await using world = await startWorld();
  const { fleet, callers, listeners } = world;
  const people = startWork(callers, false);
  for (let index = 0; index < fleet.size * ROUNDS || people.work.requests < REQUESTS; index++) {
    await sleep(500);
    await fleet.stop(index % fleet.size, 'SIGTERM');
    await fleet.start(index % fleet.size);
    await sleep(1_000);
  }
  const { created, failures, requests } = await people.end();
  expect(failures).toEqual([]);
  expect(requests).toBeGreaterThan(100);
  expect(await worstLateness(listeners, created)).toBeLessThan(LIVE_MS);
  expect(listeners.flatMap(({ goodbyes }) => goodbyes).length).toBeGreaterThan(0);
});

for (const name of PROXIES) {
  test(`${name} asks another process when one dies over a request, unless it may not be repeated`, async () => {
    await using fleet = await startFleet({ size: 2 });
    await using dying = await startDyingServer();
    await using proxy = await startProxy(name, [dying.port, ...fleet.ports]);
    const caller = createCaller({ ...proxy, token: await fleet.token() });
    const before = (await countTasks(caller)).size;
    /** Creates tasks until the dying server got one of them. */
    const createUntilDeath = async (keys: () => string | undefined): Promise<number[]> => {
      const statuses: number[] = [];
      const deaths = dying.deaths();
      // Whoever failed a request is left alone for two seconds.
      for (let i = 0; i < 100 && dying.deaths() === deaths; i++) {
        const sent = caller.call('POST', '/api/v1/tasks', { title: 'Task' }, keys());
        statuses.push(
          await sent.then(
            ({ status }) => status,
            () => CUT_OFF,
          ),
        );
        await sleep(100);
      }
      expect(dying.deaths()).toBe(deaths + 1);
      return statuses;
    };
    const plain = await createUntilDeath(() => undefined);
    const keyed = await createUntilDeath(() => crypto.randomUUID());
    expect([502, CUT_OFF]).toContain(plain.pop());
    expect(new Set([...plain, ...keyed])).toEqual(new Set([201]));
    expect((await countTasks(caller)).size - before).toBe(plain.length + keyed.length);
    caller.close();
  });
}

test('limits count by the address of the client, whatever it claims', { timeout: TIMEOUT_MS }, async () => {
  await using fleet = await startFleet({ env: { RATE_LIMIT_FACTOR: '1' } });
  for (const [i, name] of PROXIES.entries()) {
    await using proxy = await startProxy(name, fleet.ports);
    const statuses = new Set<number>();
    // Three processes without Redis let three times 300 through.
    for (let round = 0; round < 40; round++) {
      const headers = { 'x-forwarded-for': `203.0.113.${round}` };
      const caller = createCaller({ ...proxy, from: `127.0.1.${i}`, headers, token: 'a.b.c' });
      const answers = await Promise.all(Array.from({ length: 24 }, () => caller.call('GET', '/api/v1/me')));
      for (const { status } of answers) statuses.add(status);
      caller.close();
    }
    expect(statuses).toEqual(new Set([401, 429]));
    const other = createCaller({ ...proxy, from: `127.0.2.${i}`, token: 'a.b.c' });
    expect((await other.call('GET', '/api/v1/me')).status).toBe(401);
    other.close();
  }
});
