import { expect, test } from 'vitest';
import { testId } from '#core/testing/memory-store.ts';
import { addTask, createWorld } from '#core/testing/world.ts';
import { addFavourite } from '#core/users/user-mutators.ts';
import { createLabel, deleteLabel, updateLabel } from './label-mutators.ts';

const label = testId(0x600);

test('renaming carries the given tasks along, in place and without doubles', () => {
  const world = createWorld();
  const { store, ana } = world;
  store.run(ana, createLabel, { id: label, name: 'calls', rank: 'a0' });
  const one = addTask(world, 1, { labels: ['errand', 'calls', 'late'] });
  const both = addTask(world, 2, { labels: ['calls', 'Phone'] });
  store.run(ana, updateLabel, { id: label, name: 'phone', taskIds: [one, both] });
  expect(store.get('task', one)?.labels).toEqual(['errand', 'phone', 'late']);
  expect(store.get('task', both)?.labels).toEqual(['phone']);
});

test('a change of case renames too', () => {
  const world = createWorld();
  const { store, ana } = world;
  store.run(ana, createLabel, { id: label, name: 'calls', rank: 'a0' });
  const one = addTask(world, 1, { labels: ['calls'] });
  store.run(ana, updateLabel, { id: label, name: 'Calls', taskIds: [one] });
  expect(store.get('task', one)?.labels).toEqual(['Calls']);
});

test('a name is taken once per person, whatever its case', () => {
  const { store, ana, ben } = createWorld();
  store.run(ana, createLabel, { id: label, name: 'calls', rank: 'a0' });
  expect(() => store.run(ana, createLabel, { id: testId(0x601), name: 'CALLS', rank: 'a0' })).toThrow('already have');
  store.run(ben, createLabel, { id: testId(0x602), name: 'calls', rank: 'a0' });
});

test('labels of others do not exist, and tasks that one may not write stay as they are', () => {
  const world = createWorld();
  const { store, ana, ben } = world;
  store.run(ana, createLabel, { id: label, name: 'calls', rank: 'a0' });
  store.run(ben, createLabel, { id: testId(0x601), name: 'calls', rank: 'a0' });
  const foreign = addTask(world, 1, { labels: ['calls'] });
  expect(() => store.run(ben, deleteLabel, { id: label })).toThrow('label does not exist');
  expect(() => store.run(ben, updateLabel, { id: testId(0x601), name: 'x', taskIds: [foreign] })).toThrow(
    'task does not exist',
  );
});

test('a deleted label leaves its tasks and the favourites', () => {
  const world = createWorld();
  const { store, ana } = world;
  store.run(ana, createLabel, { id: label, name: 'calls', rank: 'a0' });
  store.run(ana, addFavourite, { id: testId(0x650), targetKind: 'label', targetId: label, rank: 'a0' });
  const one = addTask(world, 1, { labels: ['calls', 'late'] });
  store.run(ana, deleteLabel, { id: label, taskIds: [one] });
  expect(store.get('task', one)?.labels).toEqual(['late']);
  expect(store.get('favourite', testId(0x650))).toBeUndefined();
});
