import type { Frequency } from './rule.ts';

/** What a language needs to say a rule. Lists come joined; weekdays, months, dates and times come from Intl. */
export interface RuleWords {
  /** `Every 2 weeks`. */
  readonly every: (freq: Frequency, interval: number) => string;
  /** `About every 2 weeks`, of what `every` gave. */
  readonly about: (every: string) => string;
  /** `Every Monday and Friday`. */
  readonly everyWeekday: (weekdays: string) => string;
  readonly everyWorkday: string;
  readonly everyWeekend: string;
  readonly day: string;
  readonly workday: string;
  readonly weekendDay: string;
  /** `on Monday and Friday`, after a number of weeks. */
  readonly onWeekdays: (weekdays: string) => string;
  /** `on every Tuesday`, within months or years. */
  readonly onEvery: (weekdays: string) => string;
  /** `on the 1st, third Friday and last day`. */
  readonly onThe: (list: string) => string;
  /** `on 24 December`. */
  readonly onDate: (date: string) => string;
  /** `15th`, `last day`. */
  readonly monthDay: (day: number) => string;
  /** `third`, `last`, to stand before a weekday. */
  readonly ordinal: (n: number) => string;
  readonly inMonths: (months: string) => string;
  readonly ifItIs: (weekday: string, named: boolean) => string;
  readonly onlyThe: (positions: string, freq: Frequency) => string;
  readonly at: (times: string) => string;
  readonly afterCompletion: string;
  readonly times: (count: number) => string;
  readonly until: (date: string) => string;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const ENGLISH_UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const ENGLISH_ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

function englishNumber(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

function englishOrdinal(n: number): string {
  const word = ENGLISH_ORDINALS[Math.abs(n) - 1] ?? englishNumber(Math.abs(n));
  return n > 0 ? word : n === -1 ? 'last' : `${word} to last`;
}

export const ENGLISH: RuleWords = {
  every: (freq, interval) =>
    interval === 1 ? `Every ${ENGLISH_UNITS[freq]}` : `Every ${interval} ${ENGLISH_UNITS[freq]}s`,
  about: (every) => `About ${lowerFirst(every)}`,
  everyWeekday: (weekdays) => `Every ${weekdays}`,
  everyWorkday: 'Every workday',
  everyWeekend: 'Every weekend',
  day: 'day',
  workday: 'workday',
  weekendDay: 'weekend day',
  onWeekdays: (weekdays) => `on ${weekdays}`,
  onEvery: (weekdays) => `on every ${weekdays}`,
  onThe: (list) => `on the ${list}`,
  onDate: (date) => `on ${date}`,
  monthDay: (day) => (day > 0 ? englishNumber(day) : `${englishOrdinal(day)} day`),
  ordinal: englishOrdinal,
  inMonths: (months) => `in ${months}`,
  ifItIs: (weekday, named) => `, if that is ${named ? 'the' : 'a'} ${weekday}`,
  onlyThe: (positions, freq) => `, of these only the ${positions} in each ${ENGLISH_UNITS[freq]}`,
  at: (times) => `at ${times}`,
  afterCompletion: 'after completion',
  times: (count) => (count === 1 ? ', once' : `, ${count} times`),
  until: (date) => `, until ${date}`,
};

const GERMAN_EVERY = { DAILY: 'Jeden Tag', WEEKLY: 'Jede Woche', MONTHLY: 'Jeden Monat', YEARLY: 'Jedes Jahr' };
const GERMAN_UNITS = { DAILY: 'Tage', WEEKLY: 'Wochen', MONTHLY: 'Monate', YEARLY: 'Jahre' };
const GERMAN_EACH = { DAILY: 'am Tag', WEEKLY: 'in der Woche', MONTHLY: 'im Monat', YEARLY: 'im Jahr' };
const GERMAN_ORDINALS = ['ersten', 'zweiten', 'dritten', 'vierten', 'fünften'];
const GERMAN_FROM_END = ['letzten', 'vorletzten', 'drittletzten', 'viertletzten', 'fünftletzten'];

/** In the form after "am", which is also the one after "auf den". */
function germanOrdinal(n: number): string {
  return n > 0 ? (GERMAN_ORDINALS[n - 1] ?? `${n}.`) : (GERMAN_FROM_END[-n - 1] ?? `${-n}.-letzten`);
}

export const GERMAN: RuleWords = {
  every: (freq, interval) => (interval === 1 ? GERMAN_EVERY[freq] : `Alle ${interval} ${GERMAN_UNITS[freq]}`),
  about: (every) => `Etwa ${lowerFirst(every)}`,
  everyWeekday: (weekdays) => `Jeden ${weekdays}`,
  everyWorkday: 'Jeden Werktag',
  everyWeekend: 'Jedes Wochenende',
  day: 'Tag',
  workday: 'Werktag',
  weekendDay: 'Wochenendtag',
  onWeekdays: (weekdays) => `am ${weekdays}`,
  onEvery: (weekdays) => `an jedem ${weekdays}`,
  onThe: (list) => `am ${list}`,
  onDate: (date) => `am ${date}`,
  monthDay: (day) => (day > 0 ? `${day}.` : `${germanOrdinal(day)} Tag`),
  ordinal: germanOrdinal,
  inMonths: (months) => `im ${months}`,
  ifItIs: (weekday, named) => `, wenn der Tag auf ${named ? 'den' : 'einen'} ${weekday} fällt`,
  onlyThe: (positions, freq) => `, davon nur am ${positions} Termin ${GERMAN_EACH[freq]}`,
  at: (times) => `um ${times} Uhr`,
  afterCompletion: 'nach dem Erledigen',
  times: (count) => (count === 1 ? ', einmal' : `, ${count}-mal`),
  until: (date) => `, bis zum ${date}`,
};
