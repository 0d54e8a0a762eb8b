import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, test } from 'vitest';
import { sortTasks, relativesOf } from '#core/filters/arrange-tasks.ts';
import type { Condition, ResolvedPane } from '#core/filters/conditions.ts';
import type { Expression } from '#core/filters/filter.ts';
import { compileCondition, compilePane } from '#core/filters/match-filter.ts';
import { resolveExpression, resolveFilter } from '#core/filters/resolve-filter.ts';
import {
  contextOf,
  filterClock,
  type FilterWorld,
  filterWorld,
  lookupsOf,
  ME,
} from '#core/filters/testing/filter-world.ts';
import { randomDate, randomExpression, randomFilter, randomTerm } from '#core/filters/testing/random-filter.ts';
import { projectScope, type RowOf } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';
import { testId } from '#core/testing/memory-store.ts';
import type { Database } from '#server/db/database.ts';
import { encodeRow } from '#server/db/row-codec.ts';
import { countTasks, listTasks, placeInFilter, type TaskListQuery } from './task-list-repository.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';
import { type Bounds, boundsOf } from '#server/filters/condition-bounds.ts';
import { conditionSql } from '#server/filters/condition-sql.ts';

const WORLDS = 15;
const FILTERS = 12;
const EXPRESSIONS = 100;

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** A project like the others, of somebody else, in which every task has a twin. */
const FOREIGN = testId(0x99);

async function store({ projects, sections, members, tasks, comments }: FilterWorld): Promise<void> {
  const { writer } = database;
  for (const table of ['task', 'comment', 'project', 'section', 'member', 'access'] as const) {
    await writer.deleteFrom(table).execute();
  }
  const insert = async <K extends 'project' | 'section' | 'member' | 'task' | 'comment'>(
    kind: K,
    rows: readonly RowOf<K>[],
  ): Promise<void> => {
    const stored = rows.map((row) => encodeRow(kind, row));
    if (stored.length > 0)
      await writer
        .insertInto(kind as 'task')
        .values(stored as never)
        .execute();
  };
  const access = projects.map(({ id }) => ({ user_id: ME, scope_id: projectScope(id), role: 'owner', view: '' }));
  await writer.insertInto('access').values(access).execute();
  await insert('project', [...projects, ...projects.slice(1, 2).map((each) => ({ ...each, id: FOREIGN }))]);
  await insert('section', sections);
  await insert('member', members);
  await insert('comment', comments);
  const twins = tasks.map((task, n) => ({ ...task, id: testId(0x5000 + n), projectId: FOREIGN }));
  await insert('task', [...tasks, ...twins]);
}

/** The tasks that the panes show, each once, in the order of the first. */
function inMemory(world: FilterWorld, panes: readonly ResolvedPane[]): Task[] {
  const open = new Set(world.projects.filter((each) => !each.archivedAt && !each.deletedAt).map(({ id }) => id));
  const tasks = world.tasks.filter(({ projectId }) => open.has(projectId));
  const alive = (of: readonly { readonly deletedAt: string | null }[]) => of.filter((each) => !each.deletedAt).length;
  const lookups = {
    subtaskCount: (id: string) => alive(world.tasks.filter(({ parentId }) => parentId === id)),
    commentCount: (id: string) => alive(world.comments.filter(({ taskId }) => taskId === id)),
    projectName: (id: string) => world.projects.find((each) => each.id === id)?.name ?? null,
    personName: (of: string, id: string) =>
      world.members.find(({ projectId, userId }) => projectId === of && userId === id)?.displayName ?? null,
    task: (id: string) => tasks.find((each) => each.id === id),
    subtasks: (id: string) => tasks.filter(({ parentId }) => parentId === id),
  };
  const shown = panes.flatMap((pane) => {
    const matches = compilePane(pane);
    const matching = sortTasks(
      tasks.filter((task) => matches(task, lookups)),
      pane.sort,
      lookups,
    ).slice(0, pane.limit ?? undefined);
    return [...matching, ...relativesOf(matching, pane.with, pane.life, lookups)];
  });
  return sortTasks([...new Set(shown)], panes[0]?.sort ?? [], lookups);
}

const titled = ({ id, title }: Task): string => `${id.slice(-4)} ${title}`;

const worlds = filterClock.chain((clock) => fc.record({ clock: fc.constant(clock), world: filterWorld(clock) }));

function sampled<T>(arbitrary: fc.Arbitrary<T>, seed: number): readonly T[] {
  return fc.sample(arbitrary, { seed, numRuns: WORLDS });
}

