import { expect, test } from 'vitest';
import { createTestApp } from '#tests/support/test-app.ts';

test('a process is ready also when backups fail, and says that they do', async () => {
  await using app = await createTestApp();
  const { database, clock, context } = app;
  const ready = async (): Promise<unknown[]> => {
    clock.advance(10_000);
    const answer = await app.app.inject('/readyz');
    return [answer.statusCode, answer.json()];
  };
  const backups = { state: 'ok', lastSuccess: null, lastFailure: null };
  expect(await ready()).toEqual([200, { status: 'ok', backups }]);
  const failure = { id: context.newId(), at: clock.now(), user_id: null, action: 'backup.failed', ip: null };
  await database.writer
    .insertInto('audit_event')
    .values({ ...failure, detail: '{}' })
    .execute();
  const lastFailure = new Date(failure.at).toISOString();
  expect(await ready()).toEqual([200, { status: 'ok', backups: { ...backups, state: 'failing', lastFailure } }]);
  app.stop();
  expect((await app.app.inject('/readyz')).statusCode).toBe(503);
});
