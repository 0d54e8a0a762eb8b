import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFilter } from './parse-filter.ts';
import { printFilter, storeFilter } from './print-filter.ts';
import { berlin } from './testing/filter-examples.ts';
import { contextOf, filterWorld } from './testing/filter-world.ts';
import { randomFilter } from './testing/random-filter.ts';

const clock = { now: Date.UTC(2026, 10, 18, 9), timeZone: 'Europe/Berlin', weekStart: 1, dayStart: 0 };
const [world] = fc.sample(filterWorld(clock), 1);
const names = contextOf(world!, clock);
const LOCALES = ['en-GB', 'en-US', 'de-DE', 'fr-FR'];

function read(text: string, locale: string) {
  const parsed = parseFilter(text, { ...names, locale });
  return parsed.ok ? parsed.filter : { text, errors: parsed.errors };
}

test('a filter that is printed and read again is the same, in every language and in the stored form', () => {
  fc.assert(
    fc.property(randomFilter(), fc.constantFrom(...LOCALES), fc.constantFrom(...LOCALES), (filter, printed, locale) => {
      expect(read(printFilter(filter, names, printed), printed)).toEqual(filter);
      // What somebody wrote in German stays readable in English, and the other way round.
      expect(read(printFilter(filter, names, printed), locale)).toEqual(filter);
      expect(read(storeFilter(filter), locale)).toEqual(filter);
    }),
    { numRuns: 400 },
  );
});

const PIECES = (
  'today tomorrow overdue od p1 p2 p5 #Work ##Work # ## #"One #Home Improvements /Meetings / @waiting %errand @* @w* ' +
  '& | , ! ( ) ((( ))) && || ! not and or NOT "Now" = "a" " \\ \\& * { } {a|b} #{x,y|z} : < <= > >= = != ' +
  'date deadline due created: completed: priority: duration < subtasks > 3 comments before: after: sat -3 days +4 hours ' +
  '7 days next week last 7 days no date no no time has:file has: is:blocked assigned to: me assigned by: added by: ' +
  'search: title: foo sort:date sort:date- sort:x group:project limit:0 limit:5 with:subtasks heute nächste Woche 5.12. 📞 \u200f שלום'
).split(' ');

const query = fc
  .tuple(
    fc.array(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 8 })),
      { maxLength: 30 },
    ),
    fc.constantFrom(' ', ' ', ' ', ''),
  )
  .map(([pieces, joint]) => pieces.join(joint));

test('any text is read or refused with a place and a message; tokens are in order and do not overlap', () => {
  fc.assert(
    fc.property(query, fc.constantFrom(...LOCALES), (text, locale) => {
      const parsed = parseFilter(text, { ...berlin, locale });
      let end = 0;
      for (const token of parsed.tokens) {
        expect(token.start).toBeGreaterThanOrEqual(end);
        expect(token.end).toBeGreaterThan(token.start);
        end = token.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
      for (const fault of [...(parsed.ok ? [] : parsed.errors), ...parsed.warnings]) {
        expect(fault.message).not.toBe('');
        for (const { start, end: to } of [fault, ...fault.fixes]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(start);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }
      if (!parsed.ok) {
        expect(parsed.errors.length).toBeGreaterThan(0);
        return;
      }
      const again = parseFilter(printFilter(parsed.filter, berlin, locale), { ...berlin, locale });
      expect(again.ok && again.filter).toEqual(parsed.filter);
    }),
    { numRuns: 3000 },
  );
});

test('no query is too long or too deep to be answered at once', { timeout: 2000 }, () => {
  const worst = [
    '(',
    '!',
    '!(',
    ')',
    '"',
    '#',
    '#a ',
    '\\',
    '\\ ',
    ',',
    '&',
    '| ',
    'p1',
    'p1 ',
    'a b',
    'not ',
    'date: ',
    '"x" = ',
    'search: ',
    'sort:date ',
    '- ',
    '#{',
    '#a|',
  ];
  for (const piece of worst) {
    const text = piece.repeat(Math.ceil(2000 / piece.length)).slice(0, 2000);
    expect(parseFilter(text, berlin).tokens.length, piece).toBeLessThanOrEqual(2000);
  }
  const huge = parseFilter('p1 | '.repeat(100_000), berlin);
  expect(huge.ok || huge.errors[0]?.code).toBe('too_long');
});
