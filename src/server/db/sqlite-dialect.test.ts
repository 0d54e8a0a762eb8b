import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { inSnapshot, inTransaction, openDatabase } from './database.ts';
import { SqliteConnection } from './sqlite-connection.ts';

async function temporaryPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'tend.db');
}

const scope = (id: string) => ({ id, kind: 'user' as const, ver: 1, tag: 1, floor: 0, sum: 0 });

test('connections write with synchronous=FULL in WAL mode, after the first write too', async () => {
  const connection = new SqliteConnection({ path: await temporaryPath(), readOnly: false });
  onTestFinished(() => connection.close());
  connection.run('create table t (a integer)');
  connection.run('insert into t values (?)', [1]);
  expect(connection.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
  expect(connection.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(connection.get('PRAGMA mmap_size')).toEqual({ mmap_size: 0 });
  expect(connection.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
});

test('a file that cannot be in WAL mode is refused', () => {
  expect(() => new SqliteConnection({ path: ':memory:', readOnly: false })).toThrow(/does not write durably/);
});

test('rows are plain objects', async () => {
  const connection = new SqliteConnection({ path: await temporaryPath(), readOnly: false });
  onTestFinished(() => connection.close());
  const [row] = connection.all('select 1 as a, ? as "b c"', ['x']);
  expect(row).toStrictEqual({ a: 1, 'b c': 'x' });
});

test('reads go on while a transaction writes, and see what is committed', async () => {
  await using database = await openDatabase({ engine: 'sqlite', path: await temporaryPath() });
  const count = async () => (await database.reader.selectFrom('scope').select('id').execute()).length;
  await inTransaction(database, async (tx) => {
    await tx.insertInto('scope').values(scope('u:1')).execute();
    expect(await count()).toBe(0);
  });
  expect(await count()).toBe(1);
});

test('a snapshot does not see what is committed while it lasts', async () => {
  await using database = await openDatabase({ engine: 'sqlite', path: await temporaryPath() });
  await inSnapshot(database, async (tx) => {
    expect(await tx.selectFrom('scope').selectAll().execute()).toHaveLength(0);
    await database.writer.insertInto('scope').values(scope('u:1')).execute();
    expect(await tx.selectFrom('scope').selectAll().execute()).toHaveLength(0);
  });
});

test('transactions and direct use of the writer queue for it', async () => {
  await using database = await openDatabase({ engine: 'sqlite', path: await temporaryPath() });
  const order: string[] = [];
  await Promise.all([
    inTransaction(database, async (tx) => {
      order.push('a begins');
      await tx.insertInto('scope').values(scope('u:1')).execute();
      await sleep(5);
      order.push('a ends');
    }),
    database.sqlite?.withWriter((connection) => {
      order.push('b');
      connection.run('delete from scope where id = ?', ['u:9']);
    }),
  ]);
  expect(order).toEqual(['a begins', 'a ends', 'b']);
});

test('a failed transaction changes nothing, and a failed savepoint only itself', async () => {
  await using database = await openDatabase({ engine: 'sqlite', path: await temporaryPath() });
  const failing = inTransaction(database, async (tx) => {
    await tx.insertInto('scope').values(scope('u:1')).execute();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const controlled = await database.writer.startTransaction().execute();
  await controlled.insertInto('scope').values(scope('u:2')).execute();
  const inner = await controlled.savepoint('inner').execute();
  await inner.insertInto('scope').values(scope('u:3')).execute();
  await inner.rollbackToSavepoint('inner').execute();
  await controlled.commit().execute();
  expect(await database.reader.selectFrom('scope').select('id').execute()).toEqual([{ id: 'u:2' }]);
});

test('a second process on the same file refuses to start, and the file is free once the first is gone', async () => {
  const path = await temporaryPath();
  const database = await openDatabase({ engine: 'sqlite', path });
  const script = `
    const { openDatabase } = await import(${JSON.stringify(new URL('database.ts', import.meta.url).href)});
    try { await openDatabase({ engine: 'sqlite', path: ${JSON.stringify(path)} }); }
    catch (error) { console.log(error.name); process.exit(7); }
    process.kill(process.pid, 'SIGKILL');`;
  const second = () => spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const refused = second();
  expect([refused.status, refused.stdout.trim()]).toEqual([7, 'DatabaseInUseError']);
  await database.close();
  expect(second().signal).toBe('SIGKILL');
  await (await openDatabase({ engine: 'sqlite', path })).close();
});

test('a bound parameter costs no more than a literal', async () => {
  const connection = new SqliteConnection({ path: await temporaryPath(), readOnly: false });
  onTestFinished(() => connection.close());
  connection.run('create table t (owner text, id integer, body text, primary key (owner, id)) without rowid');
  connection.run('begin');
  for (let i = 0; i < 5_000; i++) connection.run('insert into t values (?, ?, ?)', [`u${i % 5}`, i, 'x'.repeat(50)]);
  connection.run('commit');
  const query = (owner: string) => `select owner, id, body from t where owner = ${owner} order by id desc limit 20`;
  const time = (work: () => unknown): number => {
    const begin = performance.now();
    for (let i = 0; i < 1_000; i++) work();
    return performance.now() - begin;
  };
  const ratios = Array.from({ length: 9 }, () => {
    const literal = time(() => connection.all(query(`'u3'`)));
    return time(() => connection.all(query('?'), ['u3'])) / literal;
  });
  // The middle of nine: other processes on the machine disturb single runs.
  expect(ratios.toSorted((a, b) => a - b)[4]).toBeLessThanOrEqual(1.3);
});

test('statements stay usable when there are more of them than are kept', async () => {
  const connection = new SqliteConnection({ path: await temporaryPath(), readOnly: false });
  onTestFinished(() => connection.close());
  for (let i = 0; i < 1_000; i++) expect(connection.get(`select ${i} as n`)).toEqual({ n: i });
  expect(connection.get('select 0 as n')).toEqual({ n: 0 });
});

test('the file that SQLite itself sees is whole', async () => {
  const path = await temporaryPath();
  await (await openDatabase({ engine: 'sqlite', path })).close();
  const plain = new DatabaseSync(path);
  onTestFinished(() => plain.close());
  expect(Object.values(plain.prepare('PRAGMA integrity_check').get() ?? {})).toEqual(['ok']);
});
