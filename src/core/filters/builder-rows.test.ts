import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BuilderList, toFilter, toRows } from './builder-rows.ts';
import { type BuilderField, BUILDER_FIELDS, fieldOf, startTerm, testOf, testsOf, withTest } from './builder-terms.ts';
import type { Filter } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { berlin } from './testing/filter-examples.ts';
import { randomFilter, randomTerm } from './testing/random-filter.ts';

function read(text: string): Filter {
  const parsed = parseFilter(text, berlin);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  return parsed.filter;
}

function print(filter: Filter): string {
  return printFilter(filter, berlin, berlin.locale);
}

/** Rows in short: groups in brackets, text in quotes. */
function sketch({ match, rows }: BuilderList): string {
  const said = rows.map((row): string => {
    if (row.kind === 'group')
      return `${row.not ? 'not ' : ''}${row.match}[${sketch({ ...row, title: null, sort: [], group: null, limit: null, with: [] })}]`;
    const where = row.kind === 'written' ? row.where : row.term;
    const text = print({ panes: [{ title: null, where, sort: [], group: null, limit: null, with: [] }] });
    return row.kind === 'written' ? `"${text}"` : `${row.not ? 'not ' : ''}${text}`;
  });
  return said.join(match === 'all' ? ' + ' : ' / ');
}

test.each([
  ['today', 'today'],
  ['!today & p1', 'not today + p1'],
  ['today | overdue', 'today / overdue'],
  ['(p1 | !p2) & today', 'any[p1 / not p2] + today'],
  ['!(p1 & today)', 'not all[p1 + today]'],
  ['p1 & !(today | overdue)', 'p1 + not any[today / overdue]'],
  ['p1 & (today | (p2 & evening))', 'p1 + any[today / "p2 & evening"]'],
  ['p1 & (today | !(p2 & evening))', 'p1 + any[today / "!(p2 & evening)"]'],
  ['all', ''],
  ['all & p1', 'all + p1'],
])('the rows of %s', (query, rows) => {
  expect(toRows(read(query)).map(sketch)).toEqual([rows]);
});

test('what the rows make is the query from which they were made', () => {
  fc.assert(
    fc.property(randomFilter(), (filter) => {
      const again = toFilter(toRows(filter));
      expect(again).toEqual(filter);
      expect(print(again)).toBe(print(filter));
    }),
    { numRuns: 500 },
  );
});

test('rows whose match was changed make a query that reads as itself', () => {
  fc.assert(
    fc.property(randomFilter(), fc.constantFrom('all' as const, 'any' as const), fc.boolean(), (filter, match, not) => {
      const lists = toRows(filter).map((list) => ({
        ...list,
        match,
        rows: list.rows.map((row) => (row.kind === 'group' ? { ...row, match, not } : row)),
      }));
      const changed = toFilter(lists);
      expect(toFilter(toRows(changed))).toEqual(changed);
      expect(print(read(print(changed)))).toBe(print(changed));
    }),
    { numRuns: 200 },
  );
});

test('a group that has lost its rows is gone, and a list without rows shows all tasks', () => {
  const [list] = toRows(read('today & (p1 | p2)'));
  const emptied = list!.rows.map((row) => (row.kind === 'group' ? { ...row, rows: [] } : row));
  expect(print(toFilter([{ ...list!, rows: emptied }]))).toBe('today');
  expect(print(toFilter([{ ...list!, rows: [] }]))).toBe('all');
});

test('every term has a field and a test that the builder offers, and keeps its meaning under them', () => {
  fc.assert(
    fc.property(randomTerm(), (term) => {
      const field = fieldOf(term);
      expect(BUILDER_FIELDS).toContain(field);
      expect(testsOf(field)).toContain(testOf(term));
      expect(withTest(term, testOf(term), berlin)).toEqual(term);
    }),
    { numRuns: 500 },
  );
});

test('a field that is chosen begins with a term of that field, under each of its tests', () => {
  const wanting: BuilderField[] = [];
  for (const field of BUILDER_FIELDS) {
    const term = startTerm(field, berlin);
    if (!term) {
      wanting.push(field);
      continue;
    }
    for (const each of testsOf(field)) {
      const changed = withTest(term, each, berlin)!;
      expect([fieldOf(changed), testOf(changed)]).toEqual([field, each]);
      // And back from "is not set", which has no value.
      expect(fieldOf(withTest(changed, testOf(term), berlin)!)).toBe(field);
      expect(
        toRows(read(print(toFilter([{ ...EMPTY, rows: [{ kind: 'condition', not: false, term: changed }] }])))),
      ).toEqual([{ ...EMPTY, rows: [{ kind: 'condition', not: false, term: changed }] }]);
    }
  }
  expect(wanting).toEqual(['title', 'search']);
});

const EMPTY: BuilderList = toRows(read('all'))[0]!;
