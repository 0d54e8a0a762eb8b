import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Expression } from '#core/filters/filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import type { Database } from '#server/db/database.ts';
import { fillTasks, OWNER, ownProjects, taskAccesses } from '#tests/support/many-tasks.ts';
import { createTestDatabase } from '#tests/support/test-database.ts';

const PROJECTS = ownProjects(3);

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  await fillTasks(database, 20_000, PROJECTS.length);
});
afterAll(() => database.close());

const day = (op: 'eq' | 'lt'): Expression => ({
  kind: 'date',
  field: 'due',
  op,
  value: { type: 'days', from: 0, to: 0 },
});
const label: Expression = { kind: 'label', name: { ids: [], name: 'waiting' } };
const subtree: Expression = {
  kind: 'project',
  name: { ids: [PROJECTS[0]?.id ?? ''], name: 'Project' },
  descendants: true,
};

test.for([
  ['today', day('eq'), ['task_due']],
  ['overdue', day('lt'), ['task_due']],
  ['today | overdue', { kind: 'or', of: [day('eq'), day('lt')] }, ['task_due']],
  ['@waiting', label, ['task_labelled']],
  ['##Project', subtree, ['task_pk', 'task_rank', 'task_newest']],
  ['##Project & today', { kind: 'and', of: [subtree, day('eq')] }, ['task_due']],
] as const)('%s goes along an index from project to project', async ([, where, indexes]) => {
  for (const limit of [null, 10]) {
    const used = await accessesOf(where, limit);
    expect(used.some((index) => indexes.some((each) => each === index))).toBe(true);
    // The first ten are found first, and then read by their ids.
    for (const index of used) expect(limit ? [...indexes, 'task_id'] : indexes).toContain(index);
  }
});

test('a query that no index knows still reads only the projects of whoever asks', async () => {
  const used = await accessesOf({ kind: 'text', in: 'title', text: 'task' }, null);
  expect(used.length).toBeGreaterThan(0);
  for (const index of used) expect(['task_pk', 'task_rank', 'task_newest']).toContain(index);
});

/** How the database gets at the tasks: an index each time, or "everything". */
async function accessesOf(where: Expression, limit: number | null): Promise<string[]> {
  const names = { projects: PROJECTS, sections: [], labels: [], members: [] };
  const context = {
    ...names,
    now: Date.UTC(2026, 5, 16, 12),
    timeZone: 'UTC',
    weekStart: 1,
    dayStart: 0,
    userId: OWNER,
  };
  const pane = { title: null, where, sort: [], group: null, limit, with: [] };
  const filter = { panes: resolveFilter({ panes: [pane] }, context), isOrdered: true };
  return taskAccesses(database, { userId: OWNER, sort: 'newest', limit: 50, filter });
}
