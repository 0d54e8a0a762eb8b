import { expect, test } from 'vitest';
import { cleanTitle, pastedTitles } from './pasted-titles.ts';

test('a pasted list becomes one title per line, without its markers', () => {
  const text = '- Milk\n* Bread\r\n\n1. Eggs\n[ ] Flour\n- [x] Salt\n  2) Yeast\n3 apples';
  expect(pastedTitles(text)).toEqual(['Milk', 'Bread', 'Eggs', 'Flour', 'Salt', 'Yeast', '3 apples']);
});

test('a title is one line of text without control characters', () => {
  expect(cleanTitle('  a\tb\u0000c ')).toBe('a b c');
  expect(cleanTitle('x'.repeat(600))).toHaveLength(500);
});
