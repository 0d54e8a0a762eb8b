import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldWords, foldWord, scanWords, WORD_MAX } from './word-forms.ts';

function words(text: string): string[] {
  const found: string[] = [];
  scanWords(text, (form) => found.push(form));
  return found;
}

test.each([
  ['Buy MILK, bread & 2 eggs!', ['buy', 'milk', 'bread', '2', 'eggs']],
  ['Café naïve', ['cafe', 'naive']],
  ['e\u0301te\u0301 été', ['ete', 'ete']],
  ['Straße STRASSE STRAẞE', ['strasse', 'strasse', 'strasse']],
  ['München Øre', ['munchen', 'muenchen', 'ore', 'oere']],
  ['Mu\u0308nchen', ['munchen', 'muenchen']],
  ['Łódź Ærø ſo', ['lodz', 'aero', 'aeroe', 'so']],
  ['e-mail', ['e', 'mail', 'email']],
  ["don’t l'été", ['don', 't', 'dont', 'l', 'ete', 'lete']],
  ['well -- done-', ['well', 'done']],
  ['東京タワー', ['東', '京', 'タ', 'ワ', 'ー']],
  ['v2東京', ['v2', '東', '京']],
  ['Привет ΟΔΟΣ', ['привет', 'οδοσ']],
  ['हिन्दी', ['हिन्दी']],
  ['Party 🎉 👩‍💻', ['party', '🎉', '👩', '💻']],
  ['ﬁnal ① Ⅳ', ['final', '1', 'iv']],
  ['*** -- ', []],
])('%j is cut into %j', (text, expected) => {
  expect(words(text)).toEqual(expected.map((word) => foldWord(word)));
});

test('a word is cut between two letters, not within one', () => {
  expect(words(`a${'𐌰'.repeat(40)}`)).toEqual([`a${'𐌰'.repeat(31)}`]);
});

test('titles are compared by their parts in order', () => {
  expect(foldWords('  Écrire l’E-Mail, vite!')).toBe('ecrire l e mail vite');
  expect(foldWords('Übung')).toBe('ubung');
});

test('a folded word is a word that folds to itself, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      scanWords(text, (word, start, end) => {
        expect(word.length).toBeGreaterThan(0);
        expect(word.length).toBeLessThanOrEqual(WORD_MAX);
        expect(foldWord(word)).toBe(word);
        expect(word.isWellFormed()).toBe(true);
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(text.length);
      });
    }),
  );
});
