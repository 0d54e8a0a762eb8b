import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type DomainError } from '#core/errors.ts';
import { createTestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';
import { createHashQueue, createPasswordHasher } from './password-hash.ts';

test('argon2id with the parameters of OWASP, a salt each, and long passwords whole', async () => {
  const hasher = createPasswordHasher();
  const first = await hasher.hash(TEST_PASSWORD);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hasher.hash(TEST_PASSWORD)).not.toBe(first);
  expect(await hasher.verify(TEST_PASSWORD, first)).toEqual({ valid: true, rehash: false });
  expect(await hasher.verify(`${TEST_PASSWORD} `, first)).toMatchObject({ valid: false });
  const long = await hasher.hash(`${'x'.repeat(200)}a`);
  expect(await hasher.verify(`${'x'.repeat(200)}b`, long)).toMatchObject({ valid: false });
});

test('what is no hash opens nothing', async () => {
  const hasher = createPasswordHasher();
  for (const hash of ['', '!', 'plain', '$2b$12$abcdefghijklmnopqrstuv', '$5$', '$5$rounds=x$y$z']) {
    expect(await hasher.verify('plain', hash)).toMatchObject({ valid: false });
  }
});

test('two hashes run at once, fifty wait, and whoever comes then is told to come back', async () => {
  const queue = createHashQueue(2, 50);
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await sleep(1);
    running -= 1;
  };
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => queue(work)));
  const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as DomainError);
  expect([most, refused.length]).toEqual([2, 8]);
  expect(refused[0]).toMatchObject({ code: 'unavailable', data: { retryAfter: 2 } });
  await queue(work);
});

test('a failing hash leaves its place to the next', async () => {
  const queue = createHashQueue(1, 50);
  await expect(queue(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await queue(async () => 'next')).toBe('next');
});

test('a hash of the original application opens once and is then replaced', async () => {
  await using app = await createTestApp({ hasher: createPasswordHasher() });
  const ann = await app.signUp('ann');
  const old = '$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5';
  await app.database.writer.updateTable('user').set({ password_hash: old }).where('id', '=', ann.userId).execute();
  await expect(app.logIn('ann', 'This is just a tesT')).rejects.toThrow(/401/);
  await app.logIn('ann', 'This is just a test');
  const { password_hash: hash } = await app.database.reader
    .selectFrom('user')
    .select('password_hash')
    .executeTakeFirstOrThrow();
  expect(hash).toMatch(/^\$argon2id\$/);
  await app.logIn('ann', 'This is just a test');
});

test('a login takes as long for an unknown name as for a known one', async () => {
  await using app = await createTestApp({ hasher: createPasswordHasher() });
  await app.signUp('ann');
  const time = async (username: string): Promise<number> => {
    const begin = performance.now();
    await app.call('POST', '/auth/login', { body: { username, password: 'wrong password' } });
    return performance.now() - begin;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  await time('nobody');
  for (let i = 0; i < 25; i++) {
    known.push(await time('ann'));
    unknown.push(await time(`nobody${i}`));
  }
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[12] ?? 0;
  // A missing decoy hash would make it 20 ms against 2: far outside of what a busy machine does to medians.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.6);
  expect(median(unknown) / median(known)).toBeLessThan(1.6);
});