test('every condition decides about every task as memory does, and so does its negation', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const eitherDay = fc.tuple(randomDate(), randomDate()).map((of): Expression => ({ kind: 'or', of }));
  const expressions = fc.array(fc.oneof(randomTerm(), randomTerm(), eitherDay, randomExpression()), {
    minLength: EXPRESSIONS,
    maxLength: EXPRESSIONS,
  });
  for (const { clock, world, asked } of sampled(
    worlds.chain((each) => fc.record({ ...constants(each), asked: expressions })),
    seed,
  )) {
    await store(world);
    const context = contextOf(world, clock);
    const conditions = asked.flatMap((where) => [where, { kind: 'not', of: where } as const]);
    const resolved = conditions.map((where) => resolveExpression(where, context));
    const decided = await decisions(resolved);
    const lookups = lookupsOf(world);
    for (const [n, condition] of resolved.entries()) {
      const matches = compileCondition(condition);
      const bounds = boundsOf(condition);
      const title = `seed ${seed}: ${JSON.stringify(conditions[n])}`;
      for (const task of world.tasks) {
        const isMatch = matches(task, lookups);
        const isSame = decided.get(task.id)?.[n] === Number(isMatch) && (!isMatch || isWithin(task, bounds));
        if (!isSame)
          throw new Error(`${title} about ${JSON.stringify(task)}, which memory ${isMatch ? 'takes' : 'leaves'}`);
      }
    }
  }
}, 60_000);

function constants<T extends object>(of: T): { readonly [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, fc.constant(value)])) as never;
}

/** All conditions about all tasks in one statement: by id of the task, in the order of the conditions. */
async function decisions(conditions: readonly Condition[]): Promise<Map<string, readonly number[]>> {
  const task = { alias: 't', engine: database.engine };
  const query = database.reader
    .selectFrom('task as t')
    .select('t.id')
    .select(
      conditions.map((each, n) => sql<number>`case when ${conditionSql(each, task)} then 1 else 0 end`.as(`c${n}`)),
    );
  const rows = (await query.execute()) as unknown as Record<string, number>[];
  return new Map(rows.map(({ id, ...decided }) => [String(id), Object.values(decided)]));
}

function isWithin({ date, deadline, labels, projectId }: Task, { due, isLabelled, projects }: Bounds): boolean {
  const day = date ?? deadline;
  const isInTime = !due || (day !== null && day >= (due.from ?? '') && day <= (due.to ?? '~'));
  return isInTime && (!isLabelled || labels.length > 0) && (projects?.has(projectId) ?? true);
}

test('the database lists what memory finds, in the same order, and nothing that the user cannot see', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const filters = fc.array(randomFilter(), { minLength: FILTERS, maxLength: FILTERS });
  for (const { clock, world, asked } of sampled(
    worlds.chain((each) => fc.record({ ...constants(each), asked: filters })),
    seed,
  )) {
    await store(world);
    for (const filter of asked) {
      await compare(world, resolveFilter(filter, contextOf(world, clock)), `seed ${seed}: ${JSON.stringify(filter)}`);
    }
  }
}, 60_000);

/** The whole list, the part behind its middle, and its length. */
async function compare(world: FilterWorld, panes: readonly ResolvedPane[], title: string): Promise<void> {
  const expected = inMemory(world, panes);
  const filter = { panes, isOrdered: true };
  const list = async (more: Partial<TaskListQuery> = {}) =>
    (await listTasks(database, { userId: ME, sort: 'newest', limit: 200, filter, ...more })).map(titled);
  assertSame(await list(), expected.map(titled), title);
  const middle = expected[Math.floor(expected.length / 2)];
  if (!middle) return;
  const place = await placeInFilter(database, filter, middle);
  const behind = expected.slice(expected.indexOf(middle) + 1);
  assertSame(await list({ filter: { ...filter, place } }), behind.map(titled), `behind ${titled(middle)}, ${title}`);
  const total = await countTasks(database, { userId: ME, sort: 'newest', limit: 1, filter });
  assertSame([String(total)], [String(expected.length)], `count, ${title}`);
}

function assertSame(found: readonly string[], expected: readonly string[], what: string): void {
  if (found.join('\n') === expected.join('\n')) return;
  throw new Error(`${what}\nfound:\n  ${found.join('\n  ')}\ninstead of:\n  ${expected.join('\n  ')}`);
}
