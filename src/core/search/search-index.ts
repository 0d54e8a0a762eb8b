import { hasSameText, SEARCH_KINDS, type SearchEntry, type SearchKind } from './search-entry.ts';
import { EXACT, type MatchQuality, PREFIX, type SearchQuery, type SearchTerm, TYPO } from './search-query.ts';
import { BODY, gradeOf, isTypo, LABEL, placeCode, rankOf, type SearchField, TITLE } from './search-rank.ts';
import { Ranking, type SearchAnswer } from './ranking.ts';
import { type Postings, Vocabulary } from './vocabulary.ts';
import { foldWords, scanWords } from './word-forms.ts';

export interface SearchOptions {
  /** How many of each kind are told. */
  readonly limit: number;
  /** Asked once per entry for as long as it is the same function. */
  readonly standing?: StandingOf;
}

/** What an entry counts as: its own row does not know that its project is archived or in the trash. */
export type StandingOf = (entry: SearchEntry) => Standing;
export type Standing = 'open' | 'done' | 'hidden';

const OWN_STANDING: StandingOf = (entry) => (entry.done ? 'done' : 'open');
/** 0 is not known yet. */
const STANDINGS: readonly (Standing | undefined)[] = [undefined, 'open', 'done', 'hidden'];

interface Document {
  readonly entry: SearchEntry;
  readonly title: string;
}

/** With fewer results than this, slips of the finger are allowed for. */
export const FEW = 3;
/** Space of removed entries is taken back when there are this many, and a quarter of all. */
const DEAD_MIN = 256;
const UNSEEN = 255;

/**
 * An inverted index over what search knows of rows: for each word the documents that hold it. A document is a number;
 * one that changes gets a new number, and the postings of the old one stay behind, ignored, until enough have gathered.
 */
export class SearchIndex {
  readonly #vocabulary = new Vocabulary();
  readonly #numbers = new Map<SearchKind, Map<string, number>>(SEARCH_KINDS.map((kind) => [kind, new Map()]));
  #documents: (Document | undefined)[] = [];
  #dead = 0;
  /** Per document, while a search runs: how many terms it has, and in the worst and best of its places. */
  #matched = new Uint8Array(0);
  #worst = new Uint8Array(0);
  #best = new Uint8Array(0);
  #sums = new Uint8Array(0);
  #standings = new Uint8Array(0);
  #standingOf = OWN_STANDING;

  get size(): number {
    return this.#documents.length - this.#dead;
  }

  /** What it holds in all, for tests and measurements of memory. */
  get extent(): { readonly documents: number; readonly words: number; readonly postings: number } {
    const { size: words, postingCount: postings } = this.#vocabulary;
    return { documents: this.#documents.length, words, postings };
  }

  put(entry: SearchEntry): void {
    const numbers = this.#numbersOf(entry.kind);
    const known = numbers.get(entry.id);
    const old = known === undefined ? undefined : this.#documents[known];
    if (known !== undefined && old && hasSameText(old.entry, entry)) {
      this.#documents[known] = { entry, title: old.title };
      this.#standings[known] = 0;
      return;
    }
    if (known !== undefined) this.#bury(known);
    const number = this.#documents.length;
    this.#documents.push({ entry, title: foldWords(entry.title) });
    numbers.set(entry.id, number);
    this.#addWords(entry.title, number, TITLE);
    for (const label of entry.labels) this.#addWords(label, number, LABEL);
    this.#addWords(entry.body, number, BODY);
    this.#compactIfWorthIt();
  }

  remove(kind: SearchKind, id: string): void {
    const number = this.#numbersOf(kind).get(id);
    if (number === undefined) return;
    this.#numbersOf(kind).delete(id);
    this.#bury(number);
    this.#compactIfWorthIt();
  }

  /** Prepares for searching after many changes. */
  settle(): void {
    this.#vocabulary.settle();
  }

  search(query: SearchQuery, options: SearchOptions): SearchAnswer {
    if (query.terms.length === 0) return new Ranking(options.limit).answer();
    const exact = this.#rank(query, options, false);
    if (exact.total >= FEW || query.terms.every((term) => term.typos === 0)) return exact;
    return this.#rank(query, options, true);
  }

  #rank(query: SearchQuery, { limit, standing = OWN_STANDING }: SearchOptions, withTypos: boolean): SearchAnswer {
    const found = this.#match(query.terms, withTypos);
    if (standing !== this.#standingOf) this.#standings.fill(0);
    this.#standingOf = standing;
    const ranking = new Ranking(limit);
    // Backwards: rows come in the order in which they were made, and what is newer pushes out what is older.
    for (let i = found.length - 1; i >= 0; i--) {
      const number = found[i] as number;
      const document = this.#documents[number];
      if (!document) continue;
      const { entry, title } = document;
      const stands = STANDINGS[this.#standings[number] ?? 0] ?? this.#ask(number, entry);
      if (stands === 'hidden') continue;
      const worst = this.#worst[number] ?? 0;
      const rank = rankOf(gradeOf(worst, title, query.folded), stands === 'done', this.#sums[number] ?? 0);
      ranking.add(entry, rank, worst, this.#matched[number] === TYPO_SEEN);
    }
    return ranking.answer();
  }

  #ask(number: number, entry: SearchEntry): Standing {
    const standing = this.#standingOf(entry);
    this.#standings[number] = STANDINGS.indexOf(standing);
    return standing;
  }

  /** The documents that have every term, and in `#worst` and `#sums` how well. */
  #match(terms: readonly SearchTerm[], withTypos: boolean): readonly number[] {
    this.#prepare();
    const matched = this.#matched;
    const best = this.#best;
    let found: number[] = [];
    const typos = new Set<number>();
    for (const [n, term] of terms.entries()) {
      const touched: number[] = [];
      best.fill(UNSEEN);
      this.#eachPosting(term, withTypos, (postings, quality) => {
        for (const posting of postings) {
          const number = posting >> FIELD_BITS;
          if (matched[number] !== n) continue;
          const code = placeCode((posting & FIELD_MASK) as SearchField, quality);
          const known = best[number] as number;
          if (known === UNSEEN) touched.push(number);
          else if (quality === TYPO && !isTypo(known)) continue;
          if (code < known) best[number] = code;
        }
      });
      for (const number of touched) {
        const code = best[number] as number;
        matched[number] = n + 1;
        this.#worst[number] = Math.max(this.#worst[number] as number, code);
        this.#sums[number] = (this.#sums[number] as number) + code;
        if (isTypo(code)) typos.add(number);
      }
      found = touched;
    }
    for (const number of typos) if (matched[number] === terms.length) matched[number] = TYPO_SEEN;
    return found;
  }

