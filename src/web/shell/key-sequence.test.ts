import { expect, test } from 'vitest';
import { createKeySequence, isSingleKey, SEQUENCE_TIMEOUT } from './key-sequence.ts';
import { shellBindings } from './shell-shortcuts.ts';

const press = (key: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key, code: /^[0-9]$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`, ...init });

function type(keys: readonly KeyboardEvent[], { singles = true, step = 100 } = {}) {
  const sequence = createKeySequence(shellBindings, () => singles);
  return keys.map((event, index) => {
    const outcome = sequence.press(event, index * step);
    return outcome.type === 'command' ? outcome.command : outcome.type;
  });
}

test('one key or two run a command', () => {
  expect(type([press('q')])).toEqual(['add-task']);
  expect(type([press('g'), press('i')])).toEqual(['pending', 'go-inbox']);
  expect(type([press('g'), press('3')])).toEqual(['pending', 'go-favourite-3']);
  expect(type([press('?', { shiftKey: true })])).toEqual(['help']);
  expect(type([press('z', { ctrlKey: true })])).toEqual(['undo']);
  expect(type([press('Z', { ctrlKey: true, shiftKey: true })])).toEqual(['redo']);
});

test('the key after the first of a sequence acts for nobody else', () => {
  expect(type([press('g'), press('e'), press('q')])).toEqual(['pending', 'swallowed', 'add-task']);
  expect(type([press('g'), press('Escape')])).toEqual(['pending', 'ignored']);
});

test('a sequence is forgotten when it takes too long', () => {
  expect(type([press('g'), press('i')], { step: SEQUENCE_TIMEOUT + 1 })).toEqual(['pending', 'ignored']);
});

test('without single keys only those with a modifier work', () => {
  expect(type([press('q'), press('g'), press('i'), press('z', { ctrlKey: true })], { singles: false })).toEqual([
    'ignored',
    'ignored',
    'ignored',
    'undo',
  ]);
});

test('modifiers and other keys pass', () => {
  expect(type([press('Shift', { shiftKey: true }), press('a'), press('q', { ctrlKey: true })])).toEqual([
    'ignored',
    'ignored',
    'ignored',
  ]);
});

test('no two commands share their keys, and none begins another', () => {
  const keys = shellBindings.map((binding) => binding.keys);
  for (const a of keys) for (const b of keys) if (a !== b) expect(`${b} `.startsWith(`${a} `)).toBe(false);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys that need no modifier are known as such', () => {
  expect([isSingleKey('g i'), isSingleKey('?'), isSingleKey('Mod+z')]).toEqual([true, true, false]);
});
