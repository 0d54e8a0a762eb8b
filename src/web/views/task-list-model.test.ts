import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Task } from '#core/tasks/task.ts';
import { aTask as aTaskIn } from '#tests/support/replica-fixture.ts';
import { type GroupRows, TaskListModel } from './task-list-model.ts';

const aTask = (given: Partial<Task> & { id: string }) => aTaskIn({ projectId: 'inbox', ...given });
const group = (name: string, closed = false): GroupRows => ({ group: name, before: [], after: [], closed, level: 1 });

function listOf(tasks: readonly Task[], nested = true) {
  const model = new TaskListModel({
    place: (task) => (task.deletedAt ? null : { group: task.sectionId ?? '', sort: task.rank }),
    heightOf: (task) => (task.labels.length > 0 ? 52 : 36),
    nested,
  });
  model.load(tasks);
  return model;
}

const keys = (model: ReturnType<typeof listOf>, closed: readonly string[] = []) =>
  model.rows([group('')], (id) => closed.includes(id)).map((row) => `${'  '.repeat(row.level - 1)}${row.key}`);

test('subtasks stand below their parent, in rank order, and can be closed', () => {
  const model = listOf([
    aTask({ id: 'b', rank: 'a2' }),
    aTask({ id: 'a2', parentId: 'a', rank: 'a1' }),
    aTask({ id: 'a', rank: 'a1' }),
    aTask({ id: 'a1', parentId: 'a', rank: 'a0' }),
  ]);
  expect(keys(model)).toEqual(['a', '  a1', '  a2', 'b']);
  expect(keys(model, ['a'])).toEqual(['a', 'b']);
  expect(model.count('')).toBe(4);
});

test('a subtask whose parent is not shown stands among the tasks, until the parent comes back', () => {
  const parent = aTask({ id: 'a', rank: 'a1' });
  const model = listOf([parent, aTask({ id: 'a1', parentId: 'a', rank: 'a5' }), aTask({ id: 'b', rank: 'a2' })]);
  model.put({ ...parent, deletedAt: '2026-11-18T10:00:00.000Z' });
  expect(keys(model)).toEqual(['b', 'a1']);
  model.put(parent);
  expect(keys(model)).toEqual(['a', '  a1', 'b']);
});

test('a change that moves nothing keeps every row and says so', () => {
  const task = aTask({ id: 'a', rank: 'a1' });
  const model = listOf([task, aTask({ id: 'b', rank: 'a2' })]);
  const [before] = model.rows([group('')], () => false);
  expect(model.put({ ...task, title: 'Renamed', priority: 1 })).toBe(false);
  expect(model.get('a')?.title).toBe('Renamed');
  expect(model.put({ ...task, labels: ['calls'] })).toBe(true);
  const [after] = model.rows([group('')], () => false);
  expect(before?.height).toBe(36);
  expect(after?.height).toBe(52);
});

test('a closed group keeps its count and shows no task', () => {
  const model = listOf([aTask({ id: 'a', sectionId: 's' })]);
  expect(model.rows([group('s', true)], () => false)).toEqual([]);
  expect(model.count('s')).toBe(1);
});

test('patching gives the same list as loading anew, whatever the changes', () => {
  const step = fc.record({
    task: fc.integer({ min: 0, max: 11 }),
    // A parent has a smaller number: core refuses cycles.
    above: fc.integer({ min: 1, max: 12 }),
    rank: fc.constantFrom('a0', 'a1', 'a2', 'a3'),
    sectionId: fc.constantFrom(null, 's1'),
    gone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const patched = listOf([]);
      const tasks = new Map<string, Task>();
      for (const { task: number, above, gone, ...content } of steps) {
        const task = aTask({
          ...content,
          id: `t${number}`,
          parentId: number >= above ? `t${number - above}` : null,
          deletedAt: gone ? '2026-11-18T10:00:00.000Z' : null,
        });
        tasks.set(task.id, task);
        patched.put(task);
      }
      const loaded = listOf([...tasks.values()]);
      const show = (model: typeof loaded) => model.rows([group(''), group('s1')], () => false);
      expect(show(patched)).toEqual(show(loaded));
      expect(patched.count('s1')).toBe(loaded.count('s1'));
    }),
  );
});
