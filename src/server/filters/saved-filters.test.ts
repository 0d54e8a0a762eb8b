import { expect, test } from 'vitest';
import { createTestApp } from '#tests/support/test-app.ts';
import type { WireFilter } from './saved-filter-wire.ts';

test('a kept filter follows what it names, in the order that its owner gives', async () => {
  await using app = await createTestApp();
  const as = await app.signUp('alice');
  const bob = await app.signUp('bob');
  const project = await app.call<{ id: string }>('POST', '/projects', { as, body: { name: 'Work' } });
  const body = { name: ' Now ', query: 'p1&#work', color: 'teal' };
  const { status, body: made } = await app.call<WireFilter>('POST', '/filters', { as, body });
  expect({ status, ...made }).toMatchObject({ status: 201, name: 'Now', query: 'p1 & #Work', color: 'teal', rev: 1 });
  await app.call('PATCH', `/projects/${project.body.id}`, { as, body: { name: 'Company & Co' } });
  expect((await app.call<WireFilter>('GET', `/filters/${made.id}`, { as })).body.query).toBe('p1 & #"Company & Co"');

  const later = await app.call<WireFilter>('POST', '/filters', {
    as,
    body: { name: 'Later', query: 'no date', position: 'start' },
  });
  const list = async () => (await app.call<{ items: WireFilter[] }>('GET', '/filters', { as })).body.items;
  expect((await list()).map(({ name }) => name)).toEqual(['Later', 'Now']);
  const changed = await app.call<WireFilter>('PATCH', `/filters/${later.body.id}`, {
    as,
    body: { query: 'no date | 7 days', position: 'end' },
    headers: { 'if-match': '"1"' },
  });
  expect(changed.body).toMatchObject({ query: 'no date | 7 days', rev: 2 });
  expect((await list()).map(({ name }) => name)).toEqual(['Now', 'Later']);

  expect((await app.call('GET', `/filters/${made.id}`, { as: bob })).status).toBe(404);
  expect((await app.call('DELETE', `/filters/${made.id}`, { as: bob })).status).toBe(404);
  const deleted = await app.call('DELETE', `/filters/${made.id}`, { as });
  expect(deleted.status).toBe(204);
  const uid = String(deleted.headers['mutation-uid']);
  expect((await app.call('POST', '/undo', { as, body: { uid } })).status).toBe(200);
  expect(await list()).toHaveLength(2);
});

test('what cannot be read is not kept, and says where and how to mend it', async () => {
  await using app = await createTestApp();
  const as = await app.signUp('alice');
  const { status, body } = await app.call<{ position: number; suggestion: string }>('POST', '/filters', {
    as,
    body: { name: 'Now', query: 'p1 today' },
  });
  expect({ status, ...body }).toMatchObject({ status: 422, position: 3, suggestion: 'p1 & today' });
  expect((await app.call<{ items: unknown[] }>('GET', '/filters', { as })).body.items).toEqual([]);
});
