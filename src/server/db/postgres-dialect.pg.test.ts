import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startPostgres } from '#tests/support/postgres.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';
import { asDomainError } from './database-errors.ts';
import { openDatabase } from './database.ts';
import { SELDOM } from './seldom.ts';

test.each(['fsync', 'full_page_writes'])('a server with %s = off is refused', async (setting) => {
  await using server = await startPostgres({ settings: { [setting]: 'off' } });
  await expect(openDatabase({ engine: 'postgres', url: server.url })).rejects.toThrow(
    `PostgreSQL runs with ${setting} = off`,
  );
});

test('connections write synchronously and give up in time', async () => {
  await using database = await createTestDatabase();
  const names = ['synchronous_commit', 'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout'];
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name = any(${names}) order by name`.execute(database.reader);
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    synchronous_commit: 'on',
    lock_timeout: '2000',
    statement_timeout: '5000',
    idle_in_transaction_session_timeout: '10000',
  });
});

test('writers plan their statements by key, once, and still write synchronously', async () => {
  await using database = await createTestDatabase();
  const { rows } = await database.postgres!.query(`
    select current_setting('synchronous_commit') as commit, current_setting('enable_seqscan') as scan,
      current_setting('plan_cache_mode') as plans`);
  expect(rows).toEqual([{ commit: 'on', scan: 'off', plans: 'force_generic_plan' }]);
});

test('what waits for a lock is refused as unavailable, not as a fault', async () => {
  await using database = await createTestDatabase();
  await database.writer
    .insertInto('scope')
    .values({ id: 'u:1', kind: 'user', ver: 1, tag: 1, floor: 0, sum: 0 })
    .execute();
  const holder = await database.writer.startTransaction().execute();
  await holder.selectFrom('scope').selectAll().forUpdate().execute();
  const waiting = database.writer.updateTable('scope').set({ ver: 2 }).execute();
  const error = await waiting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(asDomainError(error)?.code).toBe('unavailable');
  await holder.rollback().execute();
});

test('statements that repeat are planned once', async () => {
  await using database = await createTestDatabase();
  await database.reader.connection().execute(async (db) => {
    for (let i = 0; i < 3; i++) await db.selectFrom('scope').select('id').where('id', '=', `u:${i}`).execute();
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from pg_prepared_statements where statement like 'select "id" from "scope"%'`.execute(db);
    expect(rows).toEqual([{ n: 1 }]);
  });
});

test('sixty-four bits come back as numbers, and never rounded', async () => {
  await using database = await createTestDatabase();
  const read = (text: string) => sql<{ n: unknown }>`select ${sql.raw(text)}::bigint as n`.execute(database.reader);
  expect((await read('9007199254740991')).rows).toEqual([{ n: 9_007_199_254_740_991 }]);
  await expect(read('9007199254740993')).rejects.toThrow('out of range');
});

test('statements that hardly repeat take no name from those that do', async () => {
  await using database = await createTestDatabase();
  await database.reader.connection().execute(async (db) => {
    await sql`select ${sql.raw(SELDOM)} ${'one'}::text as seldom`.execute(db);
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements where statement like ${'%as seldom'}`.execute(db);
    expect(rows).toEqual([]);
  });
});
