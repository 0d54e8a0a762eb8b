import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatQuickAdd } from './format-quick-add.ts';
import { parseQuickAdd } from './parse-quick-add.ts';
import type { QuickAddContext, QuickAddFields, QuickAddOptions, Span } from './quick-add.ts';
import { at, berlin, BEN, WORK } from './testing/examples.ts';

/** Everything that the grammar knows, to be put together without sense. */
const PIECES = (
  'tomorrow today tod tom Tom friday fri Fri next this on at in every ev every! after by due until from starting with 5 ' +
  '15 15. 1st 3rd last day days week month year workday weekend monday, mon, wed and 9:00 09:00 9:00, 5pm pm am 15-16 15:00-15:45 ' +
  'noon morning evening tonight for 90m ~1h30 !1 !30m !9:00 p2 #Work #work #Home Improvements #"Home #Podcast /backlog ' +
  '+anna +49 @calls %errand @"two words" " // \\ \\tomorrow \\\\ { } {10 dec} dec 24 may March 5.12. 5/12 24/7 2026-12-01 ' +
  '2026-W48 w48 daily monthly 3 times times , . : ( ) 📞 שלום مرحبا \u200f \u2067 heute morgen übermorgen jeden alle 3 Tage ' +
  'Freitag um Uhr 15.30 bis fällig täglich KW 48'
).split(' ');

const words = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  ),
  {
    maxLength: 24,
  },
);
const line = fc
  .tuple(words, fc.constantFrom(' ', ' ', ' ', '', '\n', '\u00a0'))
  .map(([pieces, joint]) => pieces.join(joint));

const CONTEXTS: readonly QuickAddContext[] = [
  berlin,
  { ...berlin, locale: 'de-DE' },
  at('2026-03-08T06:30:00Z', 'America/New_York', { locale: 'en-US', weekStart: 7, projectId: WORK }),
  at('2028-02-28T23:59:00Z', 'Australia/Lord_Howe', { locale: 'fr-FR' }),
];
const context = fc.constantFrom(...CONTEXTS);

const span = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([a, b]): Span => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const optionsFor = (text: string): fc.Arbitrary<QuickAddOptions> =>
  fc.record(
    {
      suppressed: fc.array(span(text), { maxLength: 2 }),
      dates: fc.constantFrom('auto', 'suggest', 'off'),
    },
    { requiredKeys: [] },
  );

const letters = (text: string): string => text.replaceAll(/\s+/gu, '');

test('no character outside a recognised token is lost, and tokens do not overlap', () => {
  const input = line.chain((text) => fc.record({ text: fc.constant(text), context, options: optionsFor(text) }));
  fc.assert(
    fc.property(input, ({ text, context: where, options }) => {
      const { fields, tokens } = parseQuickAdd(text, where, options);
      let rest = '';
      let end = 0;
      for (const token of tokens) {
        expect(token.start).toBeGreaterThanOrEqual(end);
        expect(token.end).toBeGreaterThan(token.start);
        rest += text.slice(end, token.strength === 'strong' ? token.start : token.end);
        end = token.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
      expect(letters(fields.title)).toBe(letters(rest + text.slice(end)));
    }),
    { numRuns: 800 },
  );
});

test('what was turned back into text is not recognised again, and what was accepted is applied', () => {
  fc.assert(
    fc.property(line, context, (text, where) => {
      const { tokens } = parseQuickAdd(text, where);
      const [first] = tokens.filter(({ kind }) => kind !== 'description');
      if (!first) return;
      const suppressed = parseQuickAdd(text, where, { suppressed: [first] }).tokens;
      expect(
        suppressed.some((token) => token.kind !== 'description' && token.start < first.end && first.start < token.end),
      ).toBe(false);
    }),
    { numRuns: 300 },
  );
});

const title = fc
  .oneof(
    words.map((pieces) => pieces.join(' ')),
    fc.string({ maxLength: 40 }),
  )
  .map((text) => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim());
const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10));
const minute = fc.nat(1439);
const printed = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const RULES = [
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY;INTERVAL=2',
  'FREQ=DAILY;BYHOUR=9,18;BYMINUTE=30',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;INTERVAL=3',
  'FREQ=YEARLY',
  'FREQ=DAILY;COUNT=10',
  'FREQ=WEEKLY;UNTIL=20401231',
] as const;

