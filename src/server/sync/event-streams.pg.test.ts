import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { projectScope, userScope } from '#core/rows.ts';
import type { SyncEvent } from '#core/sync/protocol.ts';
import { openEvents } from '#tests/support/event-reader.ts';
import { createTestApp, type TestApp } from '#tests/support/test-app.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';

/** As long as it may take; nobody tells these two processes of each other. */
const LOOK = { timeout: 5_000 };

async function twoProcesses() {
  const database = await createTestDatabase();
  const here = await createTestApp({ database });
  const there = await createTestApp({ database });
  return {
    here,
    there,
    url: await there.app.listen({ host: '127.0.0.1', port: 0 }),
    async [Symbol.asyncDispose]() {
      await here[Symbol.asyncDispose]();
      await there[Symbol.asyncDispose]();
      await database.close();
    },
  };
}

const pokesFor = (events: readonly SyncEvent[], scope: string) =>
  events.filter((event) => event.type === 'poke' && event.scopes.includes(scope)).length;

async function makeTask(app: TestApp, as: Awaited<ReturnType<TestApp['signUp']>>, projectId: string): Promise<void> {
  expect((await app.call('POST', '/tasks', { as, body: { title: 'A task', projectId } })).status).toBe(201);
}

test('a change at one process reaches the devices at another, once', async () => {
  await using both = await twoProcesses();
  const { here, there, url } = both;
  const ana = await here.signUp('ana');
  const eve = await here.signUp('eve');
  const { body: project } = await here.call<{ id: string }>('POST', '/projects', { as: ana, body: { name: 'P' } });
  const scope = projectScope(project.id);
  const [reader, stranger] = [await openEvents(url, ana.token), await openEvents(url, eve.token)];
  await reader.next((event) => event.type === 'ping');
  await sleep(3_000);
  expect(pokesFor(reader.events, scope)).toBe(0);
  await makeTask(here, ana, project.id);
  await expect.poll(() => pokesFor(reader.events, scope), LOOK).toBe(1);
  // What was heard of here is not found again.
  await makeTask(there, ana, project.id);
  await expect.poll(() => pokesFor(reader.events, scope), LOOK).toBe(2);
  await sleep(4_500);
  expect(pokesFor(reader.events, scope)).toBe(2);
  expect(stranger.events.every((event) => event.type === 'ping')).toBe(true);
  reader.close();
  stranger.close();
});

test('who is added or removed at one process hears of it at another', async () => {
  await using both = await twoProcesses();
  const { here, url } = both;
  const [ana, ben] = [await here.signUp('ana'), await here.signUp('ben')];
  const { body: project } = await here.call<{ id: string }>('POST', '/projects', { as: ana, body: { name: 'P' } });
  const reader = await openEvents(url, ben.token);
  await reader.next((event) => event.type === 'ping');
  const own = userScope(ben.userId);
  const added = { as: ana, body: { username: 'ben', role: 'editor' } };
  expect((await here.call('POST', `/projects/${project.id}/members`, added)).status).toBe(201);
  await expect.poll(() => pokesFor(reader.events, own), LOOK).toBe(1);
  await makeTask(here, ana, project.id);
  await expect.poll(() => pokesFor(reader.events, projectScope(project.id)), LOOK).toBe(1);
  expect((await here.call('DELETE', `/projects/${project.id}/members/${ben.userId}`, { as: ana })).status).toBe(204);
  await expect.poll(() => pokesFor(reader.events, own), LOOK).toBe(2);
  const before = reader.events.length;
  await makeTask(here, ana, project.id);
  await sleep(4_500);
  expect(reader.events.slice(before)).toEqual([]);
  reader.close();
});

test('a notice that comes while the database is away is told when it is back', async () => {
  await using both = await twoProcesses();
  const { there, url } = both;
  const ana = await there.signUp('ana');
  const reader = await openEvents(url, ana.token);
  await reader.next((event) => event.type === 'ping');
  const own = userScope(ana.userId);
  const { reader: connection } = there.database;
  const away = Object.assign(there.database, { reader: connection.withSchema('nowhere') });
  there.context.hub.publish({ scopes: [own] });
  await sleep(500);
  expect(pokesFor(reader.events, own)).toBe(0);
  Object.assign(away, { reader: connection });
  await expect.poll(() => pokesFor(reader.events, own), LOOK).toBe(1);
  reader.close();
});
