import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import type { WireTask } from '#server/tasks/task-wire.ts';
import type { QuickAddPreview } from './quick-add-wire.ts';

const NOW = '2026-11-18T10:00+01:00[Europe/Berlin]';

let app: TestApp;
let ana: TestPrincipal;
let work: string;

beforeAll(async () => {
  app = await createTestApp();
  ana = await app.signUp('ana');
  await app.signUp('ben');
  work = (await create('/projects', { name: 'Work' })).id;
  await create(`/projects/${work}/sections`, { name: 'Backlog' });
  await app.call('POST', `/projects/${work}/members`, { as: ana, body: { username: 'ben', role: 'editor' } });
  await create('/labels', { name: 'calls' });
});
afterAll(() => app[Symbol.asyncDispose]());

async function create(path: string, body: Record<string, unknown>): Promise<{ id: string }> {
  const answer = await app.call<{ id: string }>('POST', path, { as: ana, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

const add = (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  app.call<WireTask>('POST', '/quick-add', { as: ana, body: { now: NOW, locale: 'en-GB', ...body }, headers });
const dryRun = async (text: string, more: Record<string, unknown> = {}) => {
  const body = { text, now: NOW, locale: 'en-GB', dryRun: true, ...more };
  return app.call<QuickAddPreview>('POST', '/quick-add', { as: ana, body });
};
const total = async () => (await app.call<{ total: number }>('GET', '/tasks?skip=0', { as: ana })).body.total;

test('a dry run says what a line means and changes nothing', async () => {
  const before = await total();
  const text = 'Fix login tomorrow 9:00-9:45 #work /backlog +ben @calls %new !1 !30m {10 dec} // soon';
  const { status, body } = await dryRun(text);
  expect(status).toBe(200);
  expect(body).toEqual({
    title: 'Fix login',
    description: 'soon',
    date: '2026-11-19',
    time: '09:00',
    endTime: '09:45',
    evening: false,
    deadline: '2026-12-10',
    recurrence: null,
    nextDates: [],
    priority: 1,
    labels: ['calls', 'new'],
    project: 'Work',
    projectId: work,
    section: 'Backlog',
    sectionId: body.sectionId,
    assignee: 'ben',
    assigneeId: body.assigneeId,
    duration: 45,
    reminders: [30],
    tokens: body.tokens,
  });
  expect(body.tokens.map(({ start, end, kind }) => [kind, text.slice(start, end)])).toEqual([
    ['when', 'tomorrow'],
    ['range', '9:00-9:45'],
    ['project', '#work'],
    ['section', '/backlog'],
    ['person', '+ben'],
    ['label', '@calls'],
    ['label', '%new'],
    ['priority', '!1'],
    ['reminder', '!30m'],
    ['deadline', '{10 dec}'],
    ['description', '// soon'],
  ]);
  expect(await total()).toBe(before);
});

test('what is not said is null', async () => {
  const { body } = await dryRun('Buy milk');
  expect(body).toMatchObject({ date: null, time: null, endTime: null, priority: null, project: null, labels: [] });
});

test('a recurrence comes with its next dates', async () => {
  const { body } = await dryRun('Standup every workday 9:15');
  expect(body.recurrence).toEqual({ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', anchor: 'schedule', intendedDay: null });
  expect(body.nextDates).toEqual(['2026-11-19', '2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25']);
  expect((await dryRun('Rent every 31st')).body.nextDates).toEqual([
    '2026-11-30',
    '2026-12-31',
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
  ]);
});

test('a line becomes a task with its labels, which one undo takes back', async () => {
  const { status, body, headers } = await add({ text: 'Fix login fri 16:00 every! fri #work /backlog +ben @fresh p2' });
  expect([status, headers['location']]).toEqual([201, `/api/v1/tasks/${body.id}`]);
  expect(body).toMatchObject({
    title: 'Fix login',
    projectId: work,
    date: '2026-11-20',
    time: '16:00',
    priority: 2,
    labels: ['fresh'],
    recurrence: { rule: 'FREQ=WEEKLY;BYDAY=FR', anchor: 'completion' },
  });
  expect(body.sectionId).not.toBeNull();
  expect(body.assigneeId).not.toBeNull();
  const labels = async () =>
    (await app.call<{ items: { name: string }[] }>('GET', '/labels', { as: ana })).body.items.map(({ name }) => name);
  expect(await labels()).toEqual(['calls', 'fresh']);
  await app.call('POST', '/undo', { as: ana, body: { uid: headers['mutation-uid'] } });
  expect(await labels()).toEqual(['calls']);
  const { body: undone } = await app.call<WireTask>('GET', `/tasks/${body.id}`, { as: ana });
  expect(undone.deletedAt).not.toBeNull();
});

test('a repeated request with the same key answers with the same task', async () => {
  const key = { 'idempotency-key': 'once' };
  const first = await add({ text: 'Buy stamps @post' }, key);
  const again = await add({ text: 'Buy stamps @post' }, key);
  expect([again.status, again.body.id, again.body.labels]).toEqual([201, first.body.id, ['post']]);
  expect((await add({ text: 'Buy other stamps' }, key)).body).toMatchObject({ code: 'idempotency_mismatch' });
});

test('without a project in the line the task goes where the request says, else to the inbox', async () => {
  const inside = await add({ text: 'Fix login /backlog', projectId: work });
  expect(inside.body).toMatchObject({ projectId: work, title: 'Fix login' });
  const { body } = await add({ text: 'Fix login /backlog' });
  expect(body.title).toBe('Fix login /backlog');
  expect(body.projectId).not.toBe(work);
});

test('a reminder, which a task cannot keep, stays in the title', async () => {
  expect((await add({ text: 'Dentist fri 9:00 !30m' })).body).toMatchObject({ title: 'Dentist !30m', time: '09:00' });
});

test('zone and language come from the settings unless they are given', async () => {
  const plain = { as: ana, body: { text: 'Milch morgen', dryRun: true } };
  expect((await app.call<QuickAddPreview>('POST', '/quick-add', plain)).body.date).toBeNull();
  expect((await dryRun('Milch morgen', { locale: 'de' })).body.date).toBe('2026-11-19');
  const late = { now: '2026-11-18T23:30:00Z' };
  expect((await dryRun('Milk today', { ...late, timeZone: 'UTC' })).body.date).toBe('2026-11-18');
  expect((await dryRun('Milk today', { ...late, timeZone: 'Europe/Berlin' })).body.date).toBe('2026-11-19');
  expect((await dryRun('Plan next week', { weekStart: 7 })).body.date).toBe('2026-11-22');
});

test('lines are read as the user has set it, on a device or by a program', async () => {
  const eve = await app.signUp('eve');
  const preview = async (text: string, more = {}) => {
    const body = { text, now: NOW, dryRun: true, ...more };
    return (await app.call<QuickAddPreview>('POST', '/quick-add', { as: eve, body })).body;
  };
  const line = 'Milch morgen !1 @x';
  expect(await preview(line)).toMatchObject({ title: 'Milch morgen', priority: 1, labels: ['x'] });
  const quickAdd = { words: 'de', dates: 'auto', suggestions: false, signs: 'ticktick', off: ['priority'] };
  const { status } = await app.call('POST', '/batch', {
    as: eve,
    body: { mutations: [{ name: 'settings.update@1', args: { quickAdd } }] },
  });
  expect(status).toBe(200);
  expect(await preview(line)).toMatchObject({ title: 'Milch !1 @x', date: '2026-11-19', priority: null, labels: [] });
  expect(await preview('Call #x', { locale: 'en-GB' })).toMatchObject({ title: 'Call', labels: ['x'] });
  // A request that names a locale means its words.
  expect(await preview('Milch morgen', { locale: 'en-GB' })).toMatchObject({ title: 'Milch morgen', date: null });
});

test.for([
  [{ text: 'tomorrow' }, 422, '/text'],
  [{ text: '' }, 422, '/text'],
  [{ text: 'x'.repeat(501) }, 422, '/text'],
  [{ text: 'x', now: 'yesterday, about noon' }, 422, '/now'],
  [{ text: 'x', now: '2026-11-18T10:00+05:00[Europe/Berlin]' }, 422, '/now'],
  [{ text: 'x', now: '2026-11-18T10:00[Mars/Olympus]' }, 422, '/now'],
  [{ text: 'x', timeZone: 'Mars/Olympus' }, 422, '/timeZone'],
  [{ text: 'x', weekStart: 8 }, 422, '/weekStart'],
  [{ text: 'x', projectId: '00000000-0000-7000-8000-000000000000' }, 404, undefined],
] as const)('%o is refused', async ([body, status, path]) => {
  const answer = await add(body);
  expect([answer.status, (answer.body as unknown as { errors?: { path: string }[] }).errors?.[0]?.path]).toEqual([
    status,
    path,
  ]);
});
