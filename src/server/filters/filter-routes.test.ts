import { afterAll, beforeAll, expect, test } from 'vitest';
import { updateSettings } from '#core/users/user-mutators.ts';
import type { WireTask } from '#server/tasks/task-wire.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';

let app: TestApp;
let ana: TestPrincipal;
let ben: TestPrincipal;
let work: string;

/** The clock of the test application stands still on a Wednesday. */
const today = () => new Date(app.clock.now()).toISOString().slice(0, 10);
const daysLater = (days: number) => new Date(app.clock.now() + days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  app = await createTestApp();
  ana = await app.signUp('ana');
  ben = await app.signUp('ben');
  work = await create(ana, '/projects', { name: 'Work' });
  const below = await create(ana, '/projects', { name: 'Reports', parentId: work });
  const section = await create(ana, `/projects/${work}/sections`, { name: 'Meetings' });
  const archive = await create(ana, '/projects', { name: 'Old' });
  const tasks: Record<string, unknown>[] = [
    { title: 'late', date: daysLater(-3), priority: 2, projectId: work },
    { title: 'now', date: today(), priority: 1, labels: ['Waiting'], sectionId: section },
    { title: 'soon', deadline: daysLater(2), projectId: below, labels: ['größe'] },
    { title: 'someday Straße', description: 'https://example.org' },
    { title: 'done', date: today(), completed: true },
    { title: 'archived', date: today(), projectId: archive },
  ];
  for (const task of tasks) {
    app.clock.advance(1000);
    await create(ana, '/tasks', task);
  }
  await app.call('POST', `/projects/${archive}/archive`, { as: ana });
  const secret = await create(ben, '/projects', { name: 'Secret plan' });
  await create(ben, '/labels', { name: 'secretlabel' });
  await create(ben, '/tasks', { title: 'of Ben', date: today(), projectId: secret, labels: ['Waiting'] });
});
afterAll(() => app[Symbol.asyncDispose]());

