import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { startTend } from '#tests/support/tend-process.ts';

const SERVER = fileURLToPath(new URL('../../../bin/tend-server.mjs', import.meta.url));
/** Writes the name of every package that is loaded. */
const WATCH = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      const name = url.split('/node_modules/')[1];
      if (name) process.stderr.write('loads ' + name + '\\n');
      return next(url, context);
    },
  });
`)}`;

async function packagesOf(env: Record<string, string>): Promise<Set<string>> {
  const command = [process.execPath, '--import', WATCH, SERVER] as const;
  await using server = await startTend({ command: [...command], env });
  return new Set([...server.output().matchAll(/^loads ((?:@[^/]+\/)?[^/]+)/gm)].map((match) => match[1] ?? ''));
}

test('with SQLite the drivers of Redis and PostgreSQL are not even loaded', { timeout: 120_000 }, async () => {
  const redis = { REDIS_URL: 'redis://127.0.0.1:1' };
  for (const env of [{}, redis]) {
    const loaded = await packagesOf(env);
    expect(loaded).toContain('fastify');
    expect(loaded).not.toContain('pg');
    expect(loaded).not.toContain('@redis/client');
  }
  await using database = await createPostgresDatabase(inject('postgresUrl'));
  const DATABASE_URL = database.url;
  const alone = await packagesOf({ DATABASE_URL });
  expect(alone).toContain('pg');
  expect(alone).not.toContain('@redis/client');
  // A Redis that is not there keeps nobody from starting.
  expect(await packagesOf({ DATABASE_URL, ...redis })).toContain('@redis/client');
});
