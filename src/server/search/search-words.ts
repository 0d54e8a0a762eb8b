/** Longer words are cut: PostgreSQL stores none above 2 KiB, and nobody types them. */
const WORD_MAX = 64;

/** Of scripts that are written without spaces, each character is a word of its own. */
const WORD =
  /[[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}]&&[\p{L}\p{N}]]|[[\p{L}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}]]+/gv;

/**
 * The words of a text as the search index knows them: without case, accents and punctuation. Index and queries
 * both cut here, on either engine, so what was found once is found always.
 */
export function searchWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(WORD) ?? []).map((word) => word.slice(0, WORD_MAX));
}

/** The one word in the `scope` column of the FTS5 index. PostgreSQL has the scope id itself as a lexeme. */
export function scopeWord(scope: string): string {
  return scope.replaceAll(/[:-]/g, '');
}