const planned = fc
  .record({
    date: day,
    start: fc.option(minute),
    length: fc.option(fc.integer({ min: 1, max: 1439 })),
    isRange: fc.boolean(),
    evening: fc.boolean(),
    rule: fc.option(fc.constantFrom(...RULES)),
    anchor: fc.constantFrom('schedule' as const, 'completion' as const),
  })
  .map(({ date, start, length, isRange, evening, rule, anchor }): Partial<QuickAddFields> => {
    const first = rule?.includes('BYHOUR') ? 570 : start;
    const time = first === null ? null : printed(first);
    const endTime = first !== null && length !== null && isRange ? printed((first + length) % 1440) : null;
    const dayOfMonth = Number(date.slice(8));
    const intendedDay = /^FREQ=(?:MONTHLY|YEARLY)/u.test(rule ?? '') && dayOfMonth > 28 ? dayOfMonth : null;
    return {
      date,
      time,
      endTime,
      evening: evening && time === null,
      duration: length,
      recurrence: rule && { rule, anchor, intendedDay },
    };
  });

/** Nothing stands twice, and there are no clock times that a zone leaves out. */
const fields: fc.Arbitrary<QuickAddFields> = fc
  .record({
    title,
    description: title,
    planned: fc.option(planned),
    deadline: fc.option(day),
    priority: fc.option(fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const)),
    labels: fc.uniqueArray(fc.constantFrom('calls', 'errand', 'post', 'two words', 'Yahoo!', 'fix // later'), {
      maxLength: 3,
    }),
    projectId: fc.option(fc.constantFrom(...berlin.projects.map(({ id }) => id))),
    reminders: fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 40_000 }), minute.map(printed)), { maxLength: 2 }),
    isOnes: fc.boolean(),
  })
  .map(({ planned: when, isOnes, ...rest }) => ({
    ...rest,
    date: null,
    time: null,
    endTime: null,
    evening: false,
    duration: null,
    recurrence: null,
    ...when,
    sectionId: rest.projectId === WORK && isOnes ? 's-backlog' : null,
    assigneeId: rest.projectId === WORK && isOnes ? BEN : null,
  }));

test.for(['en-GB', 'de-DE', 'en-US'])('parsing what format prints gives the same fields: %s', (locale) => {
  // A zone without daylight saving: every clock time is certain.
  const where = { ...berlin, timeZone: 'Asia/Kolkata', locale };
  fc.assert(
    fc.property(fields, (wanted) => {
      const text = formatQuickAdd(wanted, where);
      expect(text).not.toBeNull();
      expect(parseQuickAdd(text ?? '', where).fields).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

test('what a line says is printed as a line that says the same', () => {
  fc.assert(
    fc.property(line, fc.constantFrom(...CONTEXTS.slice(0, 3)), (text, where) => {
      const said = parseQuickAdd(text, where).fields;
      const again = formatQuickAdd(said, where);
      if (again !== null) expect(parseQuickAdd(again, where).fields).toEqual(said);
    }),
    { numRuns: 300 },
  );
});

test('no line is too long, whatever it holds', () => {
  const repeated = [
    'today ',
    'mon, ',
    'every mon, ',
    '1st, ',
    'foo @x ',
    '#Home x ',
    '"a" ',
    '" ',
    '\\ ',
    '{ ',
    '#" ',
    '~ ',
    'a // ',
    '1 ',
  ];
  const endless = ['{', '}', '"', '\\', '.', '!', '#', '1', ' ', '\n', 'a.', '\u200f', '#"'];
  for (const piece of [...repeated, ...endless]) {
    // In quadratic time these would not be done before the time limit of a test.
    const text = piece.repeat(Math.ceil(15_000 / piece.length));
    expect(parseQuickAdd(text, berlin).tokens.length).toBeLessThanOrEqual(text.length);
  }
});
