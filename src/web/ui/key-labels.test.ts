import { expect, test } from 'vitest';
import { keyLabels } from './key-labels.ts';

test('modifiers read as on the keyboard at hand', () => {
  expect(keyLabels('Mod+Shift+k', true)).toEqual([['⌘', '⇧', 'K']]);
  expect(keyLabels('Mod+Shift+k', false)).toEqual([['Ctrl', 'Shift', 'K']]);
});

test('a sequence has one list per step', () => {
  expect(keyLabels('g i', false)).toEqual([['G'], ['I']]);
});

test('signs stand for themselves, the plus too', () => {
  expect(keyLabels('+', false)).toEqual([['+']]);
  expect(keyLabels('?', false)).toEqual([['?']]);
  expect(keyLabels('ArrowDown', false)).toEqual([['↓']]);
});
