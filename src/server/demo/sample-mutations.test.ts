import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { findMutator } from '#core/mutators.ts';
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

test('nothing was completed before it was made, or after today', () => {
  const { rows } = fill();
  for (const { kind, row } of rows) {
    const { completedAt } = row as { completedAt?: string | null };
    if (kind !== 'task' || !completedAt) continue;
    expect(completedAt > row.createdAt, `${row.id}`).toBe(true);
    expect(Date.parse(completedAt)).toBeLessThanOrEqual(now);
  }
});
