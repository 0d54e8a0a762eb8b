import { foldCase } from './filter.ts';
import {
  FIELD_WORDS,
  FLAG_WORDS,
  MODIFIER_WORDS,
  OVERDUE_WORDS,
  PERSON_WORDS,
  ROLE_WORDS,
  TEXT_WORDS,
} from './keywords.ts';
import { indexFor, type NameKind } from './name-index.ts';
import { spelledName } from './parse-name.ts';
import type { ParseContext } from './parse-term.ts';

export interface Completion {
  readonly kind: NameKind | 'word';
  readonly label: string;
  /** Replaces [start, end) of the query. */
  readonly text: string;
}

export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
}

const ITEMS_MAX = 8;
const SIGNED = /(?:^|[\s(!&|,])(##|[#/@%])((?:[^\s&|,()"<>=!#/@%]| (?![\s&|])){0,60})$/u;
const PERSON = new RegExp(String.raw`(?:${Object.values(ROLE_WORDS).join('|')})\s*:\s*([^&|,()"<>=!:]{0,60})$`, 'iu');
const WORD = /(?:^|[\s(!&|,])(\p{L}[\p{L}:]*(?: \p{L}*){0,2})$/u;
const KINDS: Readonly<Record<string, NameKind>> = {
  '#': 'project',
  '##': 'project',
  '/': 'section',
  '@': 'label',
  '%': 'label',
};

const WORDS: readonly string[] = [
  'today',
  'tomorrow',
  '7 days',
  'next week',
  'this month',
  ...OVERDUE_WORDS.slice(0, 1),
  ...['p1', 'p2', 'p3', 'no priority'],
  ...Object.values(FLAG_WORDS).flatMap(([first]) => first ?? []),
  ...Object.values(ROLE_WORDS).map((word) => `${word}: `),
  ...TEXT_WORDS.map((word) => `${word}: `),
  ...Object.values(FIELD_WORDS).flatMap(([first]) => (first === undefined ? [] : [`${first}: `])),
  ...MODIFIER_WORDS.map((word) => `${word}:`),
];

/** What may come where the caret is: names behind a sign, people behind "assigned to:", else the words of the language. */
export function completeFilter(text: string, caret: number, context: ParseContext): Completions | null {
  const before = text.slice(0, caret);
  const signed = SIGNED.exec(before);
  if (signed) {
    const [, sign = '', typed = ''] = signed;
    const kind = KINDS[sign] ?? 'project';
    return found(caret - typed.length, caret, nameItems(kind, typed, context));
  }
  const person = PERSON.exec(before);
  if (person) {
    const typed = person[1] ?? '';
    return found(caret - typed.length, caret, [
      ...wordItems(PERSON_WORDS, typed),
      ...nameItems('person', typed, context),
    ]);
  }
  const word = WORD.exec(before);
  return word ? longestWord(word[1] ?? '', caret) : null;
}

function found(start: number, end: number, items: readonly Completion[]): Completions | null {
  return items.length === 0 ? null : { start, end, items: items.slice(0, ITEMS_MAX) };
}

/** Those that begin with what was typed, then those in which a word does. */
function nameItems(kind: NameKind, typed: string, context: ParseContext): Completion[] {
  const wanted = foldCase(typed);
  const first: Completion[] = [];
  const second: Completion[] = [];
  for (const name of new Set(indexFor(kind, context).nameById.values())) {
    const folded = foldCase(name);
    if (folded === wanted) continue;
    const list = folded.startsWith(wanted) ? first : folded.includes(` ${wanted}`) ? second : null;
    list?.push({ kind, label: name, text: spelledName(name) });
  }
  return [...first, ...second];
}

function wordItems(words: readonly string[], typed: string): Completion[] {
  const wanted = foldCase(typed);
  return words
    .filter((word) => word.startsWith(wanted) && word.trim() !== wanted)
    .map((word) => ({ kind: 'word', label: word.trim(), text: word }));
}

/** "foo no de" completes "no de", of which no word is left out as long as some phrase begins with them. */
function longestWord(typed: string, caret: number): Completions | null {
  for (let rest = typed; rest !== ''; rest = rest.slice(rest.indexOf(' ') + 1)) {
    const completions = found(caret - rest.length, caret, wordItems(WORDS, rest));
    if (completions) return completions;
    if (!rest.includes(' ')) return null;
  }
  return null;
}
