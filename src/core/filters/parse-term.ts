import { dateOrderOf, languagesFor } from '#core/quick-add/languages/languages.ts';
import { cutLine, type Line } from '#core/quick-add/line.ts';
import { findLength } from '#core/quick-add/time-phrases.ts';
import { findDateValue, NO_CLOCK } from './date-values.ts';
import {
  type Comparison,
  DATE_FIELDS,
  type DateField,
  type Expression,
  type FlagTerm,
  foldCase,
  type NumberField,
  type PersonTerm,
  type Term,
} from './filter.ts';
import type { FilterNames } from './filter-context.ts';
import { endOfQuote, type FilterReader, quoted, unquoted } from './filter-reader.ts';
import {
  FIELD_WORDS,
  FLAG_WORDS,
  NO_PRIORITY_WORDS,
  OVERDUE_WORDS,
  PERSON_WORDS,
  phrasePattern,
  phraseTable,
  ROLE_WORDS,
  TEXT_WORDS,
} from './keywords.ts';
import { nearestOf } from './name-index.ts';
import { parseName } from './parse-name.ts';

export interface ParseContext extends FilterNames {
  /** BCP 47: whose words for dates are tried first. */
  readonly locale: string;
}

/** The term at this position; null and an error where there is none. Always goes on, but at the end. */
export function parseTerm(reader: FilterReader, context: ParseContext): Expression | null {
  reader.skipSpace();
  const start = reader.at;
  for (const parse of PARSERS) {
    const term = parse(reader, context);
    if (term === undefined) continue;
    if (term) reader.token(kindOf(term), start);
    else reader.token('unknown', start);
    return term;
  }
  return unknownTerm(reader, context);
}

function kindOf(term: Expression): Term['kind'] {
  return term.kind === 'not' ? kindOf(term.of) : (term.kind as Term['kind']);
}

/** Undefined: it is something else. Null: it is this, but wrong. */
type TermParser = (reader: FilterReader, context: ParseContext) => Expression | null | undefined;

const SIGN = /##|[#/@%]/uy;

const parseNamed: TermParser = (reader, context) => {
  const start = reader.at;
  const sign = reader.take(SIGN)?.[0];
  if (sign === undefined) return undefined;
  const kind = sign.startsWith('#') ? 'project' : sign === '/' ? 'section' : 'label';
  const name = parseName(reader, kind, start, context);
  if (!name) return null;
  return kind === 'project' ? { kind, name, descendants: sign === '##' } : { kind, name };
};

const PRIORITY = /(?:p|priority\s+)([1-4])(?![\p{L}\p{N}_])/iuy;
const NO_PRIORITY = NO_PRIORITY_WORDS.map(phrasePattern);

const parsePriority: TermParser = (reader) => {
  const level = reader.take(PRIORITY)?.[1] ?? (NO_PRIORITY.some((pattern) => reader.take(pattern)) ? '4' : undefined);
  return level === undefined ? undefined : { kind: 'number', field: 'priority', op: 'eq', value: Number(level) };
};

const ROLES = (Object.keys(ROLE_WORDS) as PersonTerm['role'][]).map(
  (role) =>
    [
      new RegExp(String.raw`${ROLE_WORDS[role].replace(' ', String.raw`\s+`)}(?:\s*:\s*|\s+)(?=\S)`, 'iuy'),
      role,
    ] as const,
);
const PERSONS = PERSON_WORDS.map((word) => [phrasePattern(word), word] as const);

const parsePerson: TermParser = (reader, context) => {
  const start = reader.at;
  const role = ROLES.find(([pattern]) => reader.take(pattern))?.[1];
  if (!role) return undefined;
  const nameStart = reader.at;
  const word = PERSONS.find(([pattern]) => reader.take(pattern))?.[1];
  if (word === 'nobody' && role !== 'assignee') {
    const message = 'Every task was added by somebody: "nobody" only goes with "assigned to:".';
    reader.error('bad_value', nameStart, reader.at, message);
    return null;
  }
  const person = word ?? parseName(reader, 'person', start, context);
  return person && { kind: 'person', role, person };
};

const TEXT = new RegExp(String.raw`(${TEXT_WORDS.join('|')})\s*:\s*`, 'iuy');

/** Quoted, or all words up to an operator. */
const parseText: TermParser = (reader) => {
  const start = reader.at;
  const where = reader.take(TEXT)?.[1]?.toLowerCase();
  if (where === undefined) return undefined;
  const end = reader.text.charAt(reader.at) === '"' ? endOfQuote(reader.text, reader.at) : null;
  const spelled = end === null ? reader.segment() : reader.text.slice(reader.at, end);
  const text = (
    end === null ? spelled.replaceAll(/\\([\s\S])/gu, '$1').replaceAll(/\s+/gu, ' ') : unquoted(spelled)
  ).trim();
  reader.at += spelled.length;
  if (text === '') {
    reader.error('expected_value', start, reader.at, `Say what to look for: ${where}: milk`);
    return null;
  }
  return { kind: 'text', in: where === 'title' ? 'title' : 'search', text };
};

