import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import type { SearchHit } from './search-repository.ts';

let app: TestApp;
let alice: TestPrincipal;
const ids = new Map<string, string>();

beforeAll(async () => {
  app = await createTestApp();
  alice = await app.signUp('alice');
  const bob = await app.signUp('bob');
  await app.call('POST', '/tasks', { as: bob, body: { title: 'Crème brûlée of Bob' } });
  const add = async (path: string, body: Record<string, unknown>, name: string) => {
    app.clock.advance(1000);
    const answer = await app.call<{ id: string }>('POST', path, { as: alice, body });
    expect(answer.status).toBe(201);
    ids.set(name, answer.body.id);
    return answer.body.id;
  };
  const project = await add('/projects', { name: 'Crème desserts' }, 'project');
  const title = await add('/tasks', { title: 'Learn crème BRÛLÉE', projectId: project }, 'in title');
  await add('/tasks', { title: 'Shopping', description: `${'sugar '.repeat(60)}and crème for the brûlée` }, 'in text');
  await add('/tasks', { title: 'Done crème brûlée', completed: true }, 'completed');
  await add(`/tasks/${title}/comments`, { body: 'Mine was <b>crème</b>, not brûlée' }, 'comment');
  const trashed = await add('/tasks', { title: 'Trashed crème brûlée' }, 'trashed');
  await app.call('DELETE', `/tasks/${trashed}`, { as: alice });
  await add('/tasks', { title: '東京タワーに行く' }, 'cjk');
});
afterAll(() => app[Symbol.asyncDispose]());

async function search(q: string, more = ''): Promise<readonly SearchHit[]> {
  const answer = await app.call<{ items: SearchHit[] }>('GET', `/search?q=${encodeURIComponent(q)}${more}`, {
    as: alice,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.items;
}

const named = (hits: readonly SearchHit[]) =>
  hits.map(({ id }) => [...ids].find(([, each]) => each === id)?.[0] ?? 'of somebody else');
const marked = (part: SearchHit['title'] | null) => part?.ranges.map(([from, to]) => part.text.slice(from, to));

test('finds without case and accents, best first, only own and not the trash', async () => {
  expect(named(await search('creme brulee'))).toEqual(['in title', 'completed', 'in text', 'comment']);
  expect(named(await search('CREM'))).toContain('project');
  expect(named(await search('crem', '&kind=project'))).toEqual(['project']);
  expect(await search('brul', '&limit=1')).toHaveLength(1);
  expect(named(await search('東京'))).toEqual(['cjk']);
  expect(await search('creme nowhere')).toEqual([]);
  expect(await search('"*)(-:')).toEqual([]);
});

test('what was found is marked in plain text', async () => {
  const hits = await search('crème brûl');
  const of = (name: string) => hits.find((hit) => hit.id === ids.get(name));
  expect(marked(of('in title')?.title ?? null)).toEqual(['crème', 'BRÛLÉE']);
  expect(of('in title')?.snippet).toBeNull();
  expect(of('in text')?.title.ranges).toEqual([]);
  expect(marked(of('in text')?.snippet ?? null)).toEqual(['crème', 'brûlée']);
  expect(of('in text')?.snippet?.text.length).toBeLessThan(210);
  expect(of('comment')).toMatchObject({ kind: 'comment', taskId: ids.get('in title') });
  expect(of('comment')?.snippet?.text).toBe('Mine was <b>crème</b>, not brûlée');
});

test('what changes or goes is found as it is now', async () => {
  await app.call('PATCH', `/tasks/${ids.get('cjk') ?? ''}`, { as: alice, body: { title: 'Tokyo tower' } });
  expect(named(await search('tokyo'))).toEqual(['cjk']);
  expect(await search('東京')).toEqual([]);
  await app.call('DELETE', `/projects/${ids.get('project') ?? ''}`, { as: alice });
  expect(named(await search('creme brulee'))).toEqual(['completed', 'in text']);
});
