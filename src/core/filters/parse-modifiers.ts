import {
  GROUP_KEYS,
  type GroupKey,
  LIMIT_MAX,
  type Pane,
  type Relatives,
  SORT_KEYS,
  type Sort,
  type SortKey,
} from './filter.ts';
import type { FilterReader } from './filter-reader.ts';
import { MODIFIER_WORDS } from './keywords.ts';
import { nearestOf } from './name-index.ts';

type ModifierWord = (typeof MODIFIER_WORDS)[number];
export type Modifiers = Pick<Pane, 'sort' | 'group' | 'limit' | 'with'>;

export const MODIFIER = new RegExp(String.raw`(${MODIFIER_WORDS.join('|')})\s*:`, 'iuy');
const VALUE = /[\p{L}\p{N}]*-?/uy;
const REST = /[^,]+/uy;

/** What stands at the end of a pane: how its list looks. */
export function parseModifiers(reader: FilterReader): Modifiers {
  const found = new ModifierList(reader);
  const first = readAll(reader, found);
  const { at } = reader;
  const rest = reader.isAtEnd() ? null : reader.take(REST);
  if (rest) {
    const [start, end] = [at, at + reader.text.slice(at, reader.at).trimEnd().length];
    const moved = `${reader.text.slice(start, end).trim()} ${reader.text.slice(first, start).trim()}`;
    const fix = { label: 'Move it to the end', start: first, end, text: moved };
    const message = 'sort:, group:, limit: and with: stand at the end of a list.';
    reader.error('modifier_place', start, end, message, first < start ? [fix] : []);
  }
  const { sort, group, limit, relatives } = found;
  return { sort, group, limit, with: (['subtasks', 'parents'] as const).filter((each) => relatives.has(each)) };
}

/** Where the first one begins. */
function readAll(reader: FilterReader, found: ModifierList): number {
  reader.skipSpace();
  const first = reader.at;
  for (;;) {
    reader.skipSpace();
    const start = reader.at;
    const word = reader.take(MODIFIER)?.[1]?.toLowerCase();
    if (word === undefined) return first;
    const value = reader.take(VALUE)?.[0] ?? '';
    reader.token('modifier', start);
    found.add(word as ModifierWord, value, start);
  }
}

const CHOICES: Readonly<Record<ModifierWord, readonly string[]>> = {
  sort: SORT_KEYS,
  group: GROUP_KEYS,
  limit: [],
  with: ['subtasks', 'parents'],
};

class ModifierList {
  readonly sort: Sort[] = [];
  readonly relatives = new Set<Relatives>();
  group: GroupKey | null = null;
  limit: number | null = null;
  readonly #reader: FilterReader;
  readonly #seen = new Set<string>();

  constructor(reader: FilterReader) {
    this.#reader = reader;
  }

  add(word: ModifierWord, value: string, start: number): void {
    const isDescending = word === 'sort' && value.endsWith('-');
    const key = (isDescending ? value.slice(0, -1) : value).toLowerCase();
    if (
      word === 'limit'
        ? !/^\d{1,5}$/u.test(key) || Number(key) < 1 || Number(key) > LIMIT_MAX
        : !CHOICES[word].includes(key)
    ) {
      this.#refuse(word, key, start);
      return;
    }
    const identity = word === 'sort' || word === 'with' ? `${word} ${key}` : word;
    if (this.#seen.has(identity)) {
      const { at } = this.#reader;
      const fix = { label: 'Remove it', start, end: at, text: '' };
      this.#reader.error('repeated_modifier', start, at, `${word}: is there already.`, [fix]);
      return;
    }
    this.#seen.add(identity);
    if (word === 'sort') this.sort.push({ key: key as SortKey, descending: isDescending });
    else if (word === 'group') this.group = key as GroupKey;
    else if (word === 'limit') this.limit = Number(key);
    else this.relatives.add(key as Relatives);
  }

  #refuse(word: ModifierWord, key: string, start: number): void {
    const { at } = this.#reader;
    const choices = CHOICES[word];
    const nearest = nearestOf(key, choices);
    const fixes =
      nearest === null ? [] : [{ label: `Use ${word}:${nearest}`, start, end: at, text: `${word}:${nearest}` }];
    const expected = word === 'limit' ? `a number from 1 to ${LIMIT_MAX}` : `one of ${choices.join(', ')}`;
    this.#reader.error('bad_modifier', start, at, `${word}: needs ${expected}.`, fixes);
  }
}
