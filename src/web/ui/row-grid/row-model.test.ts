import { expect, test } from 'vitest';
import { createRowModel, type RowSpec, survivorOf } from './row-model.ts';

const header = (key: string): RowSpec => ({ key, kind: 'header', level: 1, height: 40, expanded: true });
const row = (key: string, level = 2): RowSpec => ({ key, kind: 'row', level, height: 36 });

const rows = [header('A'), row('a1'), row('a2'), row('a2.1', 3), header('B'), row('b1')];
const model = createRowModel(rows);

test('the parent is the nearest row above of a lower level', () => {
  expect(model.parentOf(3)).toBe(2);
  expect(model.parentOf(2)).toBe(0);
  expect(model.parentOf(0)).toBe(-1);
});

test('headers are found from any row, in both directions', () => {
  expect(model.headerOf(3)).toBe(0);
  expect(model.headerOf(4)).toBe(4);
  expect(model.headerFrom(1, 1)).toBe(4);
  expect(model.headerFrom(4, -1)).toBe(0);
  expect(model.headerFrom(5, -1)).toBe(4);
  expect(model.headerFrom(4, 1)).toBe(-1);
});

test('a group ends where the next header begins, the last one with the list', () => {
  expect(model.groupBottom(0)).toBe(40 + 3 * 36);
  expect(model.groupBottom(4)).toBe(model.layout.total);
});

test('when a row goes, the next row of its group takes over', () => {
  expect(survivorOf('a1', model, createRowModel(rows.filter((r) => r.key !== 'a1')))).toBe('a2');
});

test('when the last row of a group goes, the row before it takes over', () => {
  expect(survivorOf('a2.1', model, createRowModel(rows.filter((r) => r.key !== 'a2.1')))).toBe('a2');
});

test('when the only row of a group goes, the next group takes over', () => {
  const before = createRowModel([header('A'), row('a1'), header('B'), row('b1')]);
  expect(survivorOf('a1', before, createRowModel([header('A'), header('B'), row('b1')]))).toBe('b1');
});

test('several rows that go together are skipped', () => {
  const after = createRowModel(rows.filter((r) => !['a1', 'a2'].includes(r.key)));
  expect(survivorOf('a1', model, after)).toBe('a2.1');
});

test('nothing takes over in an emptied list', () => {
  expect(survivorOf('a1', model, createRowModel([]))).toBeNull();
});
