import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEARCH_KINDS, type SearchEntry, type SearchKind } from './search-entry.ts';
import { FEW, SearchIndex } from './search-index.ts';
import { matchWord, parseSearch, type SearchQuery, type SearchTerm, TYPO } from './search-query.ts';
import { byRanking, gradeOf, isTypo, placeCode, rankOf, type SearchField } from './search-rank.ts';
import { foldWords, scanWords } from './word-forms.ts';

const WORDS =
  'milk Milch Milchreis mlik München muenchen Straße strasse e-mail Email call calls recall übung ubung Rechnung rechnungen rehcnung ' +
  'a b2 room2345 東京 タワー 🎉 ÉTÉ ete l’été x';
const word = fc.constantFrom(...WORDS.split(' '));
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const entry: fc.Arbitrary<SearchEntry> = fc.record({
  kind: fc.constantFrom(...SEARCH_KINDS),
  id: fc.constantFrom(...'abcdefgh'.split('')),
  title: text,
  labels: fc.array(word, { maxLength: 2 }),
  body: text,
  done: fc.boolean(),
  at: fc.nat(3),
});
type Step = { readonly put: SearchEntry } | { readonly remove: readonly [SearchKind, string] };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ put: entry }) },
  { weight: 1, arbitrary: entry.map(({ kind, id }) => ({ remove: [kind, id] as const })) },
);
const queryText = fc
  .array(
    word.chain((each) => fc.nat(each.length - 1).map((cut) => each.slice(0, cut + 1))),
    { maxLength: 3 },
  )
  .map((words) => words.join(' '));

function apply(index: SearchIndex, steps: readonly Step[]): Map<string, SearchEntry> {
  const entries = new Map<string, SearchEntry>();
  for (const each of steps) {
    if ('put' in each) {
      index.put(each.put);
      entries.set(`${each.put.kind} ${each.put.id}`, each.put);
    } else {
      index.remove(...each.remove);
      entries.delete(each.remove.join(' '));
    }
  }
  return entries;
}

/** The best place where one term is found in an entry, by looking at each of its words. */
function placeOf({ title, labels, body }: SearchEntry, term: SearchTerm, withTypos: boolean): number | undefined {
  const codes: number[] = [];
  const look = (part: string, field: SearchField) =>
    scanWords(part, (form) => {
      const quality = matchWord(form, term, withTypos);
      if (quality !== undefined) codes.push(placeCode(field, quality));
    });
  look(title, 0);
  for (const label of labels) look(label, 1);
  look(body, 2);
  const asTyped = codes.filter((code) => code % 3 !== TYPO);
  const best = asTyped.length > 0 ? asTyped : codes;
  return best.length > 0 ? Math.min(...best) : undefined;
}

function scan(entries: Iterable<SearchEntry>, query: SearchQuery, withTypos: boolean) {
  const hits = [...entries].flatMap((each) => {
    const codes = query.terms.map((term) => placeOf(each, term, withTypos));
    if (codes.length === 0 || !codes.every((code) => code !== undefined)) return [];
    const worst = Math.max(...codes);
    const sum = codes.reduce((total, code) => total + code, 0);
    const rank = rankOf(gradeOf(worst, foldWords(each.title), query.folded), each.done, sum);
    return [{ kind: each.kind, id: each.id, at: each.at, rank, typo: codes.some(isTypo) }];
  });
  return hits.sort(byRanking);
}

/** Everything that is to be found, in order, without an index. */
function reference(entries: readonly SearchEntry[], query: SearchQuery) {
  const exact = scan(entries, query, false);
  return exact.length < FEW ? scan(entries, query, true) : exact;
}

test('the index finds what a scan of every word finds, in the same order, after any changes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.array(queryText, { maxLength: 3 }), (steps, texts) => {
      const index = new SearchIndex();
      const entries = [...apply(index, steps).values()];
      for (const each of texts) {
        const query = parseSearch(each);
        const expected = reference(entries, query);
        const { hits, total } = index.search(query, { limit: 100 });
        expect(total).toBe(expected.length);
        for (const kind of SEARCH_KINDS) {
          expect(hits[kind].map(({ id, rank, typo }) => ({ id, rank, typo }))).toEqual(
            expected.filter((hit) => hit.kind === kind).map(({ id, rank, typo }) => ({ id, rank, typo })),
          );
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('an index that was kept up to date answers as one that was made anew', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(step, fc.boolean()), { minLength: 300, maxLength: 900 }),
      fc.array(queryText, { minLength: 1, maxLength: 4 }),
      (steps, texts) => {
        const kept = new SearchIndex();
        const entries = new Map<string, SearchEntry>();
        for (const [each, searched] of steps) {
          for (const [key, value] of apply(kept, [each])) entries.set(key, value);
          if ('remove' in each) entries.delete(each.remove.join(' '));
          if (searched) kept.settle();
        }
        const anew = new SearchIndex();
        for (const each of entries.values()) anew.put(each);
        expect(kept.size).toBe(anew.size);
        for (const each of texts) {
          const query = parseSearch(each);
          expect(kept.search(query, { limit: 5 })).toEqual(anew.search(query, { limit: 5 }));
        }
      },
    ),
    { numRuns: 20 },
  );
});
