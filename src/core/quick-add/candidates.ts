import { wallTimeAt } from '#core/dates/zone-clock.ts';
import { civilDateOf, dayNumberOf } from '#core/recurrence/wall-clock.ts';
import { type Day } from './calendar.ts';
import { type Amount, addAmount, type Doubt, findAmount, findDate, findSureDate } from './date-phrases.ts';
import { find, findNext, goesOn, type Line } from './line.ts';
import { canBeLabel, canBeProposed, findName, type Names } from './names.ts';
import type { Prefixes, Span, TokenKind } from './quick-add.ts';
import { findRepetition, type Repetition } from './recurrence-phrases.ts';
import {
  findDuration,
  findRange,
  findReminder,
  findTime,
  findTimeAfterDate,
  type TimeOfDay,
  type TimeRange,
} from './time-phrases.ts';

export interface When {
  readonly date: Day | null;
  readonly time: TimeOfDay | null;
  /** The date was said as "today". */
  readonly isToday?: boolean;
}

/** What each kind of token says. */
export type Meaning =
  | { readonly kind: 'when'; readonly when: When }
  | { readonly kind: 'range'; readonly range: TimeRange }
  | { readonly kind: 'recur'; readonly repetition: Repetition }
  | { readonly kind: 'duration'; readonly minutes: number }
  | { readonly kind: 'deadline'; readonly date: Day }
  | { readonly kind: 'reminder'; readonly before: number | { readonly minutes: number } }
  | { readonly kind: 'priority'; readonly priority: 1 | 2 | 3 | 4 }
  | { readonly kind: 'project'; readonly id: string | null; readonly name: string }
  | { readonly kind: 'section'; readonly id: string | null; readonly name: string }
  | { readonly kind: 'person'; readonly id: string | null; readonly name: string }
  | { readonly kind: 'label'; readonly name: string; readonly isNew: boolean }
  | { readonly kind: 'escape' };

/** Something that the grammar recognises; its neighbours may still decide against it. */
export interface Candidate extends Span {
  readonly meaning: Meaning;
  /** The words that it takes: from `first` up to, not including, `next`. */
  readonly first: number;
  readonly next: number;
  readonly doubt?: Doubt;
}

export interface Grammar {
  readonly line: Line;
  readonly names: Names;
  readonly prefixes: Prefixes;
  readonly off: ReadonlySet<TokenKind>;
  /** The project that the line names, or the one at hand: sections and people are looked for in it. */
  readonly projectId: string | null;
}

type Piece = {
  readonly next: number;
  readonly end: number;
  readonly meaning: Meaning;
  readonly doubt?: Doubt | undefined;
};

/** What begins at a word, if anything does. */
export function findCandidate(grammar: Grammar, at: number): Candidate | null {
  const { line, off } = grammar;
  const start = line.words[at]?.start;
  if (start === undefined || line.words[at]?.low === '') return null;
  for (const findPiece of FINDERS) {
    const piece = findPiece(grammar, at);
    if (!piece || off.has(piece.meaning.kind)) continue;
    const { next, end, meaning, doubt } = piece;
    return { start, end, first: at, next, meaning, ...(doubt && { doubt }) };
  }
  return null;
}

type Finder = (grammar: Grammar, at: number) => Piece | null;

const findSymbol: Finder = (grammar, at) => {
  const { line, prefixes } = grammar;
  const sign = line.text.charAt(line.words[at]?.start ?? 0);
  if (prefixes.label.includes(sign)) return findLabel(grammar, at);
  if (prefixes.project.includes(sign)) return findProject(grammar, at);
  if (prefixes.section.includes(sign)) return findPlace(grammar, at, 'section');
  if (prefixes.person.includes(sign)) return findPlace(grammar, at, 'person');
  return null;
};

function findLabel({ line, names }: Grammar, at: number): Piece | null {
  const found = findName(line, at, names.labels);
  if (!found) return null;
  const { text, value } = found.value;
  if (value === undefined && !canBeLabel(text)) return null;
  return { ...found, meaning: { kind: 'label', name: value ?? text, isNew: value === undefined } };
}

export function findProject({ line, names }: Pick<Grammar, 'line' | 'names'>, at: number): Piece | null {
  const found = findName(line, at, names.projects);
  if (!found) return null;
  const { text, value } = found.value;
  if (value === undefined && !canBeProposed(text)) return null;
  return { ...found, meaning: { kind: 'project', id: value ?? null, name: text } };
}

/** Sections can be proposed, people cannot: an account is nothing that a line creates. */
function findPlace({ line, names, projectId }: Grammar, at: number, kind: 'section' | 'person'): Piece | null {
  if (projectId === null) return null;
  const index = kind === 'section' ? names.sectionsOf(projectId) : names.membersOf(projectId);
  const found = findName(line, at, index);
  if (!found) return null;
  const { text, value } = found.value;
  if (value === undefined && (kind === 'person' || !canBeProposed(text))) return null;
  return { ...found, meaning: { kind, id: value ?? null, name: text } };
}

const findPriority: Finder = ({ line }, at) => {
  const word = line.words[at];
  if (!word) return null;
  const numbered = /^[!p]([1-4])$/u.exec(word.low);
  const priority = numbered ? Number(numbered[1]) : line.language.priorities.get(word.low);
  if (priority === undefined) return null;
  return { next: at + 1, end: word.end, meaning: { kind: 'priority', priority: priority as 1 | 2 | 3 | 4 } };
};

