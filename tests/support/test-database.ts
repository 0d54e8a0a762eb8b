import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Database, type DatabaseTarget, openDatabase } from '#server/db/database.ts';
import type { Engine } from '#server/db/engine.ts';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';

/** The engine that this run of the tests is about. */
export function testEngine(): Engine {
  return process.env['TEST_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';
}

export interface TestTarget extends AsyncDisposable {
  readonly target: DatabaseTarget;
}

/** Where an empty database may be made; gone at the end of the test. */
export async function emptyTarget(engine: Engine = testEngine()): Promise<TestTarget> {
  if (engine === 'postgres') {
    const created = await createPostgresDatabase(inject('postgresUrl'));
    return { target: { engine, url: created.url }, [Symbol.asyncDispose]: () => created.drop() };
  }
  const directory = await mkdtemp(join(tmpdir(), 'tend-test-'));
  return {
    target: { engine, path: join(directory, 'tend.db') },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A migrated, empty database of its own on the engine of this run. */
export async function createTestDatabase(engine: Engine = testEngine()): Promise<Database> {
  const { target, dispose } = await migratedTarget(engine);
  const database = await openDatabase(target, { migrate: engine === 'sqlite' });
  const close = async (): Promise<void> => {
    await database.close();
    await dispose();
  };
  return { ...database, close, [Symbol.asyncDispose]: close };
}

async function migratedTarget(engine: Engine): Promise<{ target: DatabaseTarget; dispose: () => Promise<void> }> {
  if (engine === 'sqlite') {
    const empty = await emptyTarget(engine);
    return { target: empty.target, dispose: async () => empty[Symbol.asyncDispose]() };
  }
  const name = `tend ${await migrationSources()}`;
  const created = await createPostgresDatabase(inject('postgresUrl'), {
    name,
    prepare: async (url) => (await openDatabase({ engine: 'postgres', url })).close(),
  });
  return { target: { engine: 'postgres', url: created.url }, dispose: () => created.drop() };
}

/** The template is named by the text of the migrations: editing one makes a new template. */
async function migrationSources(): Promise<string> {
  const directory = new URL('../../src/server/db/migrations/', import.meta.url);
  const files = (await readdir(directory)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, directory), 'utf8')));
  return texts.join('\n');
}
