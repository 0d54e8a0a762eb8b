import { datePrinterFor, printDateValue } from './date-printer.ts';
import {
  type DateTerm,
  type Expression,
  type Filter,
  foldCase,
  type NameRef,
  type NumberTerm,
  type Pane,
  type PersonTerm,
  type Term,
} from './filter.ts';
import type { FilterNames } from './filter-context.ts';
import { quoted } from './filter-reader.ts';
import { FIELD_WORDS, FLAG_WORDS, OVERDUE_WORDS, ROLE_WORDS } from './keywords.ts';
import { DURATION_MAX } from '#core/quick-add/time-phrases.ts';
import { indexFor, type NameKind } from './name-index.ts';
import { spelledBound, spelledName, spelledPattern } from './parse-name.ts';

/** How a filter is written: for people with the names of today, or to be kept with ids, whatever the names become. */
export type Spelling =
  | { readonly form: 'shown'; readonly names: FilterNames; readonly locale: string }
  | { readonly form: 'stored' };

const STORED: Spelling = { form: 'stored' };

/** The canonical text. Read again with the same names it is the same filter. */
export function printFilter(filter: Filter, names: FilterNames, locale: string): string {
  return print(filter, { form: 'shown', names, locale });
}

/** The text in which filters are kept: `#{id|Work}`. It reads as any query does, in every language. */
export function storeFilter(filter: Filter): string {
  return print(filter, STORED);
}

function print({ panes }: Filter, spelling: Spelling): string {
  return panes.map((pane) => printPane(pane, spelling)).join(', ');
}

function printPane({ title, where, sort, group, limit, with: relatives }: Pane, spelling: Spelling): string {
  const parts = [
    ...(title === null ? [] : [`${quoted(title)} =`]),
    printExpression(where, spelling),
    ...sort.map(({ key, descending }) => `sort:${key}${descending ? '-' : ''}`),
    ...(group === null ? [] : [`group:${group}`]),
    ...(limit === null ? [] : [`limit:${limit}`]),
    ...relatives.map((each) => `with:${each}`),
  ];
  return parts.join(' ');
}

/** One expression in canonical form, as `printFilter` writes it. */
export function printExpression(expression: Expression, spelling: Spelling): string {
  switch (expression.kind) {
    case 'or':
      return expression.of.map((each) => printExpression(each, spelling)).join(' | ');
    case 'and':
      return expression.of.map((each) => enclosed(each, each.kind === 'or', spelling)).join(' & ');
    case 'not':
      return printNot(expression.of, spelling);
    default:
      return printTerm(expression, spelling, '');
  }
}

function enclosed(expression: Expression, isLoose: boolean, spelling: Spelling): string {
  const text = printExpression(expression, spelling);
  return isLoose ? `(${text})` : text;
}

function printNot(of: Expression, spelling: Spelling): string {
  if (of.kind === 'and' || of.kind === 'or') return `!${enclosed(of, true, spelling)}`;
  return of.kind === 'not' ? `!${printNot(of.of, spelling)}` : printTerm(of, spelling, '!');
}

/** `not`: the sign of negation, which comparisons write between field and value. */
function printTerm(term: Term, spelling: Spelling, not: '' | '!'): string {
  switch (term.kind) {
    case 'project':
      return `${not}${term.descendants ? '##' : '#'}${printName('project', term.name, spelling)}`;
    case 'section':
      return `${not}/${printName('section', term.name, spelling)}`;
    case 'label':
      return `${not}@${printName('label', term.name, spelling)}`;
    case 'person':
      return `${not}${ROLE_WORDS[term.role]}: ${printPerson(term.person, spelling)}`;
    case 'date':
      return printDate(term, spelling, not);
    case 'number':
      return printNumber(term, not);
    case 'flag':
      return `${not}${FLAG_WORDS[term.flag][0] ?? ''}`;
    case 'text':
      return `${not}${term.in}: ${spelledName(term.text)}`;
  }
}

const SIGNS = { eq: ':', lt: ' <', le: ' <=', gt: ' >', ge: ' >=' } as const;

function compared(
  field: DateTerm['field'] | NumberTerm['field'],
  op: DateTerm['op'],
  not: '' | '!',
  value: string,
): string {
  const name = FIELD_WORDS[field][0] ?? field;
  return op === 'eq' && not ? `${name} != ${value}` : `${not}${name}${SIGNS[op]} ${value}`;
}

function printDate({ field, op, value }: DateTerm, spelling: Spelling, not: '' | '!'): string {
  const printer = datePrinterFor(spelling.form === 'shown' ? spelling.locale : 'en');
  const isToday = value.type === 'days' && value.from === 0 && value.to === 0;
  if (field === 'due' && op === 'lt' && isToday) return `${not}${OVERDUE_WORDS[0]}`;
  const bare = field === 'due' && op === 'eq' ? printDateValue(value, printer, true) : null;
  if (bare !== null) return `${not}${bare}`;
  return compared(field, op, not, printDateValue(value, printer, false) ?? printer.today);
}

function printNumber({ field, op, value }: NumberTerm, not: '' | '!'): string {
  if (field === 'priority' && op === 'eq') return `${not}p${value}`;
  const isMinutes = field === 'duration' && value >= 1 && value <= DURATION_MAX;
  return compared(field, op, not, field === 'priority' ? `p${value}` : isMinutes ? `${value}m` : String(value));
}

function printPerson(person: PersonTerm['person'], spelling: Spelling): string {
  return typeof person === 'string' ? person : printName('person', person, spelling);
}

/**
 * A name that others have, too, cannot stand for the one that is meant, nor one that this device does not know (yet):
 * then the ids are shown. Of several, those that are gone are left out.
 */
function printName(kind: NameKind, name: NameRef, spelling: Spelling): string {
  if ('pattern' in name) return spelledPattern(name.pattern);
  if (name.ids.length === 0) return spelledName(name.name);
  if (spelling.form === 'stored') return spelledBound(name);
  const { idsByName, nameById } = indexFor(kind, spelling.names);
  const ids = name.ids.filter((id) => nameById.has(id));
  const current = nameById.get(ids[0] ?? '');
  if (current === undefined) return spelledBound(name);
  const meant = idsByName.get(foldCase(current)) ?? [];
  const isExact = meant.length === ids.length && ids.every((id) => meant.includes(id));
  return isExact ? spelledName(current) : spelledBound({ ids, name: current });
}
