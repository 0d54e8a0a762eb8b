import { isSimilar, typosAllowed } from './similar-words.ts';
import { foldWords, scanWords } from './word-forms.ts';

/** One word of a query. Each must be found, as the beginning of a word. */
export interface SearchTerm {
  /** Without accents, and with umlauts spelt out where that differs; any of them will do. */
  readonly forms: readonly string[];
  /** How many slips of the finger it may hold. */
  readonly typos: 0 | 1 | 2;
}

export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
  /** The words as `foldWords` has them in titles. */
  readonly folded: string;
}

const TERMS_MAX = 10;

interface QueryWord {
  readonly form: string;
  readonly start: number;
  readonly end: number;
}

/** Without terms it finds nothing. */
export function parseSearch(text: string): SearchQuery {
  const words: QueryWord[] = [];
  scanWords(text, (form, start, end) => words.push({ form, start, end }));
  // `e-mail` means both of its parts, each of which `email` has as well.
  const isWhole = (word: QueryWord) => words.some((each) => each.start === word.start && each.end < word.end);
  const wholes = words.filter(isWhole);
  const terms: SearchTerm[] = [];
  for (const [start, same] of Map.groupBy(
    words.filter((word) => !isWhole(word)),
    (word) => word.start,
  )) {
    const around = wholes.filter((whole) => whole.start <= start && start < whole.end);
    const forms = [...same, ...around].map((word) => word.form);
    const known = terms.some((term) => term.forms[0] === forms[0]);
    if (!known && terms.length < TERMS_MAX) terms.push({ forms, typos: typosAllowed(forms[0] ?? '') });
  }
  return { terms, folded: foldWords(text) };
}

export const EXACT = 0;
export const PREFIX = 1;
export const TYPO = 2;
/** How a word was found: as it stands, by its beginning, or with a slip of the finger. */
export type MatchQuality = typeof EXACT | typeof PREFIX | typeof TYPO;

/** How a word in its folded form matches a term; undefined when it does not. */
export function matchWord(word: string, term: SearchTerm, withTypos: boolean): MatchQuality | undefined {
  let best: MatchQuality | undefined;
  for (const form of term.forms) {
    if (word === form) return EXACT;
    if (word.startsWith(form)) best = PREFIX;
    else if (withTypos && best === undefined && isSimilar(word, form, term.typos)) best = TYPO;
  }
  return best;
}
