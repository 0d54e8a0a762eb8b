import { expect, test } from 'vitest';
import { offsetsAfter } from './use-kept-caret.ts';

test.each([
  ['words before it come', 'one two', 'zero one two', 3, 8],
  ['words before it go', 'zero one two', 'one two', 8, 3],
  ['words after it come', 'one two', 'one two three', 3, 3],
  ['words come on both sides', 'a\nb|\nc', 'x\na\nb|\nc\ny', 4, 6],
  ['its own word changes', 'one two three', 'one 2 three', 6, 5],
  ['nothing is left', 'one', '', 2, 0],
  ['words come where it is', 'one ', 'one two', 4, 4],
])('the caret stays where it was when %s', (_what, before, after, offset, expected) => {
  expect(offsetsAfter(before, after, [offset])).toEqual([expected]);
});
