import { expect, test } from 'vitest';
import { createTestApp, TEST_PASSWORD } from '#tests/support/test-app.ts';
import { forgetOldAccountData } from './account-housekeeping.ts';

const DAY = 86_400_000;

test('ended sessions and old failures are forgotten, locks and living sessions are not', async () => {
  await using app = await createTestApp({ limits: { loginFailuresInARow: 2 } });
  await app.signUp('ann');
  await app.signUp('bob');
  const fail = (username: string) => app.call('POST', '/auth/login', { body: { username, password: 'wrong' } });
  for (let i = 0; i < 2; i++) await fail('ann');
  await fail('nobody');
  const remember = { username: 'bob', password: TEST_PASSWORD, remember: true };
  app.clock.advance(32 * DAY);
  await app.call('POST', '/auth/login', { body: remember });
  // Two sessions of a day and the counter of "nobody"; ann's lock stays.
  expect(await forgetOldAccountData(app.context)).toBe(3);
  expect(await app.database.reader.selectFrom('session').select('remember').execute()).toEqual([{ remember: 1 }]);
  expect(await app.database.reader.selectFrom('login_attempt').select('key').execute()).toContainEqual({
    key: 'account:ann',
  });
  app.clock.advance(366 * DAY);
  expect(await forgetOldAccountData(app.context)).toBeGreaterThan(1);
  expect(await app.database.reader.selectFrom('audit_event').selectAll().execute()).toEqual([]);
});
