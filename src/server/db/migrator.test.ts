import { spawnSync } from 'node:child_process';
import { Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { emptyTarget, testEngine } from '#tests/support/test-database.ts';
import { type DatabaseTarget, openDatabase } from './database.ts';
import { appliedMigrations, migrate, SchemaTooNewError } from './migrator.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createPostgresDialect, createPostgresPool } from './postgres-dialect.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { ConnectionPool, NodeSqliteDialect } from './sqlite-dialect.ts';

const engine = testEngine();

/** A database without any of our tables; `onQuery` sees every statement and may throw. */
async function emptyDatabase(onQuery: (statement: string) => void = () => {}): Promise<Kysely<unknown>> {
  const empty = await emptyTarget();
  const db = bareKysely(empty.target, onQuery);
  onTestFinished(async () => {
    await db.destroy();
    await empty[Symbol.asyncDispose]();
  });
  return db;
}

function bareKysely(target: DatabaseTarget, onQuery: (statement: string) => void): Kysely<unknown> {
  const log = ({ query }: { query: { sql: string } }): void => onQuery(query.sql);
  if (target.engine === 'postgres') {
    const pool = createPostgresPool({ url: target.url, max: 1, timeouts: false });
    return new Kysely({ dialect: createPostgresDialect(pool), log });
  }
  const pool = new ConnectionPool(1, () => new SqliteConnection({ path: target.path, readOnly: false }));
  onTestFinished(() => pool.close());
  return new Kysely({ dialect: new NodeSqliteDialect({ source: pool, begin: 'begin immediate' }), log });
}

/** Every object of the schema with its definition. */
async function schemaOf(db: Kysely<unknown>): Promise<unknown[]> {
  const query =
    engine === 'sqlite'
      ? sql`select type, name, sql from sqlite_master where name not like 'kysely%' and name not like 'sqlite%' order by name`
      : sql`select c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull
            from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and c.relname not like 'kysely%'
            order by c.relname, a.attnum`;
  return (await query.execute(db)).rows;
}

async function tablesOf(db: Kysely<unknown>): Promise<string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));
}

test('an empty database gets every table, once', async () => {
  const db = await emptyDatabase();
  expect(await migrate(db, engine)).toEqual(Object.keys(MIGRATIONS));
  expect(await migrate(db, engine)).toEqual([]);
  expect(await appliedMigrations(db, engine)).toEqual(Object.keys(MIGRATIONS));
  expect(await tablesOf(db)).toEqual(expect.arrayContaining(['task', 'user', 'scope', 'session', 'search_document']));
});

test('interrupted at any statement, the schema is as before, and a later run completes it', async () => {
  const whole = await emptyDatabase();
  await migrate(whole, engine);
  let left = Infinity;
  const interrupt = (statement: string): void => {
    if (!/^(create|alter) /i.test(statement) || statement.includes('kysely_')) return;
    left -= 1;
    if (left === 0) throw new Error('interrupted');
  };
  const isInterrupted = (db: Kysely<unknown>, failAt: number, migrations = MIGRATIONS): Promise<boolean> => {
    left = failAt;
    return migrate(db, engine, migrations).then(
      () => false,
      () => true,
    );
  };
  const [db, fresh] = [await emptyDatabase(interrupt), await emptyDatabase(interrupt)];
  const all = Object.entries(MIGRATIONS);
  let interruptions = 0;
  // Each migration from the one before it: from none, the time would grow with the square of their number.
  for (const last of all.keys()) {
    const migrations = Object.fromEntries(all.slice(0, last + 1));
    const before = await schemaOf(db);
    for (let failAt = 1; await isInterrupted(db, failAt, migrations); failAt++) {
      expect(await schemaOf(db)).toEqual(before);
      interruptions += 1;
    }
    // All that are missing are one transaction: the last statement of this one takes those before it back as well.
    expect(await isInterrupted(fresh, interruptions)).toBe(true);
    expect(await schemaOf(fresh)).toEqual([]);
  }
  // One for each statement.
  expect(interruptions).toBeGreaterThan(30);
  expect(await schemaOf(db)).toEqual(await schemaOf(whole));
  expect(await isInterrupted(fresh, interruptions + 1)).toBe(false);
  expect(await schemaOf(fresh)).toEqual(await schemaOf(whole));
});

