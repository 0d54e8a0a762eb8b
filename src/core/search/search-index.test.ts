import { expect, test } from 'vitest';
import { SEARCH_KINDS, type SearchEntry } from './search-entry.ts';
import { SearchIndex, type SearchOptions } from './search-index.ts';
import { parseSearch } from './search-query.ts';
import { anEntry } from './testing/entries.ts';

function indexOf(...entries: (Partial<SearchEntry> & { readonly id: string })[]): SearchIndex {
  const index = new SearchIndex();
  for (const entry of entries) index.put(anEntry(entry));
  return index;
}

/** The ids of everything found, kind by kind. */
function found(index: SearchIndex, text: string, options: Partial<SearchOptions> = {}): string[] {
  const { hits } = index.search(parseSearch(text), { limit: 50, ...options });
  return SEARCH_KINDS.flatMap((kind) => hits[kind].map((hit) => hit.id));
}

test('whole titles come before beginnings, words, slips of the finger and descriptions', () => {
  const index = indexOf(
    { id: 'description', title: 'Shopping', body: 'Get some **milk**' },
    { id: 'label', title: 'Shopping', labels: ['milk'] },
    { id: 'word', title: 'Buy milk' },
    { id: 'beginning of a word', title: 'Buy milkshakes' },
    { id: 'beginning', title: 'Milk the cow' },
    { id: 'whole', title: 'MILK!' },
    { id: 'slip', title: 'Buy mikl' },
    { id: 'comment', kind: 'comment', body: 'oat milk' },
  );
  const exact = ['whole', 'beginning', 'word', 'beginning of a word', 'label', 'description', 'comment'];
  expect(found(index, 'milk')).toEqual(exact);
  expect(found(index, 'mlik').toSorted()).toEqual([...exact, 'slip'].toSorted());
  expect(found(index, 'mlik').slice(-3)).toEqual(['label', 'description', 'comment']);
  expect(found(indexOf({ id: 'slip', title: 'Mikl' }, { id: 'exact', title: 'Milk' }), 'milk')).toEqual([
    'exact',
    'slip',
  ]);
});

test('open comes before completed, and what changed last before the rest', () => {
  const index = indexOf(
    { id: 'old', title: 'Call Ben', at: 1 },
    { id: 'done', title: 'Call Ben', at: 9, done: true },
    { id: 'new', title: 'Call Ben', at: 2 },
    { id: 'other', title: 'Ask Ben', at: 10 },
  );
  expect(found(index, 'call ben')).toEqual(['new', 'old', 'done']);
  expect(found(index, 'ben')).toEqual(['other', 'new', 'old', 'done']);
});

test('all words must be there, in any order and any place', () => {
  const index = indexOf(
    { id: 'both', title: 'Ring the bell', body: 'before noon', labels: ['calls'] },
    { id: 'one', title: 'Ring Ben' },
  );
  expect(found(index, 'bell ri')).toEqual(['both']);
  expect(found(index, 'ring noon call')).toEqual(['both']);
  expect(found(index, 'ring nothing')).toEqual([]);
  expect(found(index, '  ')).toEqual([]);
  expect(found(index, '"*)(-:')).toEqual([]);
});

test('accents, umlauts and hyphens are found however they are typed', () => {
  const index = indexOf(
    { id: 'münchen', title: 'Zug nach München' },
    { id: 'straße', title: 'Straße fegen' },
    { id: 'mail', title: 'E-Mail an Zoë' },
    { id: 'tokyo', title: '東京タワーに行く' },
    { id: 'todo', title: 'Todo list' },
  );
  for (const text of ['münchen', 'MUNCHEN', 'muenchen', 'mün', 'mu'])
    expect(found(index, text), text).toEqual(['münchen']);
  for (const text of ['strasse', 'STRAẞE', 'stras']) expect(found(index, text), text).toEqual(['straße']);
  for (const text of ['email', 'e-mail', 'mail zoe']) expect(found(index, text), text).toEqual(['mail']);
  for (const text of ['to-do', 'todo', 'to-do li']) expect(found(index, text), text).toEqual(['todo']);
  expect(found(index, '東京')).toEqual(['tokyo']);
});

test('slips of the finger count only where few are found without', () => {
  const many = indexOf(...[1, 2, 3].map((n) => ({ id: `${n}`, title: 'Bread' })), { id: 'break', title: 'Break' });
  expect(found(many, 'bread')).toEqual(['3', '2', '1']);
  expect(found(many, 'braed')).toEqual(['3', '2', '1']);
  const few = indexOf({ id: 'bread', title: 'Bread' }, { id: 'break', title: 'Break' });
  expect(found(few, 'bread')).toEqual(['bread', 'break']);
});

test('what a task belongs to can hide it or count it as done', () => {
  const index = indexOf({ id: 'a', title: 'Plan' }, { id: 'b', title: 'Plan' }, { id: 'c', title: 'Plan' });
  const standing = ({ id }: SearchEntry) => (id === 'c' ? 'hidden' : id === 'b' ? 'done' : 'open');
  expect(found(index, 'plan', { standing })).toEqual(['a', 'b']);
});

test('the limit holds back the worst, and all are counted', () => {
  const index = indexOf(
    ...Array.from({ length: 500 }, (_, n) => ({ id: String(n).padStart(3, '0'), title: `Note ${n}`, at: n % 250 })),
    { id: 'p', kind: 'project' as const, title: 'Notes' },
  );
  const { hits, counts, total } = index.search(parseSearch('note'), { limit: 3 });
  expect(hits.task.map((hit) => hit.id)).toEqual(['499', '249', '498']);
  expect(counts).toMatchObject({ task: 500, project: 1 });
  expect(total).toBe(501);
});

test('what is removed leaves nothing behind', () => {
  const index = new SearchIndex();
  for (let n = 0; n < 5_000; n++) index.put(anEntry({ id: 'the same', title: `Version ${n}` }));
  expect(found(index, 'version 4999')).toEqual(['the same']);
  expect(found(index, 'version 4998')).toEqual([]);
  expect(index.extent.documents).toBeLessThan(600);
  expect(index.extent.words).toBeLessThan(600);
  index.remove('task', 'the same');
  expect(index.size).toBe(0);
  expect(found(index, 'version')).toEqual([]);
});
