import { type Candidate, findCandidate, findProject, findRangeAfterDate, type Grammar } from './candidates.ts';
import { behindSymbol, type Line } from './line.ts';
import type { Names } from './names.ts';
import type { Prefixes, Span } from './quick-add.ts';

/** All candidates from left to right; none shares a character with another or with what was turned back into text. */
export function findCandidates(grammar: Grammar, suppressed: readonly Span[]): Candidate[] {
  const { line } = grammar;
  const found: Candidate[] = [];
  for (let at = 0; at < line.words.length; ) {
    const candidate = findEscape(grammar, at) ?? nextCandidate(grammar, at, found.at(-1));
    if (candidate && !suppressed.some((span) => overlaps(span, candidate))) {
      found.push(candidate);
      at = candidate.next;
    } else {
      at++;
    }
  }
  return found;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function nextCandidate(grammar: Grammar, at: number, previous: Candidate | undefined): Candidate | null {
  const isAfterDate =
    previous?.next === at &&
    previous.meaning.kind === 'when' &&
    previous.meaning.when.date !== null &&
    previous.meaning.when.time === null;
  return (isAfterDate ? findRangeAfterDate(grammar, at) : null) ?? findCandidate(grammar, at);
}

/** A backslash before a word keeps the word, and the token that would begin with it, as text. */
function findEscape(grammar: Grammar, at: number): Candidate | null {
  const { line } = grammar;
  const word = line.words[at];
  if (!word || line.text.charAt(word.start) !== '\\' || word.rawEnd === word.start + 1) return null;
  const escaped = findCandidate({ ...grammar, line: behindSymbol(line, at) }, 0);
  const meaning = { kind: 'escape' } as const;
  return { start: word.start, end: word.start + 1, first: at, next: at + (escaped?.next ?? 1), meaning };
}

/** The project that the line names: the last one that exists. */
export function namedProject(
  line: Line,
  names: Names,
  { project }: Prefixes,
  suppressed: readonly Span[],
): string | null {
  let found: string | null = null;
  for (let at = 0; at < line.words.length; at++) {
    const word = line.words[at];
    if (!word || project === '' || !project.includes(line.text.charAt(word.start))) continue;
    const piece = findProject({ line, names }, at);
    if (piece?.meaning.kind !== 'project' || piece.meaning.id === null) continue;
    if (!suppressed.some((span) => overlaps(span, { start: word.start, end: piece.end }))) found = piece.meaning.id;
  }
  return found;
}
