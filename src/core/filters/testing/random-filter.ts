import fc from 'fast-check';
import { testId } from '#core/testing/memory-store.ts';
import {
  type Comparison,
  DATE_FIELDS,
  type DateValue,
  type Expression,
  type Filter,
  FLAGS,
  GROUP_KEYS,
  type NameRef,
  NUMBER_FIELDS,
  type Pane,
  SORT_KEYS,
  type Term,
} from '#core/filters/filter.ts';
import { ANNA, BEN } from './filter-world.ts';

/** Any filter about the world of filter-world.ts, in the shape in which a query is read. */
export function randomFilter(): fc.Arbitrary<Filter> {
  return fc.array(randomPane(), { minLength: 1, maxLength: 3 }).map((panes) => ({ panes }));
}

export function randomPane(): fc.Arbitrary<Pane> {
  return fc.record({
    title: fc.option(fc.constantFrom('Now', 'Später', 'say "x"', 'a, b', 'back\\slash')),
    where: randomExpression(),
    sort: fc.uniqueArray(fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() }), {
      maxLength: 3,
      selector: ({ key }) => key,
    }),
    group: fc.option(fc.constantFrom(...GROUP_KEYS)),
    limit: fc.option(fc.constantFrom(1, 3, 10, 10_000)),
    with: fc.constantFrom([], [], ['subtasks'], ['parents'], ['subtasks', 'parents'] as const),
  });
}

export function randomExpression(): fc.Arbitrary<Expression> {
  return fc.letrec<{ expression: Expression; group: Expression; not: Expression }>((tie) => ({
    expression: fc.oneof({ maxDepth: 4, withCrossShrink: true }, randomTerm(), tie('group'), tie('not')),
    group: fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('expression'), { minLength: 2, maxLength: 4 }),
      )
      .map(([kind, of]) => ({ kind, of: of.flatMap((each) => (each.kind === kind ? each.of : [each])) })),
    not: tie('expression').map((of) => (of.kind === 'not' ? of : { kind: 'not' as const, of })),
  })).expression;
}

const bound = (name: string, ...ids: number[]): NameRef => ({ name, ids: ids.map(testId) });

const PROJECT_NAMES = [
  bound('Inbox', 11),
  bound('Home', 12),
  bound('Home Improvements', 13),
  bound('One & Two', 16),
  bound('Größe', 17),
  bound('Work', 15, 18),
  bound('Nowhere'),
];
const SECTION_NAMES = [bound('Meetings', 31, 33), bound('Backlog', 32), bound('Rooms (big)', 34), bound('None')];
const LABEL_NAMES = [
  bound('waiting', 41),
  bound('Errand', 42),
  bound('größe', 43),
  bound('a*b', 44),
  bound('two words', 45),
  bound('stranger'),
];
const PEOPLE = [
  { ids: [ANNA], name: 'Anna Lang' },
  { ids: [BEN], name: 'Ben' },
  { ids: [], name: 'Zoë' },
];

const pattern = fc
  .array(fc.constantFrom('', '', 'a', 'W', 'o', 'ö', 'e ', 'meet', '*', '%', '_'), { minLength: 2, maxLength: 3 })
  .map((parts): NameRef => ({ pattern: parts }));

function nameOf(names: readonly NameRef[]): fc.Arbitrary<NameRef> {
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...names) }, pattern);
}

export function randomTerm(): fc.Arbitrary<Term> {
  const project = fc.record({
    kind: fc.constant('project' as const),
    name: nameOf(PROJECT_NAMES),
    descendants: fc.boolean(),
  });
  const section = nameOf(SECTION_NAMES).map((name) => ({ kind: 'section', name }) as const);
  const label = nameOf(LABEL_NAMES).map((name) => ({ kind: 'label', name }) as const);
  const flag = fc.constantFrom(...FLAGS).map((name) => ({ kind: 'flag', flag: name }) as const);
  const text = fc
    .tuple(
      fc.constantFrom('search' as const, 'title' as const),
      fc.constantFrom('milk', 'STRASSE', 'Über', '%', 'a_b', '\\', 'étude', 'σίσυφος', 'i', 'x.ex', 'two words', '"'),
    )
    .map(([where, wanted]) => ({ kind: 'text', in: where, text: wanted }) as const);
  return fc.oneof(project, section, label, flag, text, randomPerson(), randomDate(), randomDate(), randomNumber());
}

function randomPerson(): fc.Arbitrary<Term> {
  const anyone = fc.oneof(fc.constantFrom('me' as const, 'others' as const), nameOf(PEOPLE));
  return fc
    .tuple(fc.constantFrom('assignee' as const, 'assigner' as const, 'creator' as const), anyone, fc.boolean())
    .map(([role, person, isNobody]) => ({
      kind: 'person',
      role,
      person: isNobody && role === 'assignee' ? 'nobody' : person,
    }));
}

const comparison = fc.constantFrom<Comparison[]>('eq', 'lt', 'le', 'gt', 'ge');

function randomNumber(): fc.Arbitrary<Term> {
  return fc
    .tuple(fc.constantFrom(...NUMBER_FIELDS), comparison, fc.constantFrom(0, 1, 2, 3, 4, 15, 60))
    .map(([field, op, value]) => ({
      kind: 'number',
      field,
      op,
      value: field === 'priority' ? (value % 4) + 1 : value,
    }));
}

export function randomDate(): fc.Arbitrary<Term> {
  return fc
    .tuple(fc.constantFrom(...DATE_FIELDS), comparison, randomDateValue())
    .map(([field, op, value]) => ({ kind: 'date', field, op, value }));
}

/** Only what can be written: a range of days begins or ends today. */
function randomDateValue(): fc.Arbitrary<DateValue> {
  const unit = fc.constantFrom('week' as const, 'month' as const, 'year' as const);
  const isNext = fc.boolean();
  const range = fc.constantFrom({ from: 0, to: 6 }, { from: 0, to: 1 }, { from: -6, to: 0 }, { from: -1, to: 0 });
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -12, max: 12 }).map((n) => ({ type: 'days' as const, from: n, to: n })) },
    range.map((days) => ({ type: 'days' as const, ...days })),
    fc.record({ type: fc.constant('weekday' as const), weekday: fc.integer({ min: 1, max: 7 }), isNext }),
    fc.record({ type: fc.constant('weekend' as const), isNext }),
    fc.record({
      type: fc.constant('period' as const),
      unit,
      offset: fc.constantFrom(-1 as const, 0 as const, 1 as const),
    }),
    fc.record({ type: fc.constant('end' as const), unit }),
    fc
      .constantFrom('2026-11-18', '2026-11-20', '2028-02-29', '0001-01-01', '9999-12-31')
      .map((date) => ({ type: 'day' as const, date })),
    fc
      .constantFrom([12, 24], [2, 29], [11, 18], [1, 1])
      .map(([month = 1, day = 1]) => ({ type: 'yearly' as const, month, day })),
    fc.integer({ min: 1, max: 12 }).map((month) => ({ type: 'month' as const, month })),
    fc.constantFrom(1, 9, 47, 53).map((week) => ({ type: 'week' as const, week })),
    fc.constantFrom(1, 3, 10).map((count) => ({ type: 'workdays' as const, count })),
    fc.constantFrom(-12, -1, 1, 3, 12).map((count) => ({ type: 'months' as const, count })),
    fc.constantFrom(-2880, -240, -15, 30, 240, 1440 * 3 + 1).map((count) => ({ type: 'minutes' as const, count })),
  );
}