  #eachPosting(term: SearchTerm, withTypos: boolean, visit: (postings: Postings, quality: MatchQuality) => void): void {
    for (const form of term.forms) {
      this.#vocabulary.withPrefix(form, (word, postings) => visit(postings, word === form ? EXACT : PREFIX));
    }
    if (!withTypos) return;
    // Last: what has the word as it was typed is not shown for one that only looks like it.
    for (const form of term.forms) {
      this.#vocabulary.similarTo(form, term.typos, (_, postings) => visit(postings, TYPO));
    }
  }

  #prepare(): void {
    const size = this.#documents.length;
    if (this.#matched.length < size) {
      const room = Math.ceil(size * 1.25);
      this.#matched = new Uint8Array(room);
      this.#worst = new Uint8Array(room);
      this.#best = new Uint8Array(room);
      this.#sums = new Uint8Array(room);
      this.#standings = new Uint8Array(room);
      return;
    }
    this.#matched.fill(0);
    this.#worst.fill(0);
    this.#sums.fill(0);
  }

  #addWords(text: string, number: number, field: SearchField): void {
    if (text === '') return;
    const posting = (number << FIELD_BITS) | field;
    scanWords(text, (word) => {
      const postings = this.#vocabulary.postingsOf(word);
      // Fields come best first, so what a document has in one already is worth more than here.
      const last = postings.at(-1);
      if (last === undefined || last >> FIELD_BITS !== number) postings.push(posting);
    });
  }

  #numbersOf(kind: SearchKind): Map<string, number> {
    return this.#numbers.get(kind) as Map<string, number>;
  }

  #bury(number: number): void {
    this.#documents[number] = undefined;
    this.#dead++;
  }

  #compactIfWorthIt(): void {
    if (this.#dead < DEAD_MIN || this.#dead * 4 < this.#documents.length) return;
    const renumbered = new Int32Array(this.#documents.length).fill(-1);
    const documents: Document[] = [];
    for (const [number, document] of this.#documents.entries()) {
      if (!document) continue;
      renumbered[number] = documents.length;
      this.#numbersOf(document.entry.kind).set(document.entry.id, documents.length);
      documents.push(document);
    }
    this.#vocabulary.compact((postings) => {
      const kept: Postings = [];
      for (const posting of postings) {
        const number = renumbered[posting >> FIELD_BITS] as number;
        if (number !== -1) kept.push((number << FIELD_BITS) | (posting & FIELD_MASK));
      }
      return kept;
    });
    this.#documents = documents;
    this.#standings.fill(0);
    this.#dead = 0;
  }
}

const FIELD_BITS = 2;
const FIELD_MASK = 3;
/** Above any number of terms. */
const TYPO_SEEN = 255;
