import { expect, test } from 'vitest';
import { createWorld } from '#core/testing/world.ts';
import { testId } from '#core/testing/memory-store.ts';
import { addFavourite } from '#core/users/user-mutators.ts';
import { FILTERS_MAX } from './saved-filter.ts';
import { createFilter, deleteFilter, updateFilter } from './saved-filter-mutators.ts';

const id = testId(0x700);

test('a filter is made, changed and deleted by its owner, with its place among the favourites', () => {
  const { store, ana } = createWorld();
  store.run(ana, createFilter, { id, name: '  Now ', query: 'p1 & today', rank: 'a0' });
  expect(store.get('filter', id)).toMatchObject({
    name: 'Now',
    query: 'p1 & today',
    color: 'slate',
    userId: ana.userId,
  });
  store.run(ana, addFavourite, { id: testId(0x750), targetKind: 'filter', targetId: id, rank: 'a0' });
  store.run(ana, updateFilter, { id, query: 'p2', color: 'teal' });
  expect(store.get('filter', id)).toMatchObject({ name: 'Now', query: 'p2', color: 'teal', rank: 'a0' });
  store.run(ana, deleteFilter, { id });
  expect(store.get('filter', id)).toBeUndefined();
  expect(store.list('userFavourites', ana.userId)).toEqual([]);
});

test('the filters of others do not exist', () => {
  const { store, ana, ben } = createWorld();
  store.run(ana, createFilter, { id, name: 'Now', query: 'p1', rank: 'a0' });
  const missing = { code: 'not_found' };
  expect(() => store.run(ben, updateFilter, { id, name: 'Mine' })).toThrow(expect.objectContaining(missing));
  expect(() => store.run(ben, deleteFilter, { id })).toThrow(expect.objectContaining(missing));
  const favourite = { id: testId(0x750), targetKind: 'filter', targetId: id, rank: 'a0' } as const;
  expect(() => store.run(ben, addFavourite, favourite)).toThrow(expect.objectContaining(missing));
  expect(() => store.run(ben, createFilter, { id, name: 'Now', query: 'p1', rank: 'a0' })).toThrow(
    expect.objectContaining({ code: 'conflict' }),
  );
});

test('there is a limit to their number', () => {
  const { store, ana } = createWorld();
  const make = (n: number) =>
    store.preview(ana, createFilter, { id: testId(0x8000 + n), name: 'Now', query: 'p1', rank: 'a0' });
  for (let n = 0; n < FILTERS_MAX; n++)
    store.run(ana, createFilter, { id: testId(0x700 + n), name: 'Now', query: 'p1', rank: 'a0' });
  expect(() => make(0)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
});
