import { expect, test } from 'vitest';
import { DomainError } from '#core/errors.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { PROTOCOL_VERSION, SCHEMA_VERSION, type PullRequest, type PullResponse } from '#core/sync/protocol.ts';
import { createSyncDevice } from '#tests/support/sync-device.ts';
import { createWriteWorld, newId, taskArgs } from '#tests/support/write-world.ts';
import { CatchUps } from './catch-ups.ts';
import { readInstance } from './instance.ts';
import { pullChanges } from './pull.ts';

const refusedAs = (error: unknown): unknown => (error instanceof DomainError ? error.code : error);
const forEver = (): Promise<never> => new Promise(() => {});

test('so many run at once, so many wait, and the rest come back at random moments', async () => {
  const catchUps = new CatchUps({ running: 2, waiting: 3 });
  let running = 0;
  let most = 0;
  const gate = Promise.withResolvers<void>();
  const work = async (): Promise<string> => {
    most = Math.max(most, ++running);
    await gate.promise;
    running--;
    return 'done';
  };
  const outcomes = Array.from({ length: 200 }, () =>
    catchUps.run(work).catch((error: unknown) => error as DomainError),
  );
  gate.resolve();
  const settled = await Promise.all(outcomes);
  expect(most).toBe(2);
  expect(settled.filter((outcome) => outcome === 'done')).toHaveLength(5);
  const refusals = settled.filter((outcome) => outcome instanceof DomainError);
  expect(refusals).toHaveLength(195);
  const seconds = new Set(refusals.map(({ data }) => data.retryAfter ?? 0));
  expect(seconds.size).toBeGreaterThan(2);
  for (const each of seconds) expect(each).toBeGreaterThanOrEqual(1);
});

test('the more are refused, the longer the time over which they come back, up to a minute', async () => {
  const catchUps = new CatchUps({ running: 1, waiting: 0, random: () => 0.999, now: () => 0 });
  void catchUps.run(forEver);
  const waits: number[] = [];
  for (let i = 0; i < 5_000; i++) {
    await catchUps.run(forEver).catch((error: unknown) => waits.push((error as DomainError).data.retryAfter ?? 0));
  }
  expect(waits[0]).toBe(4);
  expect(waits.at(-1)).toBe(60);
});

test('who fails makes room as well', async () => {
  const catchUps = new CatchUps({ running: 1, waiting: 1 });
  const failing = () => Promise.reject(new Error('broken'));
  const outcomes = await Promise.allSettled([catchUps.run(failing), catchUps.run(async () => 'next')]);
  expect(outcomes).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'next' }]);
  expect(await catchUps.run(async () => 'later')).toBe('later');
});

test('while nobody may catch up, devices that are nearly up to date are answered', async () => {
  await using world = await createWriteWorld();
  const ana = await world.addUser('ana');
  const device = createSyncDevice(world.database, world.write, ana);
  await device.sync();
  const full = new CatchUps({ running: 1, waiting: 0 });
  void full.run(forEver);
  const instance = await readInstance(world.database);
  const pull = (cur: PullRequest['cur'], catchUps: CatchUps): Promise<PullResponse> => {
    const envelope = { v: PROTOCOL_VERSION, schema: SCHEMA_VERSION, instance: null, epoch: null };
    return pullChanges(
      world.database,
      instance,
      ana.userId,
      { ...envelope, clientId: newId(), last: 0, cur },
      { catchUps },
    );
  };
  expect((await pull(device.cursors, full)).scopes).toEqual([]);
  for (let i = 0; i < 3; i++) await world.run(ana, createTask, taskArgs({ projectId: ana.inboxId }));
  expect((await pull(device.cursors, full)).scopes).toMatchObject([{ s: `p:${ana.inboxId}` }]);
  expect(await pull({}, full).catch(refusedAs)).toBe('rate_limited');
  // As after a server that was set back: other tags.
  const lost = Object.fromEntries(Object.entries(device.cursors).map(([s, cursor]) => [s, { ...cursor, tag: 1 }]));
  const inbox = `p:${ana.inboxId}`;
  const ahead = { ...lost, [inbox]: { ...device.cursors[inbox], ver: 1_000, tag: 1 } };
  expect(await pull(ahead, full).catch(refusedAs)).toBe('rate_limited');
  const free = new CatchUps({ running: 1, waiting: 0 });
  expect((await pull({}, free)).scopes).toHaveLength(2);
  expect((await pull({}, free)).scopes).toHaveLength(2);
});