type Field = DateField | NumberField;
const FIELDS = phraseTable(
  (Object.keys(FIELD_WORDS) as Field[]).flatMap((field) => FIELD_WORDS[field].map((word) => [word, field] as const)),
);
const COMPARISON = /(?:(before|after)\s*:|(!=|<=|>=|[:=<>]))\s*/iuy;
const OPS: Readonly<Record<string, Comparison>> = {
  before: 'lt',
  after: 'gt',
  ':': 'eq',
  '=': 'eq',
  '!=': 'eq',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

const parseComparison: TermParser = (reader, context) => {
  const start = reader.at;
  const field = FIELDS.find(([pattern]) => reader.take(pattern))?.[1];
  if (!field) return undefined;
  const sign = reader.take(COMPARISON);
  if (!sign) {
    reader.at = start;
    return undefined;
  }
  const spelled = (sign[1] ?? sign[2] ?? ':').toLowerCase();
  const op = OPS[spelled] ?? 'eq';
  const term = isDateField(field) ? dateTerm(reader, field, op, context) : numberTerm(reader, field, op, context);
  if (!term) badValue(reader, start, field);
  return term && spelled === '!=' ? { kind: 'not', of: term } : term;
};

function isDateField(field: Field): field is DateField {
  return (DATE_FIELDS as readonly string[]).includes(field);
}

function dateTerm(reader: FilterReader, field: DateField, op: Comparison, { locale }: ParseContext): Term | null {
  const found = findDateValue(reader.segment(), locale, false);
  if (!found) return null;
  reader.at += found.length;
  return { kind: 'date', field, op, value: found.value };
}

const PRIORITY_VALUE = /[p!]?([1-4])(?![\p{L}\p{N}_])/iuy;
const COUNT = /(\d{1,6})(?![\p{L}\p{N}_])/uy;

function numberTerm(reader: FilterReader, field: NumberField, op: Comparison, { locale }: ParseContext): Term | null {
  const length = field === 'duration' ? findMinutes(reader.segment(), locale) : null;
  if (length) {
    reader.at += length.end;
    return { kind: 'number', field, op, value: length.value };
  }
  const value = reader.take(field === 'priority' ? PRIORITY_VALUE : COUNT)?.[1];
  return value === undefined ? null : { kind: 'number', field, op, value: Number(value) };
}

function findMinutes(text: string, locale: string): { value: number; end: number } | null {
  for (const language of languagesFor(locale)) {
    const clock = { ...NO_CLOCK, today: 0, order: dateOrderOf(locale) };
    const line: Line = { ...clock, ...cutLine(text, ''), text, language };
    const found = findLength(line, 0);
    if (found) return found;
  }
  return null;
}

const VALUE_EXAMPLES: Readonly<Record<Field, string>> = {
  date: 'date: tomorrow',
  deadline: 'deadline < today',
  due: 'due before: saturday',
  created: 'created < -365 days',
  updated: 'updated > -7 days',
  completed: 'completed: today',
  priority: 'priority: p1',
  duration: 'duration <= 30m',
  subtasks: 'subtasks > 3',
  comments: 'comments > 0',
};

function badValue(reader: FilterReader, start: number, field: Field): void {
  const value = reader.segment();
  const [from, to] = [reader.at, reader.at + value.length];
  reader.at = to;
  const example = VALUE_EXAMPLES[field];
  if (value === '') reader.error('expected_value', start, reader.at, `A value is missing here, as in "${example}".`);
  else reader.error('bad_value', from, to, `"${value}" is no value for ${field}; write for example "${example}".`);
}

const OVERDUE = OVERDUE_WORDS.map(phrasePattern);
const TODAY = { type: 'days', from: 0, to: 0 } as const;
const FLAG_TABLE = phraseTable(
  (Object.keys(FLAG_WORDS) as FlagTerm['flag'][]).flatMap((flag) =>
    FLAG_WORDS[flag].map((word) => [word, flag] as const),
  ),
);

const parseFlag: TermParser = (reader) => {
  if (OVERDUE.some((pattern) => reader.take(pattern))) return { kind: 'date', field: 'due', op: 'lt', value: TODAY };
  const flag = FLAG_TABLE.find(([pattern]) => reader.take(pattern))?.[1];
  return flag && { kind: 'flag', flag };
};

const parseDay: TermParser = (reader, { locale }) => {
  const found = findDateValue(reader.segment(), locale, true);
  if (!found) return undefined;
  reader.at += found.length;
  return { kind: 'date', field: 'due', op: 'eq', value: found.value };
};

const PARSERS: readonly TermParser[] = [
  parseNamed,
  parsePriority,
  parsePerson,
  parseText,
  parseComparison,
  parseFlag,
  parseDay,
];

const KEYWORDS = [
  ...Object.values(FLAG_WORDS).flat(),
  ...OVERDUE_WORDS,
  ...NO_PRIORITY_WORDS,
  'today',
  'tomorrow',
  'yesterday',
];

/** Words that mean nothing: the nearest that do are offered, or to look for them. */
function unknownTerm(reader: FilterReader, { projects, labels }: ParseContext): null {
  const start = reader.at;
  const word = reader.segment();
  reader.at += Math.max(word.length, 1);
  const span = { start, end: reader.at };
  reader.token('unknown', start);
  const isQuoted = word.startsWith('"') && endOfQuote(word, 0) === word.length;
  const text = isQuoted ? unquoted(word) : word;
  const search = { ...span, label: `Search for ${quoted(text)}`, text: `search: ${quoted(text)}` };
  if (isQuoted) {
    reader.error(
      'bare_text',
      start,
      reader.at,
      'Text alone is no filter: say where to look for it.',
      text === '' ? [] : [search],
    );
    return null;
  }
  const keyword = nearestOf(word, KEYWORDS);
  const fixes = keyword === null ? [] : [{ ...span, label: `Use "${keyword}"`, text: keyword }];
  for (const [sign, rows] of [
    ['#', projects],
    ['@', labels],
  ] as const) {
    const row = rows.find(({ name }) => foldCase(name) === foldCase(word));
    if (row)
      fixes.push({ ...span, label: `Use ${sign}${word}`, text: `${sign}${/\s/u.test(word) ? quoted(word) : word}` });
  }
  reader.error('unknown_term', start, reader.at, `"${word}" is not known to filters.`, [...fixes, search]);
  return null;
}
