import { expect, test } from 'vitest';
import type { Fault, FaultCode } from './fault.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { berlin } from './testing/filter-examples.ts';

/** A query, what is wrong, the part of the query that is marked, and the query after the first fix. */
type Example = readonly [query: string, code: FaultCode, marked: string, fixed?: string];

const ERRORS: readonly Example[] = [
  ['', 'empty', ''],
  ['   ', 'empty', '   '],
  ['today p1', 'missing_operator', 'p1', 'today & p1'],
  ['today #Work & p1', 'missing_operator', '#Work', 'today & #Work & p1'],
  ['today !p1', 'missing_operator', '!p1', 'today & !p1'],
  ['(today) (p1)', 'missing_operator', '(', '(today) & (p1)'],
  ['milk', 'unknown_term', 'milk', 'search: "milk"'],
  ['buy milk & p1', 'unknown_term', 'buy milk', 'search: "buy milk" & p1'],
  ['overdu', 'unknown_term', 'overdu', 'overdue'],
  ['recuring & today', 'unknown_term', 'recuring', 'recurring & today'],
  ['waiting', 'unknown_term', 'waiting', '@waiting'],
  ['Home Improvements', 'unknown_term', 'Home Improvements', '#"Home Improvements"'],
  ['p5', 'unknown_term', 'p5', 'search: "p5"'],
  ['"milk"', 'bare_text', '"milk"', 'search: "milk"'],
  ['today &', 'expected_term', '&', 'today '],
  ['& today', 'expected_term', '&', ' today'],
  ['today && p1', 'expected_term', '&', 'today & p1'],
  ['today | | p1', 'expected_term', '|', 'today |  p1'],
  ['!', 'expected_term', '!', ''],
  ['today,', 'expected_term', ''],
  ['today, , p1', 'expected_term', ','],
  ['()', 'expected_term', '('],
  ['(today | p1', 'unclosed_parenthesis', '(', '(today | p1)'],
  ['today)', 'unopened_parenthesis', ')', 'today'],
  ['(today, p1) & #Work', 'comma_in_parentheses', ',', '(today | p1) & #Work'],
  ['"Now', 'unclosed_quote', '"Now', '"Now"'],
  ['#', 'expected_name', '#'],
  ['@ & p1', 'expected_name', '@'],
  ['date:', 'expected_value', 'date:'],
  ['date: soon', 'bad_value', 'soon'],
  ['deadline < 30m', 'bad_value', '30m'],
  ['priority: 5', 'bad_value', '5'],
  ['duration > long', 'bad_value', 'long'],
  ['search:', 'expected_value', 'search:'],
  ['added by: nobody', 'bad_value', 'nobody'],
  ['today sort:dat', 'bad_modifier', 'sort:dat', 'today sort:date'],
  ['today limit:0', 'bad_modifier', 'limit:0'],
  ['today group:', 'bad_modifier', 'group:'],
  ['today limit:5 limit:6', 'repeated_modifier', 'limit:6', 'today limit:5 '],
  ['today sort:date & p1', 'modifier_place', '& p1', 'today & p1 sort:date'],
  [`${'('.repeat(60)}p1${')'.repeat(60)}`, 'too_deep', `${'('.repeat(10)}p1${')'.repeat(60)}`],
  [`p1 | ${'p2 | '.repeat(400)}p3`, 'too_long', '2 | p2 | p3'.slice(-7)],
];

function applied(query: string, { fixes: [fix] }: Fault): string | undefined {
  return fix && query.slice(0, fix.start) + fix.text + query.slice(fix.end);
}

test.for(ERRORS)('%s: %s', ([query, code, marked, fixed]) => {
  const parsed = parseFilter(query, berlin);
  if (parsed.ok) throw new Error(`read as ${printFilter(parsed.filter, berlin, 'en')}`);
  const [error] = parsed.errors;
  expect({ code: error?.code, marked: query.slice(error?.start, error?.end) }).toEqual({ code, marked });
  expect(applied(query, error!)).toBe(fixed);
  expect(error?.message).toMatch(/^\S.*[.:a-z>|)0-9"]$/su);
});

test.each([
  ['#Hoem', 'project', '#Home'],
  ['##wrok & p1', 'project', '##Work & p1'],
  ['/meeting', 'section', '/Meetings'],
  ['@wating', 'label', '@waiting'],
  ['@two-words', 'label', '@"two words"'],
  ['assigned to: Anan', 'person', undefined],
  ['assigned to: Bne', 'person', 'assigned to: Ben'],
  ['#Elsewhere', 'project', undefined],
])('%s: an unknown %s matches nothing and is no error', (query, kind, fixed) => {
  const parsed = parseFilter(query, berlin);
  expect(parsed.ok).toBe(true);
  const [warning] = parsed.warnings;
  expect(warning?.code).toBe('unknown_name');
  expect(warning?.message).toContain(kind);
  expect(applied(query, warning!)).toBe(fixed);
});

test('several faults are told at once, in the order of the query', () => {
  const parsed = parseFilter('todya p1 & (date: never', berlin);
  expect(parsed.ok || parsed.errors.map(({ code }) => code)).toEqual([
    'unknown_term',
    'unclosed_parenthesis',
    'bad_value',
  ]);
});

test('one fix after the other leads to a query that is read', () => {
  let query = 'today p1 && (@wating | #hoem, overdu sort:dat';
  for (let round = 0; round < 10; round++) {
    const parsed = parseFilter(query, berlin);
    const fault = (parsed.ok ? parsed.warnings : parsed.errors)[0];
    if (!fault) break;
    query = applied(query, fault) ?? '';
  }
  expect(query).toBe('today & p1 & (@waiting | #Home | overdue) sort:date');
});

test('names keep what they stand for when things are renamed', () => {
  const parsed = parseFilter('#work & @waiting & /Backlog & assigned to: Ben', berlin);
  if (!parsed.ok) throw new Error('not read');
  const renamed = {
    ...berlin,
    projects: berlin.projects.map((each) => (each.name === 'Work' ? { ...each, name: 'Company & Co' } : each)),
    labels: berlin.labels.map((each) => (each.name === 'waiting' ? { ...each, name: 'on hold' } : each)),
    members: berlin.members.map((each) => (each.displayName === 'Ben' ? { ...each, displayName: 'Benjamin' } : each)),
  };
  expect(printFilter(parsed.filter, renamed, 'en')).toBe(
    '#"Company & Co" & @"on hold" & /Backlog & assigned to: Benjamin',
  );
});

test.each([
  ['50 conditions', Array<string>(50).fill('today').join(' | '), true],
  ['51 conditions', Array<string>(51).fill('today').join(' | '), false],
  ['10 lists', Array<string>(10).fill('today').join(', '), true],
  ['11 lists', Array<string>(11).fill('today').join(', '), false],
])('a query is bounded: %s', (_, query, isRead) => {
  const parsed = parseFilter(query, berlin);
  expect(parsed.ok).toBe(isRead);
  if (!parsed.ok) expect(parsed.errors).toMatchObject([{ code: 'too_long', start: 0, end: query.length }]);
});
