import { searchWords } from './search-words.ts';

/** Text with the places of what was found in it: plain, so that whoever shows it decides how to mark them. */
export interface Highlighted {
  readonly text: string;
  /** Half-open, in UTF-16 code units as JavaScript counts. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

const SNIPPET_MAX = 200;
const LEAD = 60;
const RANGES_MAX = 50;
/** Runs of letters with their accents; `searchWords` cuts them the way the index does. */
const RUN = /[\p{L}\p{N}\p{M}]+/gu;

/** Whether a word of a text is the n-th word of the query, of which the last may be unfinished. */
export function isWanted(word: string, wanted: readonly string[], n: number): boolean {
  const each = wanted[n];
  if (each === undefined) return false;
  return word === each || (n === wanted.length - 1 && each.length > 1 && word.startsWith(each));
}

export function highlight(text: string, wanted: readonly string[]): Highlighted {
  const ranges: (readonly [number, number])[] = [];
  for (const run of text.matchAll(RUN)) {
    const words = searchWords(run[0]);
    // Scripts without spaces: every character is a word.
    const parts = words.length > 1 ? Array.from(run[0]) : [run[0]];
    let start = run.index;
    for (const part of parts) {
      if (searchWords(part).some((word) => wanted.some((_, n) => isWanted(word, wanted, n))))
        ranges.push([start, start + part.length]);
      start += part.length;
    }
    if (ranges.length >= RANGES_MAX) break;
  }
  return { text, ranges };
}

/** The part of a long text around the first thing found in it; null when there is nothing. */
export function snippet(text: string, wanted: readonly string[]): Highlighted | null {
  const [first] = highlight(text, wanted).ranges;
  if (!first) return null;
  const [at] = first;
  const from = at <= LEAD ? 0 : wordStart(text, at - LEAD, at);
  const cut = text.slice(from, from + SNIPPET_MAX).toWellFormed();
  const isEnd = from + SNIPPET_MAX >= text.length;
  return highlight(`${from > 0 ? '…' : ''}${cut}${isEnd ? '' : '…'}`, wanted);
}

/** The first space after `from`, so that the snippet begins with a whole word. */
function wordStart(text: string, from: number, before: number): number {
  const space = text.slice(from, before).search(/\s/);
  return space === -1 ? from : from + space + 1;
}
