import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scopeWord, searchWords } from './search-words.ts';

test.each([
  ['Buy MILK, bread & 2 eggs!', ['buy', 'milk', 'bread', '2', 'eggs']],
  ['Café naïve Ångström', ['cafe', 'naive', 'angstrom']],
  ['e\u0301te\u0301 été', ['ete', 'ete']],
  ['ﬁnal ① Ⅳ', ['final', '1', 'iv']],
  ['東京タワーへ行く', ['東', '京', 'タ', 'ワ', 'へ', '行', 'く']],
  ['v2東京', ['v2', '東', '京']],
  ['Привет, мир', ['привет', 'мир']],
  ['🎉 *** -- ⺀', []],
])('%j is cut into %j', (text, words) => {
  expect(searchWords(text).filter((word) => word !== 'ー')).toEqual(words);
});

test('words are letters and digits only, so that none can act as syntax of a query', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const word of searchWords(text)) {
        expect(word).toMatch(/^[\p{L}\p{N}]{1,64}$/u);
        expect(searchWords(word)).toEqual([word]);
      }
    }),
  );
});

test('the word of a scope is one word', () => {
  expect(scopeWord('p:019ab000-0000-7000-8000-0000000000aa')).toBe('p019ab0000000700080000000000000aa');
});
