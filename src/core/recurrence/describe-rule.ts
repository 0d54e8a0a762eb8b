import type { Recurrence } from '#core/tasks/task.ts';
import { parseRule } from './parse-rule.ts';
import { ENGLISH, GERMAN, type RuleWords } from './rule-words.ts';
import { hasTimes, type Rule } from './rule.ts';
import { dayOfMoment } from './series.ts';
import { minutesOfDay, placesOf } from './times-of-day.ts';
import { MINUTES_PER_DAY } from './wall-clock.ts';

/**
 * A rule as a sentence, `Every 2 weeks on Monday, until 31 March 2027`, in German where the locale is German and else in
 * English. Throws `validation_failed` for a rule that cannot be read.
 */
export function describeRule(rule: string, locale: string, anchor: Recurrence['anchor'] = 'schedule'): string {
  const german = /^de\b/i.test(locale);
  const speech = new Speech(german ? GERMAN : ENGLISH, german || /^en\b/i.test(locale) ? locale : 'en-GB');
  const parsed = parseRule(rule);
  return speech.describe(anchor === 'schedule' ? simplified(parsed) : parsed, anchor);
}

/** Says rarer spellings as the usual one of the same meaning. */
function simplified(rule: Rule): Rule {
  if (rule.freq !== 'DAILY' || rule.interval > 1) return rule;
  if (rule.byMonthDay.length > 0) return { ...rule, freq: 'MONTHLY', bySetPos: [] };
  return rule.byDay.length > 0 ? { ...rule, freq: 'WEEKLY', bySetPos: [] } : rule;
}

const WORKDAYS = '0,1,2,3,4';
const WEEKEND = '5,6';
const WHOLE_WEEK = '0,1,2,3,4,5,6';
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4;

class Speech {
  readonly #words: RuleWords;
  readonly #locale: string;

  constructor(words: RuleWords, locale: string) {
    this.#words = words;
    this.#locale = locale;
  }

