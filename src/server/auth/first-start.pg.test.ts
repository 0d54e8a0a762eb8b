import { expect, test } from 'vitest';
import { openDatabase } from '#server/db/database.ts';
import { createTestApp, type TestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';
import { emptyTarget } from '#tests/support/test-database.ts';

const PRODUCTION = { production: true, signup: 'invite' } as const;

test('of processes that start together one makes the setup token, and it holds until all of them are gone', async () => {
  await using empty = await emptyTarget();
  await (await openDatabase(empty.target)).close();
  await using stack = new AsyncDisposableStack();
  const start = async (): Promise<TestApp> => {
    const database = stack.use(await openDatabase(empty.target));
    return stack.use(await createTestApp({ database, config: PRODUCTION }));
  };
  const apps = await Promise.all([start(), start(), start()]);
  const tokens = apps.flatMap(({ setupToken }) => setupToken ?? []);
  expect(tokens).toHaveLength(1);
  const knowing = apps.filter(({ logs }) => logs.join('').includes('that another process printed'));
  expect(knowing).toHaveLength(2);
  // One more, later.
  expect((await start()).setupToken).toBeUndefined();

  const [app] = apps;
  const signUp = (setupToken: string | undefined) =>
    app?.call('POST', '/auth/signup', { body: { username: 'ann', password: TEST_PASSWORD, setupToken } });
  expect((await signUp(tokens[0]))?.status).toBe(201);
});

test('a process that is alone makes a new one at each start', async () => {
  await using empty = await emptyTarget();
  const tokens: (string | undefined)[] = [];
  for (let i = 0; i < 2; i++) {
    await using database = await openDatabase(empty.target);
    await using app = await createTestApp({ database, config: PRODUCTION });
    tokens.push(app.setupToken);
  }
  expect(new Set(tokens.filter((token) => token !== undefined)).size).toBe(2);
});
