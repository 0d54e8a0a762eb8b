import type { WallTime } from '#core/dates/zone-clock.ts';
import type { Entry, Language, Tag } from './languages/language.ts';
import { type Day } from './calendar.ts';
import type { DateOrder } from './languages/languages.ts';

/** A run of characters between white space. */
export interface Word {
  readonly start: number;
  /** Behind the last character that is not closing punctuation. */
  readonly end: number;
  readonly rawEnd: number;
  /** In lower case, without closing punctuation; empty for quoted text. */
  readonly low: string;
  /** The closing punctuation. */
  readonly closing: string;
}

/** The line with everything that the grammar asks about it. */
export interface Line {
  readonly text: string;
  readonly words: readonly Word[];
  /** Where the title's part ends; behind it are the separator and the description. */
  readonly end: number;
  readonly description: { readonly start: number; readonly text: string } | null;
  readonly language: Language;
  /** The day that now counts for; before the personal start of a day it is the one before the clock's. */
  readonly today: Day;
  /** What the clock shows. */
  readonly clock: WallTime;
  /** Minutes after midnight. */
  readonly dayStart: number;
  readonly now: number;
  readonly timeZone: string;
  readonly weekStart: number;
  readonly order: DateOrder;
}

/** Marks of writing direction are no part of words: they stand beside what was typed in the other direction. */
export const SEPARATOR = /[\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const WORD = /[^\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/uy;
const QUOTES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»' };

interface Cut {
  readonly words: readonly Word[];
  readonly end: number;
  readonly description: { readonly start: number; readonly text: string } | null;
}

/** Cuts a line into words. `sigils` are characters after which a quote belongs to the word: `#"Home Improvements"`. */
export function cutLine(text: string, sigils: string): Cut {
  const words: Word[] = [];
  const lineEnd = endOfFirstLine(text);
  const unclosed = new Set<string>();
  let at = 0;
  while (at < lineEnd) {
    if (SEPARATOR.test(text.charAt(at))) {
      at++;
      continue;
    }
    if (text.startsWith('//', at) && (at + 2 >= lineEnd || SEPARATOR.test(text.charAt(at + 2)))) {
      return { words, end: at, description: { start: at, text: text.slice(at + 2).trim() } };
    }
    const quoteAt = sigils.includes(text.charAt(at)) ? at + 1 : at;
    const closed = closeOfQuote(text, quoteAt, lineEnd, unclosed);
    WORD.lastIndex = closed ?? at;
    const rest = WORD.exec(text)?.[0] ?? '';
    const rawEnd = Math.min(lineEnd, (closed ?? at) + rest.length);
    pushWord(words, text, { start: at, rawEnd, isQuoted: closed !== null });
    at = rawEnd;
  }
  const description = lineEnd < text.length ? { start: lineEnd, text: text.slice(lineEnd).trim() } : null;
  return { words, end: lineEnd, description };
}

/** A description may also stand on the lines after the first. */
function endOfFirstLine(text: string): number {
  const found = text.search(/[\n\r]/u);
  // Empty lines before the first word are no first line.
  const lead = text.search(/\S/u);
  if (found < 0 || lead < 0) return text.length;
  const after = text.slice(lead).search(/[\n\r]/u);
  return after < 0 ? text.length : lead + after;
}

/** Behind the closing quote, when a quote opens at `at` and is closed on this line. */
function closeOfQuote(text: string, at: number, lineEnd: number, unclosed: Set<string>): number | null {
  const closing = QUOTES[text.charAt(at)];
  if (closing === undefined || unclosed.has(closing)) return null;
  const found = text.indexOf(closing, at + 1);
  if (found >= 0 && found < lineEnd) return found + 1;
  // No later quote is closed either: looking again would make long lines slow.
  unclosed.add(closing);
  return null;
}

interface WordSpan {
  readonly start: number;
  readonly rawEnd: number;
  readonly isQuoted: boolean;
}

/** One brace at either edge is a word of its own, so that {10 dec} reads like 10 dec between them. */
function pushWord(words: Word[], text: string, { start, rawEnd, isQuoted }: WordSpan): void {
  if (isQuoted && text.charAt(start) in QUOTES) {
    words.push({ start, end: rawEnd, rawEnd, low: '', closing: '' });
    return;
  }
  const isOpened = text.charAt(start) === '{' && rawEnd > start + 1;
  const from = isOpened ? start + 1 : start;
  if (isOpened) words.push({ start, end: from, rawEnd: from, low: '{', closing: '' });
  const length = rawEnd - from;
  const punctuation = /[,;:!?.]*$/u.exec(text.slice(Math.max(from, rawEnd - CLOSING_MAX), rawEnd))?.[0] ?? '';
  const closing = punctuation.length === length ? '' : punctuation;
  const end = rawEnd - closing.length;
  const isClosed = end > from + 1 && text.charAt(end - 1) === '}' && text.charAt(from) !== '\\';
  if (!isClosed) {
    words.push({ start: from, end, rawEnd, low: lowered(text.slice(from, end)), closing });
    return;
  }
  words.push({ start: from, end: end - 1, rawEnd: end - 1, low: lowered(text.slice(from, end - 1)), closing: '' });
  words.push({ start: end - 1, end, rawEnd, low: '}', closing });
}

/** More closing punctuation than this is no end of a phrase. */
const CLOSING_MAX = 8;

export function lowered(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Something found at a word: `next` is the word behind it, `end` where it ends in the text. */
export interface Found<V> {
  readonly value: V;
  readonly next: number;
  readonly end: number;
}

/** Whether the phrase can go on at this word: it is there, and no punctuation stands before it. */
export function goesOn({ words }: Line, at: number): boolean {
  return at < words.length && words[at - 1]?.closing === '';
}

/** The longest word or phrase with that meaning. */
export function find(line: Line, at: number, tag: Tag): Found<number> | null {
  const { words, language } = line;
  const first = words[at];
  if (!first) return null;
  for (const entry of language.entries.get(first.low) ?? []) {
    if (entry.tag !== tag || !isPhraseAt(line, at, entry)) continue;
    const next = at + entry.words.length;
    return { value: entry.value, next, end: words[next - 1]?.end ?? first.end };
  }
  return null;
}

function isPhraseAt({ words }: Line, at: number, { words: phrase }: Entry): boolean {
  for (let i = 1; i < phrase.length; i++) {
    if (words[at + i]?.low !== phrase[i] || words[at + i - 1]?.closing !== '') return false;
  }
  return true;
}

/** The phrase at a word that continues another. */
export function findNext(line: Line, at: number, tag: Tag): Found<number> | null {
  return goesOn(line, at) ? find(line, at, tag) : null;
}

/**
 * A sticky pattern at a word. It must end with a word: at most its closing punctuation may follow.
 * `value` holds the groups.
 */
export function matchAt(line: Line, at: number, pattern: RegExp): Found<RegExpExecArray> | null {
  const { text, words, end: lineEnd } = line;
  const first = words[at];
  if (!first) return null;
  pattern.lastIndex = first.start;
  const value = pattern.exec(text);
  if (!value || value[0] === '') return null;
  const end = first.start + value[0].length;
  let next = at + 1;
  while (next < words.length && (words[next]?.start ?? lineEnd) < end) next++;
  const last = words[next - 1];
  return last && end >= last.end && end <= last.rawEnd ? { value, next, end } : null;
}

/** Phrases are shorter than this, but for lists. */
const PHRASE_WORDS = 32;

/** The part of the line that begins behind a symbol at the start of a word; its words count from 0. */
export function behindSymbol(line: Line, at: number): Line {
  const word = line.words[at];
  if (!word) return { ...line, words: [] };
  const rest = { ...word, start: word.start + 1, low: word.low.slice(1) };
  return { ...line, words: [rest, ...line.words.slice(at + 1, at + PHRASE_WORDS)] };
}