async function create(as: TestPrincipal, path: string, body: Record<string, unknown>): Promise<string> {
  const answer = await app.call<{ id: string }>('POST', path, { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

interface TaskPage {
  readonly items: readonly WireTask[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

async function get(filter: string, more = '', as = ana): Promise<TaskPage> {
  const { status, body } = await app.call<TaskPage>('GET', `/tasks?filter=${encodeURIComponent(filter)}${more}`, {
    as,
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}
const titles = async (...args: Parameters<typeof get>) => (await get(...args)).items.map(({ title }) => title);

test.for([
  ['today', ['now']],
  ['today | overdue', ['late', 'now']],
  ['7 days', ['now', 'soon']],
  ['#Work', ['late', 'now']],
  ['##work sort:title-', ['soon', 'now', 'late']],
  ['/meetings', ['now']],
  ['@waiting', ['now']],
  ['@GRÖSSE | @größe', ['soon']],
  ['search: STRASSE | search: straße', ['someday Straße']],
  ['has:link', ['someday Straße']],
  ['today & done', ['done']],
  ['no date', ['someday Straße']],
  ['all limit:2', ['late', 'now']],
  ['overdue, today', ['late', 'now']],
  ['#Nowhere', []],
] as const)('GET /tasks?filter=%s', async ([query, expected]) => {
  expect(await titles(query)).toEqual(expected);
});

test('the order of the filter gives way to `sort`, and other parameters narrow it further', async () => {
  expect(await titles('today | overdue', '&sort=newest')).toEqual(['now', 'late']);
  expect(await titles('##Work', `&projectId=${work}`)).toEqual(['late', 'now']);
  expect(await titles('all', '&q=street')).toEqual([]);
  expect(await titles('all', '&label=WAITING')).toEqual(['now']);
  expect(await titles('today', '&completed=true')).toEqual([]);
});

test.for(['', '&sort=priority'])('pages of a filter follow one another (%s)', async (sort) => {
  const whole = await titles('all sort:title', sort);
  expect(whole).toHaveLength(4);
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await get('all sort:title', `${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor ?? '';
  } while (cursor);
  expect(seen).toEqual(whole);
  const skipped = await get('all sort:title', `${sort}&limit=2&skip=1`);
  expect([skipped.total, skipped.items.map(({ title }) => title)]).toEqual([4, whole.slice(1, 3)]);
});

test('a cursor of another filter is refused', async () => {
  const { nextCursor } = await get('all sort:title', '&limit=1');
  const answer = await app.call('GET', `/tasks?filter=all%20sort:priority&cursor=${nextCursor ?? ''}`, { as: ana });
  expect([answer.status, answer.body]).toMatchObject([422, { errors: [{ path: '/cursor' }] }]);
  const made = Buffer.from(JSON.stringify(['tasks:filter', 'a\0', 'a0', 'x'])).toString('base64url');
  const hostile = await app.call('GET', `/tasks?filter=all%20sort:title&cursor=${made}`, { as: ana });
  expect(hostile.status).toBe(422);
});

test('a query that is wrong says where, and what may have been meant', async () => {
  const { status, body } = await app.call('GET', `/tasks?filter=${encodeURIComponent('today p1')}`, { as: ana });
  expect(status).toBe(422);
  expect(body).toMatchObject({
    code: 'validation_failed',
    position: 6,
    suggestion: 'today & p1',
    errors: [{ path: '/filter' }],
    faults: [{ code: 'missing_operator', start: 6 }],
  });
  const many = await app.call('POST', '/filters/parse', {
    as: ana,
    body: { query: Array.from({ length: 60 }, () => 'p1').join('|') },
  });
  expect([many.status, many.body]).toMatchObject([422, { faults: [{ code: 'too_long' }] }]);
});

test('POST /filters/parse says what a query means', async () => {
  const { status, body } = await app.call<{ query: string; words: string; ast: unknown; warnings: unknown[] }>(
    'POST',
    '/filters/parse',
    { as: ana, body: { query: '(P1 | overdue) & #work group:project' } },
  );
  expect(status).toBe(200);
  expect(body.query).toBe('(p1 | overdue) & #Work group:project');
  expect(body.words).toContain('Work');
  expect(body.warnings).toEqual([]);
  expect(body.ast).toMatchObject({
    panes: [{ title: null, where: { kind: 'and' }, sort: [], group: 'project', limit: null, with: [] }],
  });
});

test('nothing of others can be seen or guessed through a filter', async () => {
  for (const query of ['all', 'done | !done', 'deleted | !deleted', '@waiting', 'added by: others', 'today']) {
    const answer = await get(query, '&limit=200');
    expect(JSON.stringify(answer)).not.toContain('of Ben');
  }
  for (const name of ['Secret plan', 'Secret pla', 'secretlabe']) {
    for (const query of [`#"${name}"`, `@"${name}"`, `/"${name}"`, `assigned to: "${name}"`]) {
      const { body } = await app.call('POST', '/filters/parse', { as: ana, body: { query } });
      expect(JSON.stringify(body)).toContain('"ids":[]');
      expect(JSON.stringify(body).replaceAll(name, '')).not.toMatch(/secret/i);
    }
  }
  expect(await titles(`#"Secret plan"`, '', ben)).toEqual(['of Ben']);
});

test('today is the day of the person, on the server as in the app', async () => {
  let zoe = await app.signUp('zoe');
  const settle = (args: object) =>
    app.context.write.execute({
      actor: { userId: zoe.userId, instanceRole: 'user', source: 'web' },
      atomic: true,
      mutations: [{ uid: app.context.newId(), name: updateSettings.key, args }],
    });
  const [evening, night] = [today(), daysLater(1)];
  await create(zoe, '/tasks', { title: 'of the evening', date: evening });
  await create(zoe, '/tasks', { title: 'of the morning', date: night });
  // Half past one, after midnight.
  app.clock.advance(Date.parse(`${night}T01:30:00Z`) - app.clock.now());
  zoe = await app.logIn('zoe');
  const done = await create(zoe, '/tasks', { title: 'done at night', completed: true });
  const said = async (text: string) =>
    (await app.call<WireTask>('POST', '/quick-add', { as: zoe, body: { text, dryRun: true } })).body.date;
  const seen = async () => [
    await titles('today', '', zoe),
    await titles('overdue', '', zoe),
    await titles('due before: +1 hour', '', zoe),
    (await get('completed: today', '', zoe)).items.map(({ id }) => id),
    await said('Call tomorrow'),
  ];
  const dayAfter = daysLater(1);
  expect(await seen()).toEqual([['of the morning'], ['of the evening'], ['of the evening'], [done], dayAfter]);
  await settle({ dayStart: 240 });
  expect(await seen()).toEqual([['of the evening'], [], [], [done], night]);
  expect(await titles('due before: +3 hours', '', zoe)).toEqual(['of the evening']);
  expect(await titles('completed: yesterday', '', zoe)).toEqual([]);
  // Four o'clock: a day has begun, and what was done before it counts for the last.
  app.clock.advance(2.5 * 3_600_000);
  zoe = await app.logIn('zoe');
  expect(await titles('completed: yesterday', '', zoe)).toEqual(['done at night']);
  expect(await titles('overdue', '', zoe)).toEqual(['of the evening']);
});
