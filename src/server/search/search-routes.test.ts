import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#server/db/database.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import { renewSearch } from './search-rebuild.ts';
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
  await add('/tasks', { title: 'Done crème brûlée', completed: true, labels: ['Désserts'] }, 'completed');
  await add(`/tasks/${title}/comments`, { body: 'Mine was <b>crème</b>, not brûlée' }, 'comment');
  const trashed = await add('/tasks', { title: 'Trashed crème brûlée' }, 'trashed');
  await app.call('DELETE', `/tasks/${trashed}`, { as: alice });
  await add('/labels', { name: 'crème-fraîche' }, 'label');
  await app.call('POST', '/labels', { as: bob, body: { name: 'crème of Bob' } });
  const archive = await add('/projects', { name: 'Old recipes' }, 'archive');
  await add('/tasks', { title: 'Panna cotta', description: 'panna, cotta', projectId: archive }, 'archived');
  await app.call('POST', `/projects/${archive}/archive`, { as: alice });
  await add('/tasks', { title: '東京タワーに行く' }, 'cjk');
  await add('/tasks', { title: 'E-Mail an Müller' }, 'umlaut');
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
  expect(named(await search('crem', '&kind=label'))).toEqual(['label']);
  expect(named(await search('fraiche creme'))).toEqual(['label']);
  expect(await search('brul', '&limit=1')).toHaveLength(1);
  expect(named(await search('東京'))).toEqual(['cjk']);
  expect(await search('creme nowhere')).toEqual([]);
  expect(await search('"*)(-:')).toEqual([]);
});

test('finds umlauts and joined words however they are typed, and beginnings of any word', async () => {
  for (const text of ['müller', 'muller', 'MUELLER', 'email mül', 'e-mail']) {
    expect(named(await search(text)), text).toEqual(['umlaut']);
  }
  expect(marked((await search('muel'))[0]?.title ?? null)).toEqual(['Mül']);
  expect(named(await search('learn br cr', '&kind=task'))).toEqual(['in title']);
});

test('a slip of the finger is allowed for where little is found, and marked', async () => {
  expect(named(await search('mulelr'))).toEqual(['umlaut']);
  expect(named(await search('desert', '&kind=project'))).toEqual(['project']);
  expect(marked((await search('fraihce'))[0]?.title ?? null)).toEqual(['fraîche']);
  const [hit] = await search('suggar brulee', '&kind=task');
  expect(new Set(marked(hit?.snippet ?? null))).toEqual(new Set(['sugar']));
  expect(await search('crqqe')).toEqual([]);
});

test('what was found is marked in plain text', async () => {
  const hits = await search('crème brûl');
  const of = (name: string) => hits.find((hit) => hit.id === ids.get(name));
  expect(marked(of('in title')?.title ?? null)).toEqual(['crème', 'BRÛL']);
  expect(of('in title')?.snippet).toBeNull();
  expect(of('in text')?.title.ranges).toEqual([]);
  expect(marked(of('in text')?.snippet ?? null)).toEqual(['crème', 'brûl']);
  expect(of('in text')?.snippet?.text.length).toBeLessThan(210);
  expect(of('comment')).toMatchObject({ kind: 'comment', taskId: ids.get('in title') });
  expect(of('comment')?.snippet?.text).toBe('Mine was <b>crème</b>, not brûlée');
});

test('a hit says where it was found, and whether it is done or archived', async () => {
  const [archived, ...rest] = await search('panna cotta');
  expect(rest).toEqual([]);
  expect(archived).toMatchObject({ foundIn: ['title', 'description'], completed: false, archived: true });
  const [tagged] = await search('brulee dessert', '&kind=task');
  expect(tagged).toMatchObject({ id: ids.get('completed'), foundIn: ['title', 'label'], snippet: null });
  const [label] = await search('crem', '&kind=label');
  expect(label).toMatchObject({ projectId: null, taskId: null, foundIn: ['name'], completed: null, archived: false });
  const hits = await search('creme brulee');
  expect(hits.map(({ foundIn, completed }) => [foundIn, completed])).toEqual([
    [['title'], false],
    [['title'], true],
    [['description'], false],
    [['comment'], false],
  ]);
});

test('pages follow one another without gap or repetition', async () => {
  const whole = named(await search('creme', '&limit=50'));
  expect(whole.length).toBeGreaterThan(5);
  const seen: string[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await app.call<{ items: SearchHit[]; nextCursor: string | null }>(
      'GET',
      `/search?q=creme&limit=2${cursor && `&cursor=${cursor}`}`,
      { as: alice },
    );
    seen.push(...named(body.items));
    if (body.nextCursor === null) break;
    expect(body.items).toHaveLength(2);
    cursor = body.nextCursor;
  }
  expect(seen).toEqual(whole);
  expect((await app.call('GET', '/search?q=creme&cursor=WyJ4Il0', { as: alice })).status).toBe(422);
});

test('what changes or goes is found as it is now', async () => {
  await app.call('PATCH', `/tasks/${ids.get('cjk') ?? ''}`, { as: alice, body: { title: 'Tokyo tower' } });
  expect(named(await search('tokyo'))).toEqual(['cjk']);
  expect(await search('東京')).toEqual([]);
  await app.call('DELETE', `/projects/${ids.get('project') ?? ''}`, { as: alice });
  expect(named(await search('creme brulee'))).toEqual(['completed', 'in text']);
});

test('an index that an older version made is made anew at the next start, once', async () => {
  const { context } = app;
  await context.database.writer.updateTable('instance').set({ search_version: 1 }).execute();
  await context.database.writer
    .deleteFrom('search_document')
    .where('eid', '=', ids.get('in text') ?? '')
    .execute();
  const renew = () => inTransaction(context.database, (tx) => renewSearch(tx, context.database.engine));
  const before = named(await search('creme'));
  expect(before).not.toContain('in text');
  expect([await renew(), await renew()]).toEqual([true, false]);
  expect(named(await search('creme')).toSorted()).toEqual([...before, 'in text'].toSorted());
});
