import { matchWord, TYPO, type SearchQuery } from './search-query.ts';
import { foldSpelt, foldWord, scanWords, withoutJoints } from './word-forms.ts';

/** Half-open, in UTF-16 code units. */
export type TextRange = readonly [start: number, end: number];

/** Text with the places of what was found in it. */
export interface Highlighted {
  readonly text: string;
  readonly ranges: readonly TextRange[];
}

const RANGES_MAX = 50;

/** The places of a text that a query finds, in order and apart from each other. */
export function highlight(text: string, query: SearchQuery, withTypos: boolean): Highlighted {
  const ranges: TextRange[] = [];
  scanWords(text, (word, start, end) => {
    if (ranges.length >= RANGES_MAX) return;
    const length = matchedLength(word, query, withTypos);
    if (length > 0) ranges.push([start, length >= word.length ? end : endOfPrefix(text, start, end, word, length)]);
  });
  return { text, ranges: joined(ranges) };
}

/** How many letters of a folded word are found; 0 for none. */
function matchedLength(word: string, { terms }: SearchQuery, withTypos: boolean): number {
  let length = 0;
  for (const term of terms) {
    const quality = matchWord(word, term, withTypos);
    if (quality === undefined) continue;
    if (quality === TYPO) return word.length;
    for (const form of term.forms) if (word.startsWith(form)) length = Math.max(length, form.length);
  }
  return length;
}

/** A letter with the accents behind it. */
const LETTER = /[^]\p{M}*/gu;

/** Where in the text the first `length` letters of a folded word end. */
function endOfPrefix(text: string, start: number, end: number, word: string, length: number): number {
  const original = text.slice(start, end);
  const fold = foldWord(withoutJoints(original)).startsWith(word) ? foldWord : foldSpelt;
  let folded = 0;
  for (const { 0: letter, index } of original.matchAll(LETTER)) {
    folded += fold(withoutJoints(letter)).length;
    if (folded >= length) return start + index + letter.length;
  }
  return end;
}

function joined(ranges: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = result.at(-1);
    if (!last || range[0] > last[1]) result.push(range);
    else if (range[1] > last[1]) result[result.length - 1] = [last[0], range[1]];
  }
  return result;
}

const LEAD = 40;
const SNIPPET_MAX = 160;

/** The part of a long Markdown text around the first place found in it; null when there is none. */
export function snippet(markdown: string, query: SearchQuery, withTypos: boolean): Highlighted | null {
  const around = (text: string): Highlighted | null => {
    const first = firstPlace(text, query, withTypos);
    if (first === undefined) return null;
    const from = first <= LEAD ? 0 : wordStart(text, first - LEAD, first);
    const cut = text.slice(from, from + SNIPPET_MAX).toWellFormed();
    const ends = from + SNIPPET_MAX >= text.length;
    return highlight(`${from > 0 ? '…' : ''}${cut}${ends ? '' : '…'}`, query, withTypos);
  };
  // What was found may stand in a sign of Markdown only, such as the address of a link.
  return around(plainText(markdown)) ?? around(markdown.replaceAll(/\s+/g, ' '));
}

/** How much of a long text is looked at in one go: most have what is looked for near their beginning. */
const STRETCH = 2_000;

function firstPlace(text: string, query: SearchQuery, withTypos: boolean): number | undefined {
  for (let from = 0; from < text.length; ) {
    const space = text.indexOf(' ', from + STRETCH);
    const to = space === -1 ? text.length : space;
    const [first] = highlight(text.slice(from, to), query, withTypos).ranges;
    if (first) return from + first[0];
    from = to;
  }
  return undefined;
}

/** The first space after `from`, so that the snippet begins with a whole word. */
function wordStart(text: string, from: number, before: number): number {
  const space = text.slice(from, before).search(/\s/);
  return space === -1 ? from : from + space + 1;
}

/** Markdown on one line without the signs that would only disturb. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/^[ \t]*(?:#{1,6}|>|[-*+](?: \[[ xX]\])?|\d+[.)])[ \t]+/gm, '')
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/\*\*|__|~~|`+/g, '')
    .replaceAll(/(?<![\p{L}\p{N}])([*_])(\S(?:[^*_\n]*\S)?)\1(?![\p{L}\p{N}])/gu, '$2')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
