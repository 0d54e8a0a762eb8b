import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import { testEngine } from '#tests/support/test-database.ts';
import { rowsWithinScope, type TaskListParams } from './task-list-query.ts';
import type { TaskSort } from './task-sort.ts';
import type { WireTask } from './task-wire.ts';

let app: TestApp;
let alice: TestPrincipal;
const all: WireTask[] = [];
let projects: readonly [string, string] = ['', ''];

interface TaskPage {
  readonly items: readonly WireTask[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

const SORTS: readonly TaskSort[] = ['newest', 'oldest', 'manual', 'date', 'priority', 'updated'];

beforeAll(async () => {
  app = await createTestApp();
  alice = await app.signUp('alice');
  const bob = await app.signUp('bob');
  await app.call('POST', '/tasks', { as: bob, body: { title: 'Not for Alice', labels: ['home'] } });
  const addProject = async (name: string) =>
    (await app.call<{ id: string }>('POST', '/projects', { as: alice, body: { name } })).body.id;
  projects = [await addProject('One'), await addProject('Two')];
  for (let i = 0; i < 60; i++) {
    const projectId = [undefined, ...projects][i % 3];
    const { body } = await app.call<WireTask>('POST', '/tasks', {
      as: alice,
      body: {
        title: `Task ${i} ${i % 2 ? 'garden' : 'house'}`,
        ...(projectId && { projectId }),
        priority: (i % 4) + 1,
        date: i % 5 ? `2026-12-${String((i % 7) + 10)}` : null,
        ...(i % 5 && i % 2 && { time: `0${i % 9}:30` }),
        labels: i % 10 === 0 ? ['HOME'] : i % 10 === 1 ? ['home', 'ärger'] : [],
        completed: i % 6 === 0,
      },
    });
    all.push(body);
    if (i % 3) app.clock.advance(1000);
  }
});
afterAll(() => app[Symbol.asyncDispose]());

async function list(query: string): Promise<TaskPage> {
  const answer = await app.call<TaskPage>('GET', `/tasks${query}`, { as: alice });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

async function walk(query: string, limit: number): Promise<WireTask[]> {
  const seen: WireTask[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: TaskPage = await list(`${query}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  return seen;
}

const NO_DATE = '9999';
const keyOf: Readonly<Record<TaskSort, (task: WireTask) => string>> = {
  newest: (task) => `${task.createdAt} ${task.id}`,
  oldest: (task) => `${task.createdAt} ${task.id}`,
  updated: (task) => `${task.updatedAt} ${task.id}`,
  manual: (task) => `${task.rank} ${task.id}`,
  date: (task) => `${task.date ?? NO_DATE} ${task.time ?? '99'} ${task.id}`,
  priority: (task) => `${task.priority} ${task.date ?? NO_DATE} ${task.time ?? '99'} ${task.id}`,
};

function expected(sort: TaskSort, tasks: readonly WireTask[]): string[] {
  const ordered = tasks.toSorted((a, b) => (keyOf[sort](a) < keyOf[sort](b) ? -1 : 1));
  return (sort === 'newest' || sort === 'updated' ? ordered.reverse() : ordered).map((task) => task.id);
}

test.each(SORTS)('pages by %s are the whole list, in order, nothing twice', async (sort) => {
  for (const limit of [1, 7, 20, 200]) {
    const seen = await walk(`?sort=${sort}`, limit);
    expect(seen.map((task) => task.id)).toEqual(expected(sort, all));
  }
  const ofProject = all.filter((task) => task.projectId === projects[0]);
  const seen = await walk(`?sort=${sort}&projectId=${projects[0]}&completed=false`, 4);
  expect(seen.map((task) => task.id)).toEqual(
    expected(
      sort,
      ofProject.filter((task) => !task.completed),
    ),
  );
});

test('by number of rows instead of by cursor, with the total', async () => {
  for (const [skip, limit] of [
    [0, 20],
    [25, 20],
    [55, 20],
    [500, 5],
  ] as const) {
    const page = await list(`?skip=${skip}&limit=${limit}&sort=date`);
    expect(page).toMatchObject({ total: 60, skip, limit });
    expect(page.items.map((task) => task.id)).toEqual(expected('date', all).slice(skip, skip + limit));
  }
  expect((await list('?skip=0&completed=true')).total).toBe(10);
});

test('filters by label in any case, by words, and by all of it together', async () => {
  expect((await walk('?label=home', 5)).map((task) => task.id)).toEqual(
    expected(
      'newest',
      all.filter((task) => task.labels.some((label) => label.toLowerCase() === 'home')),
    ),
  );
  expect(await walk('?label=%C3%84RGER', 5)).toHaveLength(6);
  expect((await walk('?q=gard', 5)).map((task) => task.id)).toEqual(
    expected(
      'newest',
      all.filter((task) => task.title.includes('garden')),
    ),
  );
  expect((await list('?q=garden&label=home&completed=false&skip=0')).total).toBe(6);
  expect((await list('?q=%21%21')).items).toEqual([]);
  expect((await list('?label=nothing')).items).toEqual([]);
});

test('a section is a list of its own', async () => {
  const { body: section } = await app.call<{ id: string }>('POST', `/projects/${projects[1]}/sections`, {
    as: alice,
    body: { name: 'Later' },
  });
  expect((await list(`?sectionId=${section.id}`)).items).toEqual([]);
  const { body: task } = await app.call<WireTask>('POST', '/tasks', {
    as: alice,
    body: { title: 'In it', sectionId: section.id },
  });
  expect((await list(`?sectionId=${section.id}`)).items).toEqual([task]);
  expect((await list(`?sectionId=${section.id}&projectId=${projects[1]}`)).items).toEqual([task]);
  expect((await app.call('GET', `/tasks?sectionId=${section.id}&projectId=${projects[0]}`, { as: alice })).status).toBe(
    404,
  );
  await app.call('DELETE', `/tasks/${task.id}`, { as: alice });
});

test('archived and trashed projects are left out, archived ones can be asked for', async () => {
  const { body: project } = await app.call<{ id: string }>('POST', '/projects', { as: alice, body: { name: 'Old' } });
  await app.call('POST', '/tasks', { as: alice, body: { title: 'Archived', projectId: project.id } });
  await app.call('POST', `/projects/${project.id}/archive`, { as: alice });
  expect((await list('?skip=0')).total).toBe(60);
  expect((await list(`?projectId=${project.id}`)).items).toHaveLength(1);
  await app.call('DELETE', `/projects/${project.id}`, { as: alice });
  expect((await list('?skip=0')).total).toBe(60);
  expect((await app.call('GET', `/tasks?projectId=${project.id}`, { as: alice })).status).toBe(404);
});

test('a cursor of another list, or none at all, is refused', async () => {
  const nextCursor = (await list('?sort=date&limit=1')).nextCursor ?? '';
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const query of [
    `?sort=newest&cursor=${nextCursor}`,
    '?cursor=abc',
    `?cursor=${forged(['tasks:newest', 'x', 'y'])}`,
    `?cursor=${forged(['tasks:newest', 1, 'not an id'])}`,
    `?cursor=${forged(['tasks:newest', 1e300, projects[0]])}`,
    `?cursor=${forged({ 0: 'tasks:newest' })}`,
    `?sort=date&skip=1&cursor=${nextCursor}`,
    '?limit=0',
    '?limit=201',
    '?limit=two',
    '?skip=-1',
    '?sort=random',
    '?completed=maybe',
    '?filters=today',
    '?projectId=1',
    '?projectId=a&projectId=b',
  ]) {
    const answer = await app.call('GET', `/tasks${query}`, { as: alice });
    expect([query, answer.status, answer.body['code']]).toEqual([query, 422, 'validation_failed']);
  }
});

test.runIf(testEngine() === 'sqlite')('SQLite walks an index for a page and sorts nothing', () => {
  for (const sort of ['newest', 'oldest', 'manual'] as const) {
    const page = prepareQuery<TaskListParams, unknown>((db, param) =>
      rowsWithinScope(db, param, {
        sort,
        completed: false,
        inProject: false,
        inSection: false,
        labelled: false,
        searched: false,
        after: true,
        limit: 21,
      }),
    );
    const { sql } = page.bind(app.database, {} as TaskListParams);
    const plan = app.database.sqlite?.read((connection) =>
      connection.all<{ detail: string }>(
        `explain query plan ${sql}`,
        sql.match(/\?/g)?.map(() => null),
      ),
    );
    const steps = plan?.map((step) => step.detail).join('\n');
    expect(steps).toContain(`USING INDEX ${sort === 'manual' ? 'task_rank' : 'task_newest'} (scope_id=?`);
    expect(steps).not.toContain('TEMP B-TREE');
  }
});
