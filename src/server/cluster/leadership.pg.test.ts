import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '#server/db/database.ts';
import { emptyTarget } from '#tests/support/test-database.ts';
import { createLeadership } from './leadership.ts';

test('one of several leads, another after it resigned, and one per kind of work', async () => {
  await using empty = await emptyTarget();
  await using one = await openDatabase(empty.target);
  await using two = await openDatabase(empty.target);
  const [first, second] = [createLeadership(one, 'work'), createLeadership(two, 'work')];
  expect(await Promise.all([first.isMine(), first.isMine().then(() => second.isMine())])).toEqual([true, false]);
  expect([await first.isMine(), await second.isMine()]).toEqual([true, false]);
  const other = createLeadership(two, 'other work');
  expect(await other.isMine()).toBe(true);
  await first.resign();
  expect([await second.isMine(), await first.isMine()]).toEqual([true, false]);
  await Promise.all([second.resign(), other.resign()]);
});

test('a leader whose connection is gone leads no more, and may lead again', async () => {
  await using empty = await emptyTarget();
  await using one = await openDatabase(empty.target);
  await using two = await openDatabase(empty.target);
  const [first, second] = [createLeadership(one, 'work'), createLeadership(two, 'work')];
  expect(await first.isMine()).toBe(true);
  await sql`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
  `.execute(two.reader);
  await expect.poll(() => second.isMine()).toBe(true);
  expect(await first.isMine()).toBe(false);
  await second.resign();
  expect(await first.isMine()).toBe(true);
  await first.resign();
});
