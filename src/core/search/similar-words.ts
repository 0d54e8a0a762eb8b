/** Words of one letter from another mean something else; numbers always do. */
export function typosAllowed(word: string): 0 | 1 | 2 {
  if (/\p{N}/u.test(word)) return 0;
  if (word.length >= 8) return 2;
  return word.length >= 4 ? 1 : 0;
}

/**
 * The table of Damerau's edit distance (optimal string alignment) between a term and the word it is compared with, one
 * row per letter of the word. Rows stay while the next word begins with the same letters, so that walking through sorted
 * words costs little more than the letters that differ.
 */
export class EditTable {
  readonly #term: string;
  readonly #max: number;
  readonly #width: number;
  readonly #cells: Uint8Array;
  /** The letters whose rows are still right. */
  #word = '';
  #hopeless = 0;

  constructor(term: string, max: number) {
    this.#term = term;
    this.#max = max;
    this.#width = term.length + 1;
    this.#cells = new Uint8Array(this.#width * (term.length + max + 1));
    for (let i = 0; i < this.#width; i++) this.#cells[i] = i;
  }

  /**
   * The number of letters of the word last compared after which no word can be within the distance; 0 when the letters
   * that were looked at leave it open.
   */
  get hopelessAfter(): number {
    return this.#hopeless;
  }

  /** Whether the word, or a beginning of it that ends as the term does, is within the allowed distance. */
  compare(word: string): boolean {
    const depth = Math.min(word.length, this.#term.length + this.#max);
    const kept = this.#word;
    let same = 0;
    while (same < depth && same < kept.length && word[same] === kept[same]) same++;
    let found = false;
    this.#hopeless = 0;
    for (let row = 1; row <= depth; row++) {
      if (row > same && this.#fill(word, row) > this.#max) {
        this.#hopeless = row;
        break;
      }
      found ||= this.#ends(word, row);
    }
    this.#word = word.slice(0, this.#hopeless === 0 ? depth : this.#hopeless - 1);
    return found;
  }

  #ends(word: string, row: number): boolean {
    const term = this.#term;
    if ((this.#cells[row * this.#width + term.length] ?? 0) > this.#max) return false;
    if (row === word.length) return true;
    // A beginning counts only up to where both end alike, or else each word with three right letters would do.
    const last = word[row - 1];
    if (last === term.at(-1)) return true;
    return last === term.at(-2) && row > 1 && word[row - 2] === term.at(-1);
  }

  /** Returns the least distance in the row. */
  #fill(word: string, row: number): number {
    const term = this.#term;
    const width = this.#width;
    const cells = this.#cells;
    const letter = word[row - 1];
    const at = row * width;
    let least = row;
    cells[at] = row;
    for (let i = 1; i < width; i++) {
      const same = letter === term[i - 1];
      let cost = (cells[at - width + i - 1] ?? 0) + (same ? 0 : 1);
      cost = Math.min(cost, (cells[at - width + i] ?? 0) + 1, (cells[at + i - 1] ?? 0) + 1);
      const swapped = row > 1 && i > 1 && letter === term[i - 2] && word[row - 2] === term[i - 1];
      if (swapped) cost = Math.min(cost, (cells[at - 2 * width + i - 2] ?? 0) + 1);
      cells[at + i] = cost;
      least = Math.min(least, cost);
    }
    return least;
  }
}

/** A slip in the first letter is rare, and allowing for it would find words that look like nothing typed. */
export function beginsAlike(word: string, term: string): boolean {
  return word[0] === term[0] || (word[0] === term[1] && word[1] === term[0]);
}

/** Whether a word, or its beginning, is `term` but for up to `max` letters left out, added, changed or swapped. */
export function isSimilar(word: string, term: string, max: number): boolean {
  return max > 0 && beginsAlike(word, term) && new EditTable(term, max).compare(word);
}
