import { expect, test } from 'vitest';
import { type GridIntent, type GridKey, gridIntent } from './row-grid-keys.ts';
import { createRowModel, type RowSpec } from './row-model.ts';

const rows: RowSpec[] = [
  { key: 'A', kind: 'header', level: 1, height: 40, expanded: true },
  { key: 'a1', kind: 'row', level: 2, height: 36, expanded: true },
  { key: 'a1.1', kind: 'row', level: 3, height: 36 },
  { key: 'a2', kind: 'row', level: 2, height: 36, expanded: false },
  { key: 'B', kind: 'header', level: 1, height: 40, expanded: false },
  ...Array.from({ length: 30 }, (_, index): RowSpec => ({ key: `b${index}`, kind: 'row', level: 2, height: 36 })),
];
const model = createRowModel(rows);
const LAST = rows.length - 1;

function press(index: number, key: string, modifiers: Partial<GridKey> = {}, rtl = false): GridIntent | null {
  const event = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...modifiers };
  return gridIntent(event, { model, index, pageHeight: 360, rtl });
}
const focus = (index: number): GridIntent => ({ type: 'focus', index });

test.each([
  ['ArrowDown', 1, 2],
  ['j', 1, 2],
  ['ArrowUp', 1, 0],
  ['k', 1, 0],
  ['Home', 7, 0],
  ['End', 1, LAST],
  ['n', 1, 4],
])('%s on row %i focuses row %i', (key, from, to) => {
  expect(press(from, key)).toEqual(focus(to));
});

test('movement stops at both ends', () => {
  expect(press(0, 'ArrowUp')).toBeNull();
  expect(press(LAST, 'ArrowDown')).toBeNull();
  expect(press(LAST, 'n')).toBeNull();
});

test('Page keys move by about one screen and stop at the ends', () => {
  const down = press(5, 'PageDown');
  expect(down).toEqual(focus(15));
  expect(press(LAST, 'PageDown')).toEqual(focus(LAST));
  expect(press(2, 'PageUp')).toEqual(focus(0));
});

test('Shift+N goes to the header above, from a header to the one before', () => {
  expect(press(8, 'N', { shiftKey: true })).toEqual(focus(4));
  expect(press(4, 'N', { shiftKey: true })).toEqual(focus(0));
});

test('ArrowRight expands, then enters; ArrowLeft collapses, then leaves', () => {
  expect(press(3, 'ArrowRight')).toEqual({ type: 'toggle', index: 3, expanded: true });
  expect(press(1, 'ArrowRight')).toEqual(focus(2));
  expect(press(2, 'ArrowRight')).toBeNull();
  expect(press(1, 'ArrowLeft')).toEqual({ type: 'toggle', index: 1, expanded: false });
  expect(press(2, 'ArrowLeft')).toEqual(focus(1));
  expect(press(3, 'ArrowLeft')).toEqual(focus(0));
});

test('the horizontal arrows swap in right-to-left text', () => {
  expect(press(3, 'ArrowLeft', {}, true)).toEqual({ type: 'toggle', index: 3, expanded: true });
});

test.each([
  ['Enter', {}, 'open'],
  [' ', {}, 'peek'],
  ['F2', {}, 'rename'],
  ['e', { ctrlKey: true }, 'rename'],
  ['.', {}, 'menu'],
  ['F10', { shiftKey: true }, 'menu'],
])('%s with %o acts on the row: %s', (key, modifiers, action) => {
  expect(press(1, key, modifiers)).toEqual({ type: 'action', index: 1, action });
});

test('Enter and Space on a header fold its group', () => {
  expect(press(0, 'Enter')).toEqual({ type: 'toggle', index: 0, expanded: false });
  expect(press(4, ' ')).toEqual({ type: 'toggle', index: 4, expanded: true });
});

test('keys with Alt, Ctrl or Shift that have no meaning here are left to others', () => {
  expect(press(1, 'ArrowDown', { altKey: true })).toBeNull();
  expect(press(1, 'j', { ctrlKey: true })).toBeNull();
  expect(press(1, 'ArrowDown', { shiftKey: true })).toBeNull();
  expect(press(1, 'q')).toBeNull();
});