test('from every earlier version the schema becomes the same, and what was stored stays', async () => {
  const whole = await emptyDatabase();
  await migrate(whole, engine);
  const all = Object.entries(MIGRATIONS);
  for (let known = 1; known < all.length; known++) {
    const db = await emptyDatabase();
    await migrate(db, engine, Object.fromEntries(all.slice(0, known)));
    await sql`insert into task (scope_id, id, rev, created_at, updated_at, title, description, priority, labels, evening,
      recurrence, rank, created_by) values ('p:1', '2', 3, 4, 5, 'Milk', '', 4, '[]', 0, '{"rule":"FREQ=DAILY"}', 'a0', '6')`.execute(
      db,
    );
    const stored = await sql<Record<string, unknown>>`select * from task`.execute(db);
    expect(await migrate(db, engine)).toEqual(all.slice(known).map(([name]) => name));
    expect(await schemaOf(db)).toEqual(await schemaOf(whole));
    expect((await sql`select * from task`.execute(db)).rows).toMatchObject(stored.rows);
    expect((await sql`select * from completion`.execute(db)).rows).toEqual([]);
  }
});

test('killed in the middle of migrating, the database is whole at the next start', async () => {
  await using empty = await emptyTarget('sqlite');
  const { target } = empty;
  const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const script = (statement: number): string => `
    const { Kysely } = await import('kysely');
    const { SqliteConnection } = await import(${module('sqlite-connection.ts')});
    const { ConnectionPool, NodeSqliteDialect } = await import(${module('sqlite-dialect.ts')});
    const { migrate } = await import(${module('migrator.ts')});
    const source = new ConnectionPool(1, () => new SqliteConnection({ path: ${JSON.stringify('path' in target && target.path)}, readOnly: false }));
    let n = 0;
    const log = () => { if (++n === ${statement}) process.kill(process.pid, 'SIGKILL'); };
    await migrate(new Kysely({ dialect: new NodeSqliteDialect({ source, begin: 'begin immediate' }), log }), 'sqlite');`;
  for (const statement of [3, 8, 15, 25, 40]) {
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script(statement)], {
      cwd: new URL('../../..', import.meta.url),
      encoding: 'utf8',
    });
    expect([child.signal, child.stderr]).toEqual(['SIGKILL', '']);
  }
  await using database = await openDatabase(target);
  expect(await appliedMigrations(database.writer as Kysely<unknown>, 'sqlite')).toEqual(Object.keys(MIGRATIONS));
});

test('a database of a newer version is refused and left as it is', async () => {
  const db = await emptyDatabase();
  await migrate(db, engine);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01T00:00:00.000Z')`.execute(
    db,
  );
  const before = await sql`select * from kysely_migration order by name`.execute(db);
  await expect(migrate(db, engine)).rejects.toThrow(SchemaTooNewError);
  expect((await sql`select * from kysely_migration order by name`.execute(db)).rows).toEqual(before.rows);
});

test('of two processes that start together, one migrates', async () => {
  await using empty = await emptyTarget();
  if (engine === 'sqlite') {
    const opened = await Promise.allSettled([openDatabase(empty.target), openDatabase(empty.target)]);
    expect(opened.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'fulfilled',
      'rejected',
    ]);
    for (const result of opened) if (result.status === 'fulfilled') await result.value.close();
    return;
  }
  const opened = await Promise.all([openDatabase(empty.target), openDatabase(empty.target)]);
  for (const database of opened) {
    expect(await appliedMigrations(database.writer as Kysely<unknown>, engine)).toEqual(Object.keys(MIGRATIONS));
    await database.close();
  }
});
