import { expect, test } from 'vitest';
import { undo } from '#core/undo/undo-mutator.ts';
import { addTask, createWorld, type World } from '#core/testing/world.ts';
import { describeTask } from './description-mutators.ts';
import { updateTask } from './task-mutators.ts';
import { DESCRIPTION_MAX } from './task.ts';

const at = (minute: number): string => `2026-11-18T12:${String(minute).padStart(2, '0')}:00.000Z`;

/** A task of the shared project with a description that both are about to edit. */
function aDescribed(base: string): { world: World; id: string } {
  const world = createWorld();
  const id = addTask(world, 1, { projectId: world.work });
  world.store.run(world.ana, describeTask, { id, base: '', description: base });
  return { world, id };
}

test('edits of different lines are both kept, without a word about it', () => {
  const { world, id } = aDescribed('one\ntwo');
  world.store.run(world.ana, describeTask, { id, base: 'one\ntwo', description: 'ONE\ntwo' });
  world.store.run(world.ben, describeTask, { id, base: 'one\ntwo', description: 'one\ntwo\nthree' });
  expect(world.store.get('task', id)).toMatchObject({ description: 'ONE\ntwo\nthree', descriptionConflict: null });
});

test('where both changed the same words the later one wins, and the other version is kept', () => {
  const { world, id } = aDescribed('buy milk');
  world.store.run(world.ana, describeTask, { id, base: 'buy milk', description: 'buy bread' });
  world.store.run(world.ben, describeTask, { id, base: 'buy milk', description: 'buy beer' }, at(5));
  expect(world.store.get('task', id)).toMatchObject({
    description: 'buy beer',
    descriptionConflict: { text: 'buy bread', by: world.ben.userId, at: at(5) },
  });
});

test('typing that goes on keeps the version that was overwritten first', () => {
  const { world, id } = aDescribed('milk\n\nlater');
  world.store.run(world.ana, describeTask, { id, base: 'milk\n\nlater', description: 'bread\n\nsoon' });
  world.store.run(world.ben, describeTask, { id, base: 'milk\n\nlater', description: 'beer\n\nlater' }, at(5));
  world.store.run(world.ben, describeTask, { id, base: 'beer\n\nlater', description: 'beer\n\nnever' }, at(6));
  expect(world.store.get('task', id)).toMatchObject({
    description: 'beer\n\nnever',
    descriptionConflict: { text: 'bread\n\nsoon', at: at(5) },
  });
});

test('somebody else who overwrites replaces the kept version by the one that they overwrote', () => {
  const { world, id } = aDescribed('a');
  world.store.run(world.ana, describeTask, { id, base: 'a', description: 'b' });
  world.store.run(world.ben, describeTask, { id, base: 'a', description: 'c' }, at(5));
  world.store.run(world.ana, describeTask, { id, base: 'b', description: 'd' }, at(6));
  expect(world.store.get('task', id)).toMatchObject({
    description: 'd',
    descriptionConflict: { text: 'c', by: world.ana.userId, at: at(6) },
  });
});

test('deciding takes the kept version away, but only the one that was looked at', () => {
  const { world, id } = aDescribed('a');
  world.store.run(world.ana, describeTask, { id, base: 'a', description: 'b' });
  world.store.run(world.ben, describeTask, { id, base: 'a', description: 'c' }, at(5));
  world.store.run(world.ana, describeTask, { id, base: 'c', description: 'c', resolves: at(4) });
  expect(world.store.get('task', id)?.descriptionConflict?.text).toBe('b');
  world.store.run(world.ana, describeTask, { id, base: 'c', description: 'b', resolves: at(5) });
  expect(world.store.get('task', id)).toMatchObject({ description: 'b', descriptionConflict: null });
});

test('undo brings back the version that was overwritten', () => {
  const { world, id } = aDescribed('a');
  world.store.run(world.ana, describeTask, { id, base: 'a', description: 'b' });
  const uid = world.store.run(world.ben, describeTask, { id, base: 'a', description: 'c' }, at(5));
  world.store.run(world.ben, undo, { uid });
  expect(world.store.get('task', id)).toMatchObject({ description: 'b', descriptionConflict: null });
});

test('two texts that are too long together are not put together', () => {
  const { world, id } = aDescribed('');
  const [long, longer] = ['a'.repeat(DESCRIPTION_MAX), 'b'.repeat(DESCRIPTION_MAX)];
  world.store.run(world.ana, describeTask, { id, base: '', description: long });
  world.store.run(world.ben, describeTask, { id, base: '', description: longer });
  expect(world.store.get('task', id)).toMatchObject({ description: longer, descriptionConflict: { text: long } });
});

test('a whole text regardless of what is there is still written by task.update', () => {
  const { world, id } = aDescribed('a');
  expect(updateTask.key).toBe('task.update@1');
  world.store.run(world.ben, updateTask, { id, description: 'mine' });
  expect(world.store.get('task', id)).toMatchObject({ description: 'mine', descriptionConflict: null });
});

test('saving what is there already changes nothing', () => {
  const { world, id } = aDescribed('a');
  expect(world.store.preview(world.ben, describeTask, { id, base: 'a', description: 'a' })).toEqual([]);
});
