import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { startTend, type TendProcess } from '#tests/support/tend-process.ts';
import { type Caller, createCaller } from './caller.ts';
import { DEMO } from './fleet.ts';

/** The processes that this one has started and that live. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

async function startWorkers(env: Record<string, string> = {}) {
  const database = await createPostgresDatabase(inject('postgresUrl'));
  const server = await startTend({
    env: { DATABASE_URL: database.url, WORKERS: '3', RATE_LIMIT_FACTOR: '1000', ...env },
  });
  // The first answers before the others have started.
  await expect.poll(() => server.output(), { timeout: 60_000 }).toContain('Tend is ready');
  return {
    server,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await database.drop();
    },
  };
}

async function logIn({ url }: TendProcess): Promise<Caller> {
  const stranger = createCaller({ url });
  const { body } = await stranger.call<{ access_token: string }>('POST', '/api/v1/auth/login', DEMO);
  stranger.close();
  return createCaller({ url, token: body.access_token });
}

const TIMEOUT_MS = 120_000;
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('several workers serve one port, and one that dies is replaced', { timeout: TIMEOUT_MS }, async () => {
  await using running = await startWorkers();
  const { server } = running;
  const before = await childrenOf(server.pid);
  expect(before).toHaveLength(3);
  const caller = await logIn(server);
  process.kill(before[1]!, 'SIGKILL');
  for (let i = 0; i < 20; i++) expect((await caller.persist('GET', '/api/v1/me')).status).toBe(200);
  await expect.poll(() => childrenOf(server.pid), { timeout: 20_000 }).toHaveLength(3);
  expect(await childrenOf(server.pid)).not.toContain(before[1]);
  caller.close();
});

onLinux(
  'SIGUSR2 replaces all workers without a failed request, SIGTERM ends them all',
  { timeout: TIMEOUT_MS },
  async () => {
    await using running = await startWorkers({ DRAIN_SECONDS: '1' });
    const { server } = running;
    const before = await childrenOf(server.pid);
    const caller = await logIn(server);
    const failures: unknown[] = [];
    let over = false;
    let requests = 0;
    const people = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!over) {
          requests++;
          await caller.call('POST', '/api/v1/tasks', { title: 'A task' }).then(
            ({ status }) => status === 201 || failures.push(status),
            (error: unknown) => failures.push(error),
          );
          await sleep(20);
        }
      }),
    );
    process.kill(server.pid, 'SIGUSR2');
    const replaced = async () => (await childrenOf(server.pid)).filter((pid) => !before.includes(pid)).length;
    await expect.poll(replaced, { timeout: 40_000 }).toBe(3);
    await expect.poll(() => childrenOf(server.pid), { timeout: 20_000 }).toHaveLength(3);
    over = true;
    await people;
    expect(failures).toEqual([]);
    expect(requests).toBeGreaterThan(50);
    caller.close();
    const last = await childrenOf(server.pid);
    expect(await server.stop('SIGTERM')).toBe(0);
    for (const pid of last) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  },
);

onLinux('workers die with their supervisor', { timeout: TIMEOUT_MS }, async () => {
  await using running = await startWorkers();
  const { server } = running;
  const workers = await childrenOf(server.pid);
  await server.stop('SIGKILL');
  const alive = () => workers.filter((pid) => isAlive(pid));
  await expect.poll(alive, { timeout: 15_000 }).toEqual([]);
});

test('of several workers one makes the setup token', { timeout: TIMEOUT_MS }, async () => {
  await using running = await startWorkers({ NODE_ENV: 'production', SIGNUP: 'invite', CREATE_DEMO_USER: 'false' });
  const { server } = running;
  await expect.poll(() => server.output(), { timeout: 10_000 }).toMatch(/Setup token/);
  const tokens = [...server.output().matchAll(/Setup token .*: (\S+)/g)].map((match) => match[1]);
  expect(tokens).toHaveLength(1);
  const caller = createCaller({ url: server.url });
  const body = { username: 'ana', password: 'correct horse battery staple', setupToken: tokens[0] };
  expect((await caller.call('POST', '/api/v1/auth/signup', body)).status).toBe(201);
  caller.close();
});

test('workers that cannot start end the supervisor with their exit code', { timeout: TIMEOUT_MS }, async () => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', WORKERS: '2' };
  await expect(startTend({ env })).rejects.toThrow('ECONNREFUSED');
});

test('SQLite has one process, and the operator is told', { timeout: TIMEOUT_MS }, async () => {
  await expect(startTend({ env: { WORKERS: '2' } })).rejects.toThrow(
    'WORKERS: several processes need PostgreSQL in DATABASE_URL; SQLite has one writer.',
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
