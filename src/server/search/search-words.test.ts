import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFtsWord, scopeWord, toFtsWord, wordsOf } from './search-words.ts';

test('a text has each word once, in all its forms', () => {
  expect(wordsOf('Müller, MÜLLER and the e-mail')).toEqual(['muller', 'mueller', 'and', 'the', 'e', 'mail', 'email']);
});

test('words hold nothing that could act as syntax of a query', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const word of wordsOf(text)) {
        expect(word).toMatch(/^[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+$/u);
        expect(fromFtsWord(toFtsWord(word))).toBe(word);
      }
    }),
  );
});

test('FTS5 keeps every word whole and as it is', () => {
  using database = new DatabaseSync(':memory:');
  database.exec(`
    create virtual table t using fts5(words, tokenize="unicode61 remove_diacritics 0");
    create virtual table v using fts5vocab(t, row)`);
  const insert = database.prepare('insert into t (words) values (?)');
  const kept = database.prepare('select term from v');
  fc.assert(
    fc.property(
      fc.string({ unit: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('हि', '🎉', '𞤀')) }),
      (text) => {
        const words = wordsOf(text);
        database.exec('delete from t');
        insert.run(words.map(toFtsWord).join(' '));
        const terms = kept.all().map(({ term }) => fromFtsWord(term as string));
        expect(terms.toSorted()).toEqual(words.toSorted());
      },
    ),
  );
});

test('the word of a scope is one word', () => {
  expect(scopeWord('p:019ab000-0000-7000-8000-0000000000aa')).toBe('p019ab0000000700080000000000000aa');
});
