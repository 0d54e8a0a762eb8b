import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Caller, createCaller } from './caller.ts';
import { DEMO, type Fleet, startFleet } from './fleet.ts';
import { testWith } from './test-with.ts';
import { startRedis } from './redis-server.ts';

const test = testWith(['redis-server']);
const TIMEOUT_MS = 120_000;
/** Requests per minute and account (`src/server/limits.ts`). */
const LIMIT = 300;

const AT_ONCE = 10;

/** Asks each process so often and counts how many of the answers were no refusal, per process. */
async function ask(fleet: Fleet, token: string, times: number): Promise<number[]> {
  const callers = Array.from({ length: fleet.size }, (_, i) => createCaller({ url: fleet.at(i).url, token }));
  const askOne = async (caller: Caller): Promise<number> => {
    let passed = 0;
    for (let asked = 0; asked < times; asked += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, () => caller.call('GET', '/api/v1/me'));
      for (const { status, headers } of await Promise.all(some)) {
        expect([200, 429]).toContain(status);
        if (status === 200) passed++;
        else expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      }
    }
    return passed;
  };
  const passed = await Promise.all(callers.map(askOne));
  for (const caller of callers) caller.close();
  return passed;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function signUp(fleet: Fleet, username: string): Promise<string> {
  const caller = createCaller({ url: fleet.at(0).url });
  const body = { username, password: 'correct horse battery staple' };
  const answer = await caller.call<{ access_token: string }>('POST', '/api/v1/auth/signup', body);
  expect(answer.status).toBe(201);
  caller.close();
  return answer.body.access_token;
}

test('processes share one limit through Redis, and without it each keeps its own', {
  timeout: TIMEOUT_MS,
}, async () => {
  await using redis = await startRedis();
  await using fleet = await startFleet({ env: { REDIS_URL: redis.url, RATE_LIMIT_FACTOR: '1' } });
  const [shared, frozen, killed] = [await fleet.token(), await signUp(fleet, 'ann'), await signUp(fleet, 'bob')];
  await sleep(2_500);
  const together = sum(await ask(fleet, shared, 200));
  expect(together).toBeGreaterThanOrEqual(LIMIT);
  // Of 600. On a machine so busy that Redis answers late, a few are let through without it.
  expect(together).toBeLessThan(1.5 * LIMIT);
  // Who empties Redis gives nobody more than the processes let through by their own count.
  await redis.flush();
  const afterFlush = await ask(fleet, shared, 120);
  expect(Math.max(...afterFlush)).toBeLessThanOrEqual(LIMIT - 200);

  redis.freeze();
  const alone = await ask(fleet, frozen, LIMIT + 20);
  expect(alone).toEqual([LIMIT, LIMIT, LIMIT]);
  redis.thaw();
  await redis.kill();
  expect(await ask(fleet, killed, LIMIT + 20)).toEqual([LIMIT, LIMIT, LIMIT]);
});

test('wrong passwords are counted for all processes together, with and without Redis', {
  timeout: TIMEOUT_MS,
}, async () => {
  await using redis = await startRedis();
  await using fleet = await startFleet({ size: 2, env: { REDIS_URL: redis.url } });
  redis.freeze();
  const callers = [0, 1].map((i) => createCaller({ url: fleet.at(i).url }));
  const statuses: number[] = [];
  for (let i = 0; i < 8; i++) {
    const body = { ...DEMO, password: `wrong ${i}` };
    statuses.push((await callers[i % 2]!.call('POST', '/api/v1/auth/login', body)).status);
  }
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses.slice(5)).toContain(429);
  for (const caller of callers) caller.close();
  redis.thaw();
});
