import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';
import { LiveQuery, type Query } from '#web/replica/live-query.ts';
import { QueryCache } from '#web/replica/query-cache.ts';
import { RowStore } from '#web/replica/row-store.ts';
import { aProject, aTask, id } from '#tests/support/replica-fixture.ts';

const byTitle = (a: Task, b: Task): number => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);
const urgent = (task: Task): boolean => task.priority <= 2;

const QUERIES: readonly Query<'task'>[] = [
  { kind: 'task' },
  { kind: 'task', sort: byTitle },
  { kind: 'task', where: { index: 'openByDate', key: '2026-11-02' } },
  { kind: 'task', where: { index: 'openByDate', to: '2026-11-02' }, filter: urgent },
  { kind: 'task', where: { index: 'openByLabel', keys: ['a', 'b'] }, sort: byTitle },
  { kind: 'task', where: { index: 'openByProject', key: id(1) } },
  { kind: 'task', where: { index: 'trashedTasks', key: 'all' } },
  { kind: 'task', where: { index: 'completedByDay', from: '2026-11-01' }, filter: urgent },
  { kind: 'task', where: { index: 'subtasks', key: id(100) } },
];

const day = fc.constantFrom(null, '2026-11-01', '2026-11-02', '2026-11-03');
const maybe = fc.constantFrom(null, '2026-11-02T10:00:00.000Z');

const task = fc
  .record({
    n: fc.integer({ min: 100, max: 130 }),
    projectId: fc.constantFrom(id(1), id(2)),
    title: fc.constantFrom('a', 'b', 'c'),
    priority: fc.constantFrom(1 as const, 2 as const, 4 as const),
    rank: fc.constantFrom('a0', 'a1', 'a2'),
    labels: fc.subarray(['A', 'b', 'c']),
    parentId: fc.constantFrom(null, id(100)),
    date: day,
    completedAt: maybe,
    deletedAt: maybe,
  })
  .map(({ n, ...given }) => aTask({ id: id(n), ...given }));

type Write = readonly ['task', string, Row | undefined] | readonly ['project', string, Row | undefined];

const write: fc.Arbitrary<Write> = fc.oneof(
  { weight: 8, arbitrary: task.map((row) => ['task', row.id, row] as const) },
  { weight: 3, arbitrary: fc.integer({ min: 100, max: 130 }).map((n) => ['task', id(n), undefined] as const) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(1, 2), maybe)
      .map(([n, archivedAt]) => ['project', id(n), aProject({ id: id(n), archivedAt })] as const),
  },
);

/** Bursts of writes, each with one notice; long ones take another way through the code than short ones. */
const history = fc.array(fc.array(write, { minLength: 1, maxLength: 40 }), { maxLength: 12 });

test('a watched query is at all times what a fresh one finds', () => {
  fc.assert(
    fc.property(history, (bursts) => {
      const store = new RowStore();
      const cache = new QueryCache(store);
      const told = new Map<Query<'task'>, number>();
      const live = QUERIES.map((query) => {
        const watched = cache.query(query);
        watched.subscribe(() => told.set(query, (told.get(query) ?? 0) + 1));
        return watched;
      });
      for (const burst of bursts) {
        const before = live.map((each) => [each.rows(), each.ids()] as const);
        told.clear();
        for (const [kind, rowId, row] of burst) store.set(kind, rowId, row);
        cache.publish(store.takeChanges());
        for (const [i, each] of live.entries()) {
          const fresh = new LiveQuery(each.query, store, () => 0).rows();
          expect(each.rows()).toEqual(fresh);
          expect(each.ids()).toEqual(fresh.map((row) => row.id));
          const [rows, ids] = before[i]!;
          expect(told.get(each.query) ?? 0).toBe(each.rows() === rows ? 0 : 1);
          if (each.ids() !== ids) expect(each.ids()).not.toEqual(ids);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('an index lists what its keys say, whenever it was built', () => {
  fc.assert(
    fc.property(history, fc.nat(11), (bursts, buildAt) => {
      const early = new RowStore();
      for (const [i, burst] of bursts.entries()) {
        if (i === buildAt) for (const { where } of QUERIES) if (where) early.index(where.index);
        for (const [kind, rowId, row] of burst) early.set(kind, rowId, row);
        early.takeChanges();
      }
      const late = new RowStore();
      for (const kind of ['project', 'task'] as const) {
        for (const [rowId, row] of early.all(kind)) late.set(kind, rowId, row);
      }
      for (const { where } of QUERIES) {
        if (where) expect(early.index(where.index)).toEqual(late.index(where.index));
      }
    }),
    { numRuns: 100 },
  );
});
