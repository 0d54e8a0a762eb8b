import { afterAll, beforeAll, expect, test } from 'vitest';
import { updateSettings } from '#core/users/user-mutators.ts';
import type { WireCompletion } from '#server/tasks/completion-wire.ts';
import type { WireTask } from '#server/tasks/task-wire.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';

let app: TestApp;
let ana: TestPrincipal;
let ben: TestPrincipal;

interface Stats {
  readonly completed: number;
  readonly days: readonly { readonly date: string; readonly completed: number }[];
  readonly streak: { readonly current: number; readonly longest: number };
  readonly today: string;
}

interface Completions {
  readonly items: readonly WireCompletion[];
  readonly nextCursor: string | null;
}

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** Tokens do not last as long as the clock is moved. */
async function at(instant: string): Promise<void> {
  app.clock.advance(Date.parse(instant) - app.clock.now());
  ana = await app.logIn('ana');
  ben = await app.logIn('ben');
}

async function create(as: TestPrincipal, path: string, body: object): Promise<string> {
  const answer = await app.call<{ id: string }>('POST', path, { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

const complete = (as: TestPrincipal, id: string) => app.call<WireTask>('POST', `/tasks/${id}/complete`, { as });
const completions = (id: string, more = '', as = ana) =>
  app.call<Completions>('GET', `/tasks/${id}/completions${more}`, { as });
const stats = async (query: string, as = ana) => (await app.call<Stats>('GET', `/stats${query}`, { as })).body;
const counts = ({ days }: Stats) => days.filter(({ completed }) => completed > 0).map((day) => Object.values(day));

test('the history of a repeating task has pages, and days are counted as they are for the person', async () => {
  ana = await app.signUp('ana');
  ben = await app.signUp('ben');
  const projectId = await create(ana, '/projects', { name: 'Shared' });
  await app.call('POST', `/projects/${projectId}/members`, { as: ana, body: { username: 'ben', role: 'editor' } });
  await app.context.write.execute({
    actor: { userId: ana.userId, instanceRole: 'user', source: 'web' },
    atomic: true,
    mutations: [{ uid: app.context.newId(), name: updateSettings.key, args: { timeZone: 'Europe/Berlin' } }],
  });
  // The night in which the clock goes back.
  await at('2028-10-27T10:00:00Z');
  const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null };
  const daily = await create(ana, '/tasks', { title: 'Water', projectId, date: '2028-10-27', recurrence });
  const once = await create(ana, '/tasks', { title: 'Once', projectId });
  const trashed = await create(ana, '/tasks', { title: 'Gone', projectId });
  await complete(ana, daily);
  await complete(ana, trashed);
  await at('2028-10-28T23:30:00Z');
  await complete(ana, daily);
  await complete(ben, once);
  await at('2028-10-29T23:30:00Z');
  await complete(ana, daily);
  await app.call('DELETE', `/tasks/${trashed}`, { as: ana });

  const { body: first } = await completions(daily, '?limit=2');
  const { body: second } = await completions(daily, `?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ date, completedAt }) => [date, completedAt])).toEqual([
    ['2028-10-30', '2028-10-29T23:30:00.000Z'],
    ['2028-10-28', '2028-10-28T23:30:00.000Z'],
    ['2028-10-27', '2028-10-27T10:00:00.000Z'],
  ]);
  expect([first.nextCursor === null, second.nextCursor]).toEqual([false, null]);
  expect(first.items[0]).toEqual({
    id: `${daily}.2028-10-30`,
    projectId,
    taskId: daily,
    date: '2028-10-30',
    time: null,
    completedAt: '2028-10-29T23:30:00.000Z',
    completedBy: ana.userId,
    rev: 1,
  });
  expect((await completions(once)).body.items).toEqual([]);

  const mine = await stats('');
  expect([mine.today, mine.days.length, mine.days[0]?.date, mine.completed]).toEqual([
    '2028-10-30',
    30,
    '2028-10-01',
    3,
  ]);
  // In Berlin the second was done on the 29th, and the third, after 25 hours, on the 30th.
  expect(counts(mine)).toEqual([
    ['2028-10-27', 1],
    ['2028-10-29', 1],
    ['2028-10-30', 1],
  ]);
  expect(mine.streak).toEqual({ current: 2, longest: 2 });
  expect(counts(await stats(`?by=anyone&projectId=${projectId}&from=2028-10-28&to=2028-10-29`))).toEqual([
    ['2028-10-29', 2],
  ]);
  expect(counts(await stats('?from=2028-10-27&to=2028-10-30', ben))).toEqual([['2028-10-28', 1]]);
});

test('with a day that begins later, what is done at night counts for the day before', async () => {
  await app.context.write.execute({
    actor: { userId: ana.userId, instanceRole: 'user', source: 'web' },
    atomic: true,
    mutations: [{ uid: app.context.newId(), name: updateSettings.key, args: { dayStart: 120 } }],
  });
  const night = await stats('?from=2028-10-01');
  expect([night.today, ...counts(night)]).toEqual([
    '2028-10-29',
    ['2028-10-27', 1],
    ['2028-10-28', 1],
    ['2028-10-29', 1],
  ]);
  expect(night.streak).toEqual({ current: 3, longest: 3 });
});

test.for([
  ['?from=2028-10-02&to=2028-10-01', 422],
  ['?from=2027-01-01&to=2028-01-02', 422],
  ['?from=soon', 422],
  ['?projectId=00000000-0000-7000-8000-000000000000', 404],
] as const)('GET /stats%s is refused with %i', async ([query, status]) => {
  expect((await app.call('GET', `/stats${query}`, { as: ana })).status).toBe(status);
});

test('a history that one may not see does not exist, and cursors are those of this list', async () => {
  const foreign = await create(ben, '/tasks', { title: 'of Ben' });
  expect((await completions(foreign)).status).toBe(404);
  expect((await completions(foreign, '?cursor=abc', ben)).status).toBe(422);
  const [own] = (await app.call<{ items: WireTask[] }>('GET', '/tasks?q=Water', { as: ana })).body.items;
  expect((await completions(own?.id ?? '', '', ben)).status).toBe(200);
});