const findReminderPiece: Finder = ({ line }, at) => {
  const found = findReminder(line, at);
  return found && { next: found.next, end: found.end, meaning: { kind: 'reminder', before: found.value } };
};

const findRecurPiece: Finder = ({ line }, at) => {
  const found = findRepetition(line, at);
  if (!found) return null;
  const meaning = { kind: 'recur', repetition: found.value } as const;
  return { next: found.next, end: found.end, meaning, doubt: found.isAdverb ? 'adverb' : undefined };
};

/** "by friday", "{10 dec}". */
const findDeadline: Finder = ({ line }, at) => {
  const word = line.words[at];
  if (word?.low === '{') {
    const inner = findSureDate(line, at + 1);
    const close = inner && line.words[inner.next];
    if (!inner || close?.low !== '}' || line.words[inner.next - 1]?.closing !== '') return null;
    return { next: inner.next + 1, end: close.end, meaning: { kind: 'deadline', date: inner.value } };
  }
  const prefix = find(line, at, 'deadline');
  const date = prefix && findSureDate(line, prefix.next);
  return date && { next: date.next, end: date.end, meaning: { kind: 'deadline', date: date.value } };
};

const findDurationPiece: Finder = ({ line }, at) => {
  const found = findDuration(line, at);
  return found && { next: found.next, end: found.end, meaning: { kind: 'duration', minutes: found.value } };
};

const findRangePiece: Finder = ({ line }, at) => {
  const found = findRange(line, at, false);
  return found && { next: found.next, end: found.end, meaning: { kind: 'range', range: found.value } };
};

const findWhen: Finder = ({ line }, at) => findIn(line, at) ?? findDated(line, at) ?? findTimed(line, at);

function findDated(line: Line, at: number): Piece | null {
  const on = find(line, at, 'on');
  const date = (on && findSureDate(line, on.next)) ?? findDate(line, at);
  if (!date) return null;
  const { doubt, spoken } = date;
  const said = { date: date.value, isToday: spoken.type === 'days' && spoken.count === 0 };
  // A range behind a date is a token of its own.
  const time = findRange(line, date.next, true) ? null : findTimeAfterDate(line, date.next);
  if (!time) return { next: date.next, end: date.end, meaning: { kind: 'when', when: { ...said, time: null } }, doubt };
  return { next: time.next, end: time.end, meaning: { kind: 'when', when: { ...said, time: time.value } } };
}

function findTimed(line: Line, at: number): Piece | null {
  const time = findTime(line, at);
  if (!time) return null;
  const doubt = time.isBareWord ? 'adverb' : undefined;
  return { next: time.next, end: time.end, meaning: { kind: 'when', when: { date: null, time: time.value } }, doubt };
}

/** "in 10 days", "in 25 min", "in december". */
function findIn(line: Line, at: number): Piece | null {
  const prefix = find(line, at, 'in');
  if (!prefix || !goesOn(line, prefix.next)) return null;
  const amount = findAmount(line, prefix.next);
  if (amount) {
    const when = whenIn(line, amount.value);
    if (!when) return null;
    const time = when.time ? null : findTimeAfterDate(line, amount.next);
    const last = time ?? amount;
    return {
      next: last.next,
      end: last.end,
      meaning: { kind: 'when', when: time ? { ...when, time: time.value } : when },
    };
  }
  const month = findNext(line, prefix.next, 'month');
  if (!month) return null;
  return {
    next: month.next,
    end: month.end,
    meaning: { kind: 'when', when: { date: firstOf(line, month.value), time: null } },
  };
}

/** The next first day of that month. */
function firstOf({ today }: Line, month: number): Day {
  const { year } = civilDateOf(today);
  const day = dayNumberOf(year, month, 1);
  return day >= today ? day : dayNumberOf(year + 1, month, 1);
}

/** Minutes and hours pass as they do on a stopwatch, also when the clock changes. */
function whenIn(line: Line, amount: Amount): When | null {
  if (amount.unit !== 'minute' && amount.unit !== 'hour') {
    const date = addAmount(line.today, amount);
    return date === null ? null : { date, time: null };
  }
  const minutes = amount.count * (amount.unit === 'hour' ? 60 : 1);
  const then = wallTimeAt(line.now + minutes * 60_000, line.timeZone);
  return { date: then.day, time: { minutes: then.minutes, evening: false } };
}

/** In the order in which they are tried; a range begins with what would be a time. */
const FINDERS: readonly Finder[] = [
  findPriority,
  findReminderPiece,
  findSymbol,
  findRecurPiece,
  findDeadline,
  findDurationPiece,
  findRangePiece,
  findWhen,
];

/** Plain hours such as 15-16 are a range only here, right behind a date. */
export function findRangeAfterDate({ line, off }: Grammar, at: number): Candidate | null {
  if (off.has('range') || !goesOn(line, at)) return null;
  const found = findRange(line, at, true);
  const start = line.words[at]?.start;
  if (!found || start === undefined) return null;
  return { start, end: found.end, first: at, next: found.next, meaning: { kind: 'range', range: found.value } };
}
