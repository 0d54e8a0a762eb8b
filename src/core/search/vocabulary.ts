import { beginsAlike, EditTable } from './similar-words.ts';

/** Numbers that say where a word stands, in rising order. */
export type Postings = number[];

/** New words wait until there are enough of them, relative to those in order, for one merge. */
const MERGE_SHARE = 4;

/** The words of an index in alphabetical order, each with its postings. */
export class Vocabulary {
  #postings = new Map<string, Postings>();
  #sorted: string[] = [];
  #fresh: string[] = [];

  get size(): number {
    return this.#postings.size;
  }

  get postingCount(): number {
    let count = 0;
    for (const postings of this.#postings.values()) count += postings.length;
    return count;
  }

  postingsOf(word: string): Postings {
    let postings = this.#postings.get(word);
    if (!postings) {
      this.#postings.set(word, (postings = []));
      this.#fresh.push(word);
    }
    return postings;
  }

  /** Puts new words in their places, if they are many. Called between searches, so that none waits for a large merge. */
  settle(): void {
    if (this.#fresh.length * MERGE_SHARE > this.#sorted.length) this.#merge();
  }

  /** Visits the words that begin with `prefix`. */
  withPrefix(prefix: string, visit: (word: string, postings: Postings) => void): void {
    this.#merge();
    const words = this.#sorted;
    for (let i = lowerBound(words, prefix, 0); i < words.length; i++) {
      const word = words[i] as string;
      if (!word.startsWith(prefix)) break;
      visit(word, this.#postings.get(word) as Postings);
    }
  }

  /** Visits the words that are similar to `term`, as `isSimilar` says. */
  similarTo(term: string, max: number, visit: (word: string, postings: Postings) => void): void {
    if (max === 0) return;
    this.#merge();
    const [first = '', second = ''] = term;
    for (const start of first === second ? [first] : new Set([first, second + first]))
      this.#walk(start, term, max, visit);
  }

  /** Leaves of each list of postings what `keep` makes of it, and forgets words without any. */
  compact(keep: (postings: Postings) => Postings): void {
    const postings = new Map<string, Postings>();
    for (const [word, old] of this.#postings) {
      const kept = keep(old);
      if (kept.length > 0) postings.set(word, kept);
    }
    this.#postings = postings;
    this.#sorted = this.#sorted.filter((word) => postings.has(word));
    this.#fresh = this.#fresh.filter((word) => postings.has(word));
  }

  #walk(start: string, term: string, max: number, visit: (word: string, postings: Postings) => void): void {
    const words = this.#sorted;
    const table = new EditTable(term, max);
    for (let i = lowerBound(words, start, 0); i < words.length; ) {
      const word = words[i] as string;
      if (!word.startsWith(start)) break;
      if (table.compare(word)) {
        if (beginsAlike(word, term)) visit(word, this.#postings.get(word) as Postings);
        i++;
      } else if (table.hopelessAfter === 0) i++;
      else i = lowerBound(words, `${word.slice(0, table.hopelessAfter)}\uffff`, i + 1);
    }
  }

  #merge(): void {
    if (this.#fresh.length === 0) return;
    const fresh = this.#fresh.sort();
    const old = this.#sorted;
    this.#fresh = [];
    if (old.length === 0) {
      this.#sorted = fresh;
      return;
    }
    const merged: string[] = [];
    let next = 0;
    for (const word of old) {
      while (next < fresh.length && (fresh[next] as string) < word) merged.push(fresh[next++] as string);
      merged.push(word);
    }
    while (next < fresh.length) merged.push(fresh[next++] as string);
    this.#sorted = merged;
  }
}

/** The first place from `from` on whose word is not before `wanted`. */
function lowerBound(words: readonly string[], wanted: string, from: number): number {
  let low = from;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] as string) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
