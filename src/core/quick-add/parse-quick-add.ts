import { personalDayAt } from '#core/dates/personal-day.ts';
import { wallTimeAt } from '#core/dates/zone-clock.ts';
import type { Candidate } from './candidates.ts';
import { type Filled, fieldsOf } from './fields.ts';
import { dateOrderOf, languageOf } from './languages/languages.ts';
import { cutLine, type Line } from './line.ts';
import { namesOf } from './names.ts';
import {
  PREFIXES,
  type QuickAddContext,
  type QuickAddFields,
  type QuickAddOptions,
  type QuickAddResult,
  type Token,
} from './quick-add.ts';
import { findCandidates, namedProject } from './scan.ts';
import { type Judged, judge } from './strengths.ts';
import { titleOf } from './title.ts';

const EMPTY_FIELDS: QuickAddFields = {
  title: '',
  description: '',
  date: null,
  time: null,
  endTime: null,
  evening: false,
  deadline: null,
  duration: null,
  recurrence: null,
  reminders: [],
  priority: null,
  labels: [],
  projectId: null,
  sectionId: null,
  assigneeId: null,
};

/**
 * Reads a line as docs/quick-add.md describes. It never fails: what is not understood is the title. Without a project
 * in the line `projectId` is null, and the task goes where the context says.
 */
export function parseQuickAdd(text: string, context: QuickAddContext, options: QuickAddOptions = {}): QuickAddResult {
  if (options.plain) return { fields: { ...EMPTY_FIELDS, title: text.replaceAll(/\s+/gu, ' ').trim() }, tokens: [] };
  const prefixes = options.prefixes ?? PREFIXES.tend;
  const line = lineOf(text, context, Object.values(prefixes).join(''), options.words);
  const names = namesOf(context);
  const suppressed = options.suppressed ?? [];
  const off = new Set(options.off);
  const named = off.has('project') ? null : namedProject(line, names, prefixes, suppressed);
  const grammar = { line, names, prefixes, off, projectId: named ?? context.projectId };
  const judged = judge(line, findCandidates(grammar, suppressed), options);
  const { strong, weak, filled } = applied(line, judged);
  const tokens = [
    ...strong.map((each) => tokenOf(each, true, filled)),
    ...(options.suggestions === false ? [] : weak.map((each) => tokenOf(each, false, filled))),
  ];
  if (line.description)
    tokens.push({ start: line.description.start, end: text.length, kind: 'description', strength: 'strong' });
  tokens.sort((a, b) => a.start - b.start);
  const cut = withLeadingPunctuation(line, tokens);
  const title = titleOf(
    line,
    cut.filter(({ strength }) => strength === 'strong'),
  );
  return { fields: { title, description: line.description?.text ?? '', ...filled.content }, tokens: cut };
}

/** "Tomorrow: call Ben" begins with a token and its colon; no title begins with one. */
function withLeadingPunctuation({ text, end: lineEnd }: Line, tokens: readonly Token[]): Token[] {
  let lead = 0;
  return tokens.map((token) => {
    const isLeading = lead >= 0 && token.strength === 'strong' && token.kind !== 'escape' && token.end < lineEnd;
    if (!isLeading || text.slice(lead, token.start).trim() !== '') {
      lead = -1;
      return token;
    }
    const isFollowed = /^[,;:](?:\s|$)/u.test(text.slice(token.end, token.end + 2));
    const end = isFollowed ? token.end + 1 : token.end;
    lead = end;
    return { ...token, end };
  });
}

function lineOf(text: string, context: QuickAddContext, sigils: string, words = context.locale): Line {
  const { now, timeZone, locale, weekStart, dayStart } = context;
  return {
    text,
    ...cutLine(text, sigils),
    language: languageOf(words),
    today: personalDayAt(now, context),
    clock: wallTimeAt(now, timeZone),
    now,
    timeZone,
    weekStart,
    dayStart,
    order: dateOrderOf(locale),
  };
}

interface Applied {
  readonly strong: readonly Candidate[];
  readonly weak: readonly Candidate[];
  readonly filled: Filled;
}

/** A recurrence that has no occurrence is not applied. */
function applied(line: Line, judged: readonly Judged[]): Applied {
  const strong = judged.filter((each) => each.isStrong).map(({ candidate }) => candidate);
  const weak = judged.filter((each) => !each.isStrong).map(({ candidate }) => candidate);
  const filled = fieldsOf(line, strong);
  if (filled) return { strong, weak, filled };
  const others = strong.filter(({ meaning }) => meaning.kind !== 'recur');
  const { content, note } = fieldsOf(line, others) ?? { content: EMPTY_FIELDS, note: undefined };
  return {
    strong: others,
    weak: [...weak, ...strong.filter(({ meaning }) => meaning.kind === 'recur')],
    filled: { content, note },
  };
}

function tokenOf({ start, end, meaning }: Candidate, isStrong: boolean, { note }: Filled): Token {
  const isTimed =
    meaning.kind === 'range' || meaning.kind === 'recur' || (meaning.kind === 'when' && meaning.when.time);
  const creates = createdBy(meaning);
  const isTimeOnly = meaning.kind === 'range' || (meaning.kind === 'when' && meaning.when.date === null);
  return {
    start,
    end,
    kind: meaning.kind,
    strength: isStrong ? 'strong' : 'weak',
    ...(isTimeOnly && { timeOnly: true }),
    ...(isStrong && note && isTimed && { note }),
    ...(creates !== undefined && { creates }),
  };
}

function createdBy(meaning: Candidate['meaning']): string | undefined {
  if (meaning.kind === 'label') return meaning.isNew ? meaning.name : undefined;
  return 'id' in meaning && meaning.id === null ? meaning.name : undefined;
}
