import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { projectScope, userScope } from '#core/rows.ts';
import type { SyncEvent } from '#core/sync/protocol.ts';
import { openEvents, type EventReader } from '#tests/support/event-reader.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import { newId } from '#tests/support/write-world.ts';

async function listening() {
  const app = await createTestApp();
  const url = await app.app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url };
}

/** A project made over REST; answers with its id. */
async function makeProject(
  app: TestApp,
  owner: TestPrincipal,
  members: readonly TestPrincipal[] = [],
): Promise<string> {
  const { body } = await app.call<{ id: string }>('POST', '/projects', { as: owner, body: { name: 'Shared' } });
  for (const member of members) {
    const answer = await app.call('POST', `/projects/${body.id}/members`, {
      as: owner,
      body: { username: member.username, role: 'editor' },
    });
    expect(answer.status).toBe(201);
  }
  return body.id;
}

async function makeTask(app: TestApp, as: TestPrincipal, projectId?: string): Promise<void> {
  const answer = await app.call('POST', '/tasks', { as, body: { title: 'A task', ...(projectId && { projectId }) } });
  expect(answer.status).toBe(201);
}

const isPoke = (scope: string) => (event: SyncEvent) => event.type === 'poke' && event.scopes.includes(scope);
const pokesOf = (reader: EventReader) => reader.events.filter((event) => event.type === 'poke');

test('a change wakes the devices that see its scope, and no others', async () => {
  const { app, url } = await listening();
  await using _ = app;
  const [ana, ben, eve] = [await app.signUp('ana'), await app.signUp('ben'), await app.signUp('eve')];
  const shared = await makeProject(app, ana, [ben]);
  const readers = await Promise.all([ana, ben, eve].map(({ token }) => openEvents(url, token)));
  expect(readers[0]!.headers.get('content-type')).toContain('text/event-stream');
  expect(readers[0]!.headers.get('cache-control')).toBe('no-store');
  await Promise.all(readers.map((reader) => reader.next((event) => event.type === 'ping')));
  await makeTask(app, ana, shared);
  await readers[0]!.next(isPoke(projectScope(shared)));
  await readers[1]!.next(isPoke(projectScope(shared)));
  await sleep(200);
  expect(pokesOf(readers[2]!)).toEqual([]);
  for (const reader of readers) reader.close();
});

test('changes in quick succession are told in one event', async () => {
  const { app, url } = await listening();
  await using _ = app;
  const ana = await app.signUp('ana');
  const other = await makeProject(app, ana);
  const reader = await openEvents(url, ana.token);
  await reader.next((event) => event.type === 'ping');
  await sleep(150);
  const before = pokesOf(reader).length;
  await app.context.write.execute({
    actor: { userId: ana.userId, instanceRole: 'user', source: 'api' },
    atomic: true,
    mutations: [{ uid: newId(), name: 'label.create@1', args: { id: newId(), name: 'x', rank: 'a0' } }],
  });
  app.context.hub.publish({ scopes: [projectScope(other)] });
  app.context.hub.publish({ scopes: [projectScope(other)] });
  await sleep(400);
  const pokes = pokesOf(reader).slice(before);
  expect(pokes).toHaveLength(1);
  expect(pokes[0]).toMatchObject({ scopes: [userScope(ana.userId), projectScope(other)] });
  reader.close();
});

test('who is added hears of the project from then on; who is removed hears nothing more', async () => {
  const { app, url } = await listening();
  await using _ = app;
  const [ana, ben] = [await app.signUp('ana'), await app.signUp('ben')];
  const shared = await makeProject(app, ana);
  const reader = await openEvents(url, ben.token);
  await reader.next((event) => event.type === 'ping');
  const added = await app.call('POST', `/projects/${shared}/members`, {
    as: ana,
    body: { username: 'ben', role: 'viewer' },
  });
  expect(added.status).toBe(201);
  await reader.next((event) => isPoke(userScope(ben.userId))(event) && isPoke(projectScope(shared))(event));
  const removed = await app.call('DELETE', `/projects/${shared}/members/${ben.userId}`, { as: ana });
  expect(removed.status).toBe(204);
  await sleep(300);
  const pokes = pokesOf(reader);
  expect(pokes.at(-1)).toEqual({ type: 'poke', scopes: [userScope(ben.userId)] });
  await makeTask(app, ana, shared);
  await sleep(300);
  expect(pokesOf(reader)).toHaveLength(pokes.length);
  reader.close();
});

test('a stream ends within five seconds of its session or its token', async () => {
  const { app, url } = await listening();
  await using _ = app;
  const [ana, ben] = [await app.signUp('ana'), await app.signUp('ben')];
  const revoked = await openEvents(url, ana.token);
  const stays = await openEvents(url, ben.token);
  await revoked.next((event) => event.type === 'ping');
  const out = await app.call('POST', '/auth/logout', {
    as: ana,
    body: {},
    headers: { cookie: ana.cookie, 'sec-fetch-site': 'same-origin' },
  });
  expect(out.status).toBeLessThan(300);
  const began = performance.now();
  await revoked.ended;
  expect(performance.now() - began).toBeLessThan(6_000);
  expect(revoked.events.at(-1)).toEqual({ type: 'bye', inMs: 0 });
  app.clock.advance(11 * 60_000);
  await stays.ended;
  expect(stays.events.at(-1)).toEqual({ type: 'bye', inMs: 0 });
});

test('a user has at most twenty streams, and a closed one makes room', async () => {
  const { app, url } = await listening();
  await using _ = app;
  const [ana, ben] = [await app.signUp('ana'), await app.signUp('ben')];
  const readers = await Promise.all(Array.from({ length: 20 }, () => openEvents(url, ana.token)));
  expect(readers.map((reader) => reader.status)).toEqual(Array(20).fill(200));
  const tooMany = await openEvents(url, ana.token);
  expect(tooMany.status).toBe(429);
  const others = await openEvents(url, ben.token);
  expect(others.status).toBe(200);
  readers[0]!.close();
  await expect.poll(async () => (await openEvents(url, ana.token)).status, { interval: 100, timeout: 5_000 }).toBe(200);
  for (const reader of [...readers, others]) reader.close();
});

test('when the server stops it says so, spread over time, and ends the streams', async () => {
  const { app, url } = await listening();
  await using _ = app;
  const ana = await app.signUp('ana');
  const reader = await openEvents(url, ana.token);
  await reader.next((event) => event.type === 'ping');
  app.stop();
  await reader.ended;
  const bye = reader.events.at(-1);
  expect(bye?.type).toBe('bye');
  expect((bye as { inMs: number }).inMs).toBeLessThan(1_000);
});

test('without a token there is no stream, and HEAD opens none', async () => {
  const { app, url } = await listening();
  await using _ = app;
  const ana = await app.signUp('ana');
  expect((await openEvents(url, 'nonsense')).status).toBe(401);
  const head = await fetch(`${url}/api/v1/sync/events`, { method: 'HEAD', headers: ana.headers });
  expect(head.status).toBeGreaterThanOrEqual(400);
});
