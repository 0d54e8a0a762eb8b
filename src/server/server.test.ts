import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { emptyTarget } from '#tests/support/test-database.ts';
import { type Config, decideConfig } from './config.ts';
import { type DatabaseTarget, openDatabase } from './db/database.ts';
import { startServer } from './server.ts';

interface Place {
  readonly dataDir: string;
  readonly target: DatabaseTarget;
}

async function place(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tend-server-'));
  const { target, [Symbol.asyncDispose]: dispose } = await emptyTarget();
  onTestFinished(async () => {
    await dispose();
    await rm(dataDir, { recursive: true, force: true });
  });
  return { dataDir, target };
}

function configFor({ dataDir, target }: Place): Config {
  const config = decideConfig({
    values: { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    faults: [],
  });
  return { ...config, database: target };
}

interface Process {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Where it listens, once it is ready. */
  readonly ready: Promise<string>;
  readonly exit: Promise<number | null>;
}

function run({ dataDir, target }: Place, environment: Record<string, string> = {}): Process {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../bin/tend-server.mjs', import.meta.url))], {
    env: {
      PATH: '',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: target.engine === 'sqlite' ? `sqlite:///${target.path}` : target.url,
      ...environment,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const [, url] = /ready at (\S+)/.exec(text) ?? [];
        if (url) resolve(url.replace('localhost', '127.0.0.1'));
      });
    }
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => text, ready, exit };
}

test('a server starts on an empty place, answers, and can be started again with the same secret', async () => {
  const config = configFor(await place());
  let token = '';
  {
    await using server = await startServer(config);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const answer = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(config.demo),
    });
    token = ((await answer.json()) as { access_token: string }).access_token;
  }
  await using again = await startServer(config);
  const me = await fetch(`${again.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  expect([me.status, await me.json()]).toMatchObject([200, { username: 'demo', role: 'demo' }]);
});

test('slow clients are cut off', async () => {
  await using server = await startServer(configFor(await place()));
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  const begin = performance.now();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const drip = setInterval(() => socket.write('a'), 500);
  socket.on('error', () => {});
  await once(socket.resume(), 'close');
  clearInterval(drip);
  // 15 s for the headers, looked at every 5 s.
  expect(performance.now() - begin).toBeLessThan(25_000);
}, 40_000);

test('on SIGTERM the process finishes requests, ends streams and exits with 0', async () => {
  const server = run(await place());
  const url = await server.ready;
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'demo', password: 'demo1234' }),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const stream = await fetch(`${url}/api/v1/sync/events`, { headers: { authorization: `Bearer ${token}` } });
  const begun = fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'demo', password: 'demo1234' }),
  });
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  const begin = performance.now();
  server.child.kill('SIGTERM');
  expect((await begun).status).toBe(200);
  await stream.text().catch(() => '');
  expect(await server.exit).toBe(0);
  expect(performance.now() - begin).toBeLessThan(8_000);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
});

test('a connection made before draining ends still gets its answer', async () => {
  const server = await startServer({ ...configFor(await place()), drainSeconds: 0.2 });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  const ended = once(socket, 'close');
  await once(socket, 'connect');
  const stopped = server.stop();
  await sleep(600);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
  socket.write(`GET /healthz HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  await Promise.all([ended, stopped]);
  expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*connection: close/i);
});

test('a faulty configuration is told in whole, with exit code 2', async () => {
  const server = run(await place(), { PORT: 'x', SIGNUP: 'maybe' });
  expect(await server.exit).toBe(2);
  expect(server.output()).toMatch(/^The configuration has faults:\n {2}- PORT: .*\n {2}- SIGNUP: .*\n$/);
});

test('a database of a newer version is refused with exit code 3', async () => {
  const where = await place();
  const database = await openDatabase(where.target);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-x', '2030-01-01T00:00:00.000Z')`.execute(
    database.writer,
  );
  await database.close();
  const server = run(where);
  expect(await server.exit).toBe(3);
  expect(server.output()).toContain('migrated by a newer Tend (9999-x)');
});

test('a port that is taken is told in one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const server = run(await place(), { PORT: String(typeof address === 'object' ? address?.port : '') });
  expect(await server.exit).toBe(1);
  expect(server.output()).toMatch(/EADDRINUSE/);
  expect(server.output()).not.toMatch(/\n\s+at /);
  other.close();
});

test('in production the setup token is printed, and kept out of the log', async () => {
  const server = run(await place(), { NODE_ENV: 'production', LOG_LEVEL: 'trace' });
  await server.ready;
  await expect.poll(server.output).toMatch(/Setup token for the first account, valid for 24 hours: [\w-]{43}\n/);
  expect(server.output().match(/[\w-]{43}\n/g)).toHaveLength(1);
  expect(server.output()).not.toContain('Demo:');
});