  describe(rule: Rule, anchor: Recurrence['anchor']): string {
    const words = this.#words;
    const completion = anchor === 'schedule' ? '' : words.afterCompletion;
    const [every, rest] = anchor === 'completion-weekday' ? this.#snapped(rule) : this.#days(rule, completion !== '');
    const times = hasTimes(rule) ? words.at(this.#list(this.#times(rule))) : '';
    const end = rule.count !== null ? words.times(rule.count) : rule.until ? words.until(this.#date(rule)) : '';
    return (
      [every, completion, rest, times]
        .filter((part) => part !== '')
        .join(' ')
        .replaceAll(' ,', ',') + end
    );
  }

  #snapped(rule: Rule): [every: string, rest: string] {
    const words = this.#words;
    const on = rule.byDay.length > 0 ? words.onWeekdays(this.#weekdays(rule, 'or')) : '';
    return [words.about(words.every(rule.freq, rule.interval)), on];
  }

  /** The interval, and the days in it. */
  #days(rule: Rule, counted: boolean): [every: string, rest: string] {
    const words = this.#words;
    const every = words.every(rule.freq, rule.interval);
    const months = rule.byMonth.length > 0 ? words.inMonths(this.#months(rule)) : '';
    const picked = this.#positions(rule);
    if (rule.freq === 'DAILY') {
      return [every, join(months, rule.byDay.length > 0 ? words.ifItIs(this.#weekdays(rule, 'or'), false) : '')];
    }
    if (rule.freq === 'WEEKLY') {
      if (rule.byDay.length === 0) return [every, join(months, picked)];
      const plain = rule.interval === 1 && !counted;
      const on = words.onWeekdays(this.#weekdays(rule));
      return plain ? [this.#everyWeekday(rule), join(months, picked)] : [every, join(on, months, picked)];
    }
    return [every, this.#daysOfMonth(rule, months, picked)];
  }

  #everyWeekday(rule: Rule): string {
    const set = weekdaySet(rule);
    if (set === WORKDAYS) return this.#words.everyWorkday;
    return set === WEEKEND ? this.#words.everyWeekend : this.#words.everyWeekday(this.#weekdays(rule));
  }

  #daysOfMonth(rule: Rule, months: string, picked: string): string {
    const words = this.#words;
    const { byDay, byMonthDay, byMonth, bySetPos } = rule;
    if (byMonthDay.length > 0) {
      const [day = 0] = byMonthDay;
      const single = byMonthDay.length === 1 && day > 0 && byMonth.length === 1 && rule.freq === 'YEARLY';
      const days = [...byMonthDay.filter((each) => each > 0), ...byMonthDay.filter((each) => each < 0)];
      const on = single
        ? words.onDate(this.#dayAndMonth(day, byMonth[0] ?? 1))
        : join(words.onThe(this.#list(days.map((each) => words.monthDay(each)))), months);
      return join(on, byDay.length > 0 ? this.#condition(rule) : '', picked);
    }
    const plain = byDay.every((day) => day.ordinal === 0);
    if (byDay.length > 0 && plain && bySetPos.length > 0 && !hasTimes(rule)) {
      const positions = this.#list(bySetPos.map((position) => words.ordinal(position)));
      return join(words.onThe(`${positions} ${this.#setOfDays(rule)}`), months);
    }
    return join(this.#weekdaysOfMonth(rule), months, picked);
  }

  /** `on the first Monday and on every Friday`. */
  #weekdaysOfMonth({ byDay }: Rule): string {
    const words = this.#words;
    const nth = [...byDay.filter((day) => day.ordinal > 0), ...byDay.filter((day) => day.ordinal < 0)];
    const all = byDay.filter((day) => day.ordinal === 0);
    return this.#list([
      ...(nth.length > 0
        ? [words.onThe(this.#list(nth.map((day) => `${words.ordinal(day.ordinal)} ${this.#weekday(day.weekday)}`)))]
        : []),
      ...(all.length > 0 ? [words.onEvery(this.#list(all.map((day) => this.#weekday(day.weekday))))] : []),
    ]);
  }

  #condition(rule: Rule): string {
    const named = rule.byDay.some((day) => day.ordinal !== 0);
    if (!named) return this.#words.ifItIs(this.#weekdays(rule, 'or'), false);
    const days = rule.byDay.map(({ ordinal, weekday }) =>
      ordinal === 0 ? this.#weekday(weekday) : `${this.#words.ordinal(ordinal)} ${this.#weekday(weekday)}`,
    );
    return this.#words.ifItIs(this.#list(days, 'or'), true);
  }

  #positions({ bySetPos, freq }: Rule): string {
    if (bySetPos.length === 0) return '';
    return this.#words.onlyThe(this.#list(bySetPos.map((position) => this.#words.ordinal(position))), freq);
  }

  #setOfDays(rule: Rule): string {
    const set = weekdaySet(rule);
    if (set === WHOLE_WEEK) return this.#words.day;
    if (set === WORKDAYS) return this.#words.workday;
    return set === WEEKEND ? this.#words.weekendDay : this.#weekdays(rule, 'or');
  }

  #weekdays(rule: Rule, joint: 'and' | 'or' = 'and'): string {
    return this.#list(
      rule.byDay.map((day) => this.#weekday(day.weekday)),
      joint,
    );
  }

  #weekday(weekday: number): string {
    return this.#format({ weekday: 'long' }, FIRST_MONDAY + weekday);
  }

  #months(rule: Rule): string {
    return this.#list(rule.byMonth.map((month) => this.#format({ month: 'long' }, (month - 1) * 31)));
  }

  #dayAndMonth(day: number, month: number): string {
    // 1972 has every day that a year can have.
    return this.#format({ day: 'numeric', month: 'long' }, Date.UTC(1972, month - 1, day) / DAY_MS);
  }

  #date({ until }: Rule): string {
    return this.#format({ day: 'numeric', month: 'long', year: 'numeric' }, dayOfMoment(until?.minute ?? 0));
  }

  /** In a daily rule BYSETPOS picks from the times of the day. */
  #times(rule: Rule): string[] {
    const minutes = minutesOfDay(rule, 0);
    const picked = rule.freq === 'DAILY' ? placesOf(rule, minutes.length)?.map((place) => minutes[place] ?? 0) : null;
    return (picked ?? minutes).map((minute) =>
      this.#format({ hour: 'numeric', minute: '2-digit' }, minute / MINUTES_PER_DAY),
    );
  }

  /** `day` counts from 1970-01-01 and may have a fraction. */
  #format(options: Intl.DateTimeFormatOptions, day: number): string {
    return new Intl.DateTimeFormat(this.#locale, { ...options, timeZone: 'UTC' }).format(Math.round(day * DAY_MS));
  }

  #list(items: readonly string[], joint: 'and' | 'or' = 'and'): string {
    const type = joint === 'and' ? 'conjunction' : 'disjunction';
    return new Intl.ListFormat(this.#locale, { type }).format(items);
  }
}

const DAY_MS = 86_400_000;

function weekdaySet(rule: Rule): string {
  return rule.byDay
    .map((day) => day.weekday)
    .sort((a, b) => a - b)
    .join(',');
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
