/**
 * The words of one language, as data. Each list holds words or phrases in lower case; the first of a list is the one
 * that Tend itself prints. The grammar is the same in every language (docs/quick-add.md).
 */
export interface LanguageWords {
  /** Nothing is planned for yesterday: only filters know it. */
  readonly yesterday: Words;
  readonly today: Words;
  readonly tomorrow: Words;
  readonly dayAfterTomorrow: Words;
  /** Also a name, so only suggested unless a time stands beside it. */
  readonly doubtfulTomorrow: Words;
  /** From Monday. */
  readonly weekdays: readonly Words[];
  readonly weekdayAbbreviations: readonly Words[];
  readonly months: readonly Words[];
  readonly monthAbbreviations: readonly Words[];
  readonly this: Words;
  readonly next: Words;
  readonly weekend: Words;
  readonly endOf: Words;
  /** Words for the last day of this month and of this year. */
  readonly endOfMonth: Words;
  readonly endOfYear: Words;
  readonly on: Words;
  readonly at: Words;
  readonly in: Words;
  /** Between a day and its month, or before a day. */
  readonly fillers: Words;
  readonly weekNumber: Words;
  readonly morning: Words;
  readonly noon: Words;
  readonly afternoon: Words;
  readonly evening: Words;
  readonly tonight: Words;
  readonly am: Words;
  readonly pm: Words;
  /** After an hour, such as "Uhr". */
  readonly clock: Words;
  readonly rangeFrom: Words;
  readonly rangeTo: Words;
  readonly minutes: Words;
  readonly hours: Words;
  readonly days: Words;
  readonly workdays: Words;
  readonly weeks: Words;
  readonly months1: Words;
  readonly quarters: Words;
  readonly years: Words;
  readonly for: Words;
  readonly deadline: Words;
  readonly every: Words;
  readonly afterCompletion: Words;
  readonly other: Words;
  readonly last: Words;
  /** First to fifth, in words. */
  readonly ordinals: readonly Words[];
  /** What follows a number to make it an ordinal. */
  readonly ordinalSuffixes: Words;
  readonly and: Words;
  readonly starting: Words;
  readonly until: Words;
  readonly times: Words;
  readonly daily: Words;
  readonly weekly: Words;
  readonly monthly: Words;
  readonly quarterly: Words;
  readonly yearly: Words;
  /** One to twelve, in words. */
  readonly numbers: readonly Words[];
  /** A date after one of these is only suggested: "meet with Friday". */
  readonly doubtBefore: Words;
  readonly priorities: readonly [high: Words, medium: Words, low: Words];
  /** How Tend prints a rule; absent where the language has no words. */
  readonly print?: RulePrinter;
}

export type Words = readonly string[];

/** The pieces of a printed recurrence that word lists alone do not give. */
export interface RulePrinter {
  /** "every 3 days", "alle 3 Tage"; for an interval of 1 "every day", "jeden Tag". */
  readonly every: (unit: RuleUnit, interval: number, bang: string) => string;
  /** Before a weekday, an ordinal or a date: "every", "jeden". */
  readonly each: (bang: string) => string;
  readonly ordinal: (n: number) => string;
  /** "last workday", "letzten Werktag". */
  readonly last: string;
  readonly workday: string;
  readonly weekend: string;
  readonly day: string;
  readonly on: string;
}

export type RuleUnit = 'day' | 'week' | 'month' | 'year';

/** What a word or phrase can mean; `value` says which of its kind. */
export type Tag =
  | 'yesterday'
  | 'day'
  | 'doubtfulDay'
  | 'weekday'
  | 'shortWeekday'
  | 'month'
  | 'this'
  | 'next'
  | 'weekend'
  | 'endOf'
  | 'endOfPeriod'
  | 'on'
  | 'at'
  | 'in'
  | 'filler'
  | 'weekNumber'
  | 'dayPart'
  | 'evening'
  | 'tonight'
  | 'rangeFrom'
  | 'unit'
  | 'for'
  | 'deadline'
  | 'every'
  | 'afterCompletion'
  | 'other'
  | 'last'
  | 'ordinal'
  | 'and'
  | 'starting'
  | 'until'
  | 'times'
  | 'adverb'
  | 'number'
  | 'doubtBefore';

export interface Entry {
  readonly tag: Tag;
  readonly value: number;
  readonly words: readonly string[];
}

