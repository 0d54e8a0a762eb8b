import { type Budget, newBudget } from './diff.ts';
import { type Region, regionsOf } from './merge-hunks.ts';

export interface MergedText {
  readonly text: string;
  /** Both sides changed the same words: mine are in `text`, theirs are not. */
  readonly overlaps: boolean;
}

/**
 * Brings two versions of one text together that were both made from `base`: `theirs` came first, `mine` comes after
 * it. Lines are merged first, and words where both changed the same lines. Nothing that either side added is left out
 * without `overlaps` being set. Pure, and bounded in time (diff.ts).
 */
export function mergeTexts(base: string, theirs: string, mine: string): MergedText {
  if (theirs === base || theirs === mine) return { text: mine, overlaps: false };
  if (mine === base) return { text: theirs, overlaps: false };
  // Text fields of browsers know one kind of line end only.
  const [from, left, right] = [base, theirs, mine].map(withPlainLineEnds) as [string, string, string];
  if (left === from || left === right) return { text: mine, overlaps: false };
  if (right === from) return { text: theirs, overlaps: false };
  const budget = newBudget();
  const regions = regionsOf(linesOf(from), linesOf(left), linesOf(right), TOUCHING, budget);
  const merged = regions.map((region) => mergeLines(region, budget));
  const text = merged.map((part) => part.text).join('');
  return { text: text.slice(1), overlaps: merged.some(({ overlaps }) => overlaps) };
}

/** Changed lines may touch: each says something of its own. */
const TOUCHING = -1;
/** Words with one thing between them were changed together: one of the two alone would say something else. */
const NEXT_WORD = 1;

function withPlainLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

/** Each line with the line end before it, so that an empty stretch and an empty line differ. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `\n${line}`);
}

/** A line end, white space, a word, or a single other character; scripts without spaces go character by character. */
const WORD =
  /\n|[^\S\n]+|[\p{Ideographic}\p{Script=Hiragana}\p{Script=Katakana}]|[!-/:-@[-`{-~]|[^\s!-/:-@[-`{-~\p{Ideographic}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

function mergeLines({ base, theirs, mine, changedBy }: Region, budget: Budget): MergedText {
  const left = theirs.join('');
  const right = mine.join('');
  if (changedBy !== 'both') return { text: changedBy === 'theirs' ? left : right, overlaps: false };
  if (left === right) return { text: right, overlaps: false };
  if (base.length === 0) return { text: bothAdditions(theirs, mine).join(''), overlaps: false };
  return mergeWords(base.join(''), left, right, budget);
}

/** Lines that were added at one place, in the order in which they arrived, and those that both added once. */
function bothAdditions(theirs: readonly string[], mine: readonly string[]): readonly string[] {
  const shorter = Math.min(theirs.length, mine.length);
  let start = 0;
  while (start < shorter && theirs[start] === mine[start]) start++;
  let end = 0;
  while (end < shorter - start && theirs.at(-1 - end) === mine.at(-1 - end)) end++;
  return [...theirs.slice(0, theirs.length - end), ...mine.slice(start)];
}

function mergeWords(base: string, theirs: string, mine: string, budget: Budget): MergedText {
  let overlaps = false;
  const regions = regionsOf(itemsOf(base), itemsOf(theirs), itemsOf(mine), NEXT_WORD, budget);
  const words = regions.map((region) => {
    const left = region.theirs.join('');
    const right = region.mine.join('');
    if (region.changedBy === 'both' && left !== right) overlaps = true;
    return region.changedBy === 'theirs' ? left : right;
  });
  return { text: words.join(''), overlaps };
}

/** A line end counts twice, so that words of two lines are not next to each other. */
function itemsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => (word === '\n' ? ['\n', ''] : word));
}
