import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyTarget } from '#tests/support/test-database.ts';
import { decideConfig } from './config.ts';
import { startServer } from './server.ts';

test('processes that start together on an empty database agree on what they made', async () => {
  await using empty = await emptyTarget();
  const dataDir = await mkdtemp(join(tmpdir(), 'tend-server-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const values = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
  const config = { ...decideConfig({ values, faults: [] }), database: empty.target };
  const servers = await Promise.all([startServer(config), startServer(config), startServer(config)]);
  const { reader } = servers[0].context.database;
  expect(await reader.selectFrom('instance').selectAll().execute()).toHaveLength(1);
  expect(await reader.selectFrom('user').select('role').execute()).toEqual([{ role: 'demo' }]);
  const logIn = (url: string) =>
    fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(config.demo),
    });
  const { access_token: token } = (await (await logIn(servers[0].url)).json()) as { access_token: string };
  // One secret, one database: a token of one is good at the others.
  for (const { url } of servers) {
    const me = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(me.status).toBe(200);
  }
  for (const server of servers) await server.stop();
});