/** A language made ready for look-up. */
export interface Language {
  readonly words: LanguageWords;
  /** By first word, longest phrase first. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  readonly time: RegExp;
  readonly range: RegExp;
  readonly hoursAndMinutes: RegExp;
  readonly amount: RegExp;
  readonly ordinal: RegExp;
  readonly pm: ReadonlySet<string>;
  readonly hours: ReadonlySet<string>;
  readonly priorities: ReadonlyMap<string, 1 | 2 | 3>;
}

/** Values of the tag `unit`. */
export const UNITS = ['minute', 'hour', 'day', 'workday', 'week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof UNITS)[number];

/** Values of the tag `adverb`. */
export const ADVERBS = [
  { freq: 'DAILY', interval: 1 },
  { freq: 'WEEKLY', interval: 1 },
  { freq: 'MONTHLY', interval: 1 },
  { freq: 'MONTHLY', interval: 3 },
  { freq: 'YEARLY', interval: 1 },
] as const;

/** One language, or none: then only symbols, ISO and numeric dates and clock times are understood. */
export function prepareLanguage(words: LanguageWords): Language {
  const { am, pm, clock, hours, minutes, ordinalSuffixes, priorities } = words;
  const time = String.raw`(\d{1,2})(?:[:.](\d{2}))?(?:\s{0,2}(${oneOf([...am, ...pm])}))?(\s{0,2}(?:${oneOf(clock)}))?`;
  const rangeWords = ['-', '–', '—', ...words.rangeTo];
  return {
    words,
    entries: entriesOf(words),
    time: new RegExp(time, 'iuy'),
    range: new RegExp(String.raw`${time}\s{0,2}(?:${oneOf(rangeWords)})\s{0,2}${time}`, 'iuy'),
    hoursAndMinutes: new RegExp(
      String.raw`(\d{1,4})\s?(?:${oneOf(hours)})\s?(\d{1,2})(?:\s?(?:${oneOf(minutes)}))?`,
      'iuy',
    ),
    amount: new RegExp(String.raw`(\d{1,6})(?:[.,](\d{1,2}))?\s{0,2}(${oneOf([...hours, ...minutes])})`, 'iuy'),
    ordinal: new RegExp(`^(\\d{1,2})(?:${oneOf(ordinalSuffixes)})$`, 'iu'),
    pm: new Set(pm),
    hours: new Set(hours),
    priorities: new Map(priorities.flatMap((list, i) => list.map((word) => [word, (i + 1) as 1 | 2 | 3] as const))),
  };
}

/** Longer words first, so that none hides another that begins with it. An empty list matches nothing. */
function oneOf(words: Words): string {
  const sorted = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[.\\]/gu, String.raw`\$&`));
  return sorted.length > 0 ? sorted.join('|') : String.raw`[^\s\S]`;
}

function entriesOf(words: LanguageWords): Map<string, Entry[]> {
  const byFirst = new Map<string, Entry[]>();
  const add = (tag: Tag, lists: readonly Words[], valueOf: (i: number) => number = (i) => i): void => {
    lists.forEach((list, i) => {
      for (const phrase of list) {
        const parts = phrase.split(' ');
        const [first = ''] = parts;
        const known = byFirst.get(first) ?? [];
        known.push({ tag, value: valueOf(i), words: parts });
        byFirst.set(first, known);
      }
    });
  };
  const fromOne = (i: number): number => i + 1;
  add('yesterday', [words.yesterday]);
  add('day', [words.today, words.tomorrow, words.dayAfterTomorrow]);
  add('doubtfulDay', [words.doubtfulTomorrow], fromOne);
  add('weekday', words.weekdays, fromOne);
  add('shortWeekday', words.weekdayAbbreviations, fromOne);
  add('month', words.months, fromOne);
  add('month', words.monthAbbreviations, fromOne);
  add('endOfPeriod', [words.endOfMonth, words.endOfYear]);
  add('dayPart', [words.morning, words.noon, words.afternoon], (i) => [9, 12, 15][i] ?? 9);
  const { minutes, hours, days, workdays, weeks, months1, quarters, years } = words;
  add('unit', [minutes, hours, days, workdays, weeks, months1, quarters, years]);
  add('ordinal', words.ordinals, fromOne);
  add('adverb', [words.daily, words.weekly, words.monthly, words.quarterly, words.yearly]);
  add('number', words.numbers, fromOne);
  const plain = ['this', 'next', 'weekend', 'endOf', 'on', 'at', 'in', 'weekNumber', 'evening', 'tonight'] as const;
  for (const tag of plain) add(tag, [words[tag]]);
  const more = [
    'rangeFrom',
    'for',
    'deadline',
    'every',
    'afterCompletion',
    'other',
    'last',
    'and',
    'starting',
  ] as const;
  for (const tag of more) add(tag, [words[tag]]);
  for (const tag of ['until', 'times', 'doubtBefore'] as const) add(tag, [words[tag]]);
  add('filler', [words.fillers]);
  for (const known of byFirst.values()) known.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}
