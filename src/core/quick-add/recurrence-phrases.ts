import { TIMES_PER_DAY_MAX } from '#core/recurrence/parse-rule.ts';
import { type Day } from './calendar.ts';
import { type Amount, addAmount, findAmount, findSureDate } from './date-phrases.ts';
import { ADVERBS } from './languages/language.ts';
import { find, findNext, type Found, goesOn, type Line } from './line.ts';
import type { Rule } from './recurrence-rule.ts';
import { findSpec, ruleOfAmount } from './recurrence-specs.ts';
import { findClockTime, findTimeAfterDate, type TimeOfDay } from './time-phrases.ts';

export interface Repetition {
  readonly rule: Rule;
  readonly anchor: 'schedule' | 'completion';
  readonly time: TimeOfDay | null;
  readonly start: Day | null;
  /** Counts from the first occurrence. */
  readonly runsFor: Amount | null;
}

export interface RepetitionFound extends Found<Repetition> {
  /** An adverb such as "monthly": only a suggestion when a plain word follows. */
  readonly isAdverb: boolean;
}

/** "every 3 days", "every! fri 16:00", "after 2 weeks", "monthly". */
export function findRepetition(line: Line, at: number): RepetitionFound | null {
  const adverb = find(line, at, 'adverb');
  const named = adverb && ADVERBS[adverb.value];
  if (named) {
    const begun = {
      value: aRepetition({ freq: named.freq, interval: named.interval }, 'schedule'),
      next: adverb.next,
      end: adverb.end,
    };
    const found = withTail(line, withTimes(line, begun));
    return { ...found, isAdverb: found.next === adverb.next };
  }
  const spec = findEvery(line, at) ?? findAfterCompletion(line, at);
  if (!spec) return null;
  return { ...withTail(line, spec.value.time ? spec : withTimes(line, spec)), isAdverb: false };
}

function aRepetition(rule: Rule, anchor: Repetition['anchor'], time: TimeOfDay | null = null): Repetition {
  return { rule, anchor, time, start: null, runsFor: null };
}

function findEvery(line: Line, at: number): Found<Repetition> | null {
  const every = find(line, at, 'every');
  const closing = line.words[(every?.next ?? 0) - 1]?.closing;
  if (!every || (closing !== '' && closing !== '!')) return null;
  const spec = findSpec(line, every.next);
  return (
    spec && {
      ...spec,
      value: aRepetition(spec.value.rule, closing === '!' ? 'completion' : 'schedule', spec.value.time),
    }
  );
}

/** Only with an amount: "after lunch" and "after friday" are no recurrences. */
function findAfterCompletion(line: Line, at: number): Found<Repetition> | null {
  const after = find(line, at, 'afterCompletion');
  const amount = after && goesOn(line, after.next) ? findAmount(line, after.next) : null;
  const rule = amount && ruleOfAmount(amount.value);
  return rule ? { ...amount, value: aRepetition(rule, 'completion') } : null;
}

/** "at 9:00, 18:00", "16:00", "morning", "evening". */
function withTimes(line: Line, found: Found<Repetition>): Found<Repetition> {
  const first = findTimeAfterDate(line, found.next);
  if (!first) return found;
  const { rule } = found.value;
  const begun = { value: { ...found.value, time: first.value }, next: first.next, end: first.end };
  if (first.value.minutes === null) return begun;
  const minutes = [first.value.minutes];
  let last: Found<unknown> = first;
  for (let more = findListed(line, last.next); more; more = findListed(line, last.next)) {
    minutes.push(more.value);
    last = more;
  }
  const timed = minutes.length > 1 ? severalTimes(rule, minutes) : rule;
  if (!timed) return begun;
  const time = { minutes: Math.min(...minutes), evening: false };
  return { value: { ...found.value, rule: timed, time }, next: last.next, end: last.end };
}

/** A further time behind a comma or "and". */
function findListed(line: Line, at: number): Found<number> | null {
  const and = findNext(line, at, 'and');
  if (!and && line.words[at - 1]?.closing !== ',') return null;
  const from = and?.next ?? at;
  return from < line.words.length ? findClockTime(line, from) : null;
}

/**
 * Hours and minutes of a rule multiply: at 9:00 and 18:30 the rule also has 9:30 and 18:00, of which BYSETPOS takes
 * the wanted ones, within each day of a daily rule.
 */
function severalTimes(rule: Rule, times: readonly number[]): Rule | null {
  const wanted = [...new Set(times)].toSorted((a, b) => a - b);
  const byHour = [...new Set(wanted.map((time) => Math.floor(time / 60)))];
  const byMinute = [...new Set(wanted.map((time) => time % 60))].toSorted((a, b) => a - b);
  const all = byHour.flatMap((hour) => byMinute.map((minute) => hour * 60 + minute));
  if (all.length > TIMES_PER_DAY_MAX || (rule.bySetPos && wanted.length > 1)) return null;
  if (all.length === wanted.length) return { ...rule, byHour, byMinute };
  const isDaily = rule.freq === 'DAILY' || (rule.freq === 'WEEKLY' && rule.interval === 1 && rule.byDay !== undefined);
  if (!isDaily) return null;
  const bySetPos = wanted.map((time) => all.indexOf(time) + 1);
  return { ...rule, freq: 'DAILY', byHour, byMinute, bySetPos };
}

/** "starting 1 dec", "until 2026-12-31", "for 3 weeks", "10 times", in any order. */
function withTail(line: Line, found: Found<Repetition>): Found<Repetition> {
  let all = found;
  for (let next = findTail(line, all); next; next = findTail(line, all)) all = next;
  return all;
}

function findTail(line: Line, { value, next: at }: Found<Repetition>): Found<Repetition> | null {
  if (!goesOn(line, at)) return null;
  const starting = value.start === null ? find(line, at, 'starting') : null;
  const start = starting && findSureDate(line, starting.next);
  if (start) return { ...start, value: { ...value, start: start.value } };
  const { rule } = value;
  if (rule.until !== undefined || rule.count !== undefined || value.runsFor) return null;
  const until = find(line, at, 'until');
  const last = until && findSureDate(line, until.next);
  if (last && last.value >= line.today) return { ...last, value: { ...value, rule: { ...rule, until: last.value } } };
  const running = find(line, at, 'for');
  const amount = running && goesOn(line, running.next) ? findAmount(line, running.next) : null;
  if (amount && ruleOfAmount(amount.value) && addAmount(line.today, amount.value) !== null) {
    return { ...amount, value: { ...value, runsFor: amount.value } };
  }
  return findCount(line, at, value);
}

function findCount(line: Line, at: number, value: Repetition): Found<Repetition> | null {
  const word = line.words[at];
  const count = /^\d{1,4}$/u.test(word?.low ?? '') ? Number(word?.low) : (find(line, at, 'number')?.value ?? 0);
  const times = count >= 1 ? findNext(line, at + 1, 'times') : null;
  return times && { ...times, value: { ...value, rule: { ...value.rule, count } } };
}
