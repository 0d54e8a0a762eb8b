import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { compilePane } from '#core/filters/match-filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import type { SavedFilter } from '#core/filters/saved-filter.ts';
import { readStored } from '#core/filters/stored-filter.ts';
import type { Label } from '#core/labels/label.ts';
import { findMutator } from '#core/mutators.ts';
import type { Project } from '#core/projects/project.ts';
import type { Task } from '#core/tasks/task.ts';
import { createMemoryStore, testId } from '#core/testing/memory-store.ts';
import { provisionUser } from '#core/users/user-mutators.ts';
import { sampleMutations } from './sample-mutations.ts';

const now = Date.parse('2026-11-18T09:00:00.000Z');

function fill() {
  const store = createMemoryStore();
  const demo = store.addAccount({ userId: testId(1), username: 'demo', instanceRole: 'demo' });
  store.run(demo, provisionUser, { inboxId: testId(2), inboxRank: 'a0' });
  let ids = 100;
  const mutations = sampleMutations({ now, timeZone: 'Europe/Berlin', inboxId: testId(2), newId: () => testId(ids++) });
  for (const { name, args, at } of mutations) {
    const mutator = findMutator(name);
    expect(mutator && Compile(mutator.args).Check(args), `${name} ${JSON.stringify(args)}`).toBe(true);
    if (mutator) store.run(demo, mutator, args, at);
  }
  return { store, mutations, rows: [...store.rows.values()] };
}

test('the sample fills every view: projects, sections, overdue, today, later, repeating, completed', () => {
  const { rows, mutations } = fill();
  const tasks = rows.flatMap(({ kind, row }) => (kind === 'task' ? [row as Task] : []));
  const open = tasks.filter((task) => task.completedAt === null);
  const count = (match: (task: Task) => unknown) => open.filter(match).length;
  expect(rows.filter(({ kind }) => kind === 'project')).toHaveLength(10);
  expect(tasks.length).toBeGreaterThan(170);
  expect(tasks.length).toBeLessThan(200);
  expect(tasks.length - open.length).toBeGreaterThan(30);
  expect(count((task) => task.date !== null && task.date < '2026-11-18')).toBeGreaterThan(4);
  expect(count((task) => task.date === '2026-11-18')).toBeGreaterThan(10);
  expect(count((task) => task.recurrence)).toBeGreaterThan(10);
  expect(count((task) => task.deadline)).toBeGreaterThan(10);
  expect(count((task) => task.evening)).toBeGreaterThan(3);
  expect(mutations.length).toBeLessThanOrEqual(500);
});

test('its filters can be read, and each finds something', () => {
  const { rows } = fill();
  const all = <T>(kind: string) => rows.flatMap((each) => (each.kind === kind ? [each.row as T] : []));
  const names = { projects: all<Project>('project'), sections: [], labels: all<Label>('label'), members: [] };
  const context = {
    ...names,
    now,
    timeZone: 'Europe/Berlin',
    weekStart: 1,
    dayStart: 0,
    userId: testId(1),
    locale: 'en',
  };
  const filters = all<SavedFilter>('filter');
  expect(filters).toHaveLength(3);
  for (const { query } of filters) {
    const parsed = readStored(query, context);
    expect(parsed).toMatchObject({ ok: true, warnings: [] });
    for (const pane of parsed.ok ? resolveFilter(parsed.filter, context) : []) {
      const matches = compilePane(pane);
      const none = { subtaskCount: () => 0, commentCount: () => 0 };
      expect(
        all<Task>('task').some((task) => matches(task, none)),
        query,
      ).toBe(true);
    }
  }
});

test('nothing was completed before it was made, or after today', () => {
  const { rows } = fill();
  for (const { kind, row } of rows) {
    const { completedAt } = row as { completedAt?: string | null };
    if (kind !== 'task' || !completedAt) continue;
    expect(completedAt > row.createdAt, `${row.id}`).toBe(true);
    expect(Date.parse(completedAt)).toBeLessThanOrEqual(now);
  }
});
