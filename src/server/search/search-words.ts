import { scanWords } from '#core/search/word-forms.ts';

/** The words of a text in all their forms, once each: the ones that search on a device knows. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  scanWords(text, (word) => void words.add(word));
  return [...words];
}

/** The one word in the `scope` column of the FTS5 index. PostgreSQL has the scope id itself as a lexeme. */
export function scopeWord(scope: string): string {
  return scope.replaceAll(/[:-]/g, '');
}

/** A private area with a place for each unit of UTF-16, all of which FTS5 takes for letters. */
const PRIVATE = 0xf_0000;

/**
 * A word as FTS5 keeps it whole: its tokenizer knows the letters of an old Unicode only, and takes vowel signs and
 * pictures for spaces. What begins with a word still does.
 */
export function toFtsWord(word: string): string {
  return word.replaceAll(/[^a-z0-9]/g, (unit) => String.fromCodePoint(PRIVATE + unit.charCodeAt(0)));
}

export function fromFtsWord(token: string): string {
  return token.replaceAll(/[^a-z0-9]/gu, (sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) - PRIVATE));
}
