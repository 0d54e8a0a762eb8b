import type { Candidate } from './candidates.ts';
import { isLowerCase } from './date-phrases.ts';
import { find, type Line } from './line.ts';
import type { QuickAddOptions, Span, TokenKind } from './quick-add.ts';

export interface Judged {
  readonly candidate: Candidate;
  readonly isStrong: boolean;
}

const ABOUT_TIME: ReadonlySet<TokenKind> = new Set(['when', 'range', 'recur', 'duration', 'deadline', 'reminder']);

/** What the neighbours of the candidates decide: rules R2 to R5 and R11 of docs/quick-add.md. */
export function judge(line: Line, candidates: readonly Candidate[], options: QuickAddOptions): Judged[] {
  const dates = options.dates ?? 'auto';
  const accepted = new Set((options.accepted ?? []).map(spanKey));
  const judged: Judged[] = [];
  const context = new Neighbourhood(line, candidates);
  // From the end, because what follows decides.
  for (let i = candidates.length - 1; i >= 0; i--) {
    const candidate = candidates[i];
    if (!candidate || (dates === 'off' && ABOUT_TIME.has(candidate.meaning.kind))) continue;
    const verdict = accepted.has(spanKey(candidate)) ? 'strong' : context.verdictOn(i, candidate);
    if (verdict === 'none') continue;
    const isSuggestion = dates === 'suggest' && ABOUT_TIME.has(candidate.meaning.kind);
    const isStrong = verdict === 'strong' && (!isSuggestion || accepted.has(spanKey(candidate)));
    context.settle(candidate, isStrong);
    judged.push({ candidate, isStrong });
  }
  return withLastOfEach(judged);
}

function spanKey({ start, end }: Span): string {
  return `${start} ${end}`;
}

type Verdict = 'strong' | 'weak' | 'none';

class Neighbourhood {
  readonly #line: Line;
  readonly #candidates: readonly Candidate[];
  /** Words from here on belong to strong tokens. */
  #tail: number;
  /** Words up to here belong to tokens. */
  readonly #head: number;
  /** Where the nearest strong token to the right begins. */
  #strongAt = -1;

  constructor(line: Line, candidates: readonly Candidate[]) {
    this.#line = line;
    this.#candidates = candidates;
    this.#tail = line.words.length;
    let head = 0;
    for (const { first, next, doubt } of candidates) if (first === head && !doubt) head = next;
    this.#head = head;
  }

  settle(candidate: Candidate, isStrong: boolean): void {
    if (!isStrong) return;
    this.#strongAt = candidate.first;
    if (candidate.next === this.#tail) this.#tail = candidate.first;
  }

  verdictOn(i: number, candidate: Candidate): Verdict {
    const { meaning, doubt } = candidate;
    if ('id' in meaning && meaning.id === null) return 'weak';
    const verdict = doubt ? this.#verdictOnDoubt(i, candidate) : 'strong';
    if (this.#isTimeOfDeadline(i)) return 'weak';
    const isAboutDate = meaning.kind === 'when' || (meaning.kind === 'recur' && doubt === 'adverb');
    return verdict === 'strong' && isAboutDate && this.#isLedByDoubt(candidate) ? 'weak' : verdict;
  }

  /** "by friday 17:00": a deadline is a day, and its time is no plan for today. */
  #isTimeOfDeadline(i: number): boolean {
    const [previous, candidate] = [this.#candidates[i - 1], this.#candidates[i]];
    if (candidate?.meaning.kind !== 'when' || candidate.meaning.when.date !== null) return false;
    return previous?.meaning.kind === 'deadline' && previous.next === candidate.first;
  }

  #verdictOnDoubt(i: number, candidate: Candidate): Verdict {
    switch (candidate.doubt) {
      case 'adverb':
        return this.#isBeforePlainWord(candidate) ? 'weak' : 'strong';
      case 'abbreviation':
        if (this.#isBesideTime(i)) return 'strong';
        return this.#isAtEnd(candidate) && isLowerCase(this.#line, candidate.first) ? 'strong' : 'none';
      case 'name':
        return this.#isBesideTime(i) ? 'strong' : 'weak';
      case 'edge':
        return this.#isAtEdge(i, candidate) ? 'strong' : 'none';
      case 'amount':
        return this.#isAtEdge(i, candidate) ? 'strong' : 'weak';
      default:
        return 'strong';
    }
  }

  #isAtEdge(i: number, candidate: Candidate): boolean {
    return this.#isAtEnd(candidate) || candidate.first <= this.#head || isTime(this.#candidates[i + 1], candidate);
  }

  #isAtEnd({ next }: Candidate): boolean {
    return next === this.#tail;
  }

  #isBeforePlainWord({ next }: Candidate): boolean {
    const { words } = this.#line;
    return next < words.length && this.#strongAt !== next && words[next - 1]?.closing === '';
  }

  #isBesideTime(i: number): boolean {
    const candidate = this.#candidates[i];
    const previous = this.#candidates[i - 1];
    if (!candidate) return false;
    return isTime(this.#candidates[i + 1], candidate) || (previous?.next === candidate.first && hasTime(previous));
  }

  /** "with Friday", "up to Friday". */
  #isLedByDoubt({ first }: Candidate): boolean {
    const { words } = this.#line;
    if (words[first - 1]?.closing !== '') return false;
    return [1, 2].some((length) => first >= length && find(this.#line, first - length, 'doubtBefore')?.next === first);
  }
}

function isTime(next: Candidate | undefined, { next: from }: Candidate): boolean {
  return next?.first === from && hasTime(next);
}

function hasTime({ meaning }: Candidate): boolean {
  return meaning.kind === 'range' || (meaning.kind === 'when' && typeof meaning.when.time?.minutes === 'number');
}

/** What there can be only one of; a later token takes the place of an earlier one. */
function slotsOf({ meaning }: Candidate): string[] {
  switch (meaning.kind) {
    case 'when':
      return meaning.when.date === null ? ['time'] : ['date'];
    case 'range':
      return ['time'];
    case 'label':
    case 'reminder':
    case 'escape':
      return [];
    default:
      return [meaning.kind];
  }
}

/** From right to left in, from left to right out: the last token wins, earlier ones are suggestions. */
function withLastOfEach(judged: readonly Judged[]): Judged[] {
  const taken = new Set<string>();
  const kept = judged.map((each) => {
    if (!each.isStrong) return each;
    const slots = slotsOf(each.candidate);
    const isLate = slots.some((slot) => taken.has(slot));
    for (const slot of slots) taken.add(slot);
    const { meaning } = each.candidate;
    if (!isLate && meaning.kind === 'when' && meaning.when.time) taken.add('time');
    return isLate ? { ...each, isStrong: false } : each;
  });
  return kept.toReversed();
}
