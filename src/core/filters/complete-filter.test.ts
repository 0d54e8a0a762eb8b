import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeFilter } from './complete-filter.ts';
import { berlin } from './testing/filter-examples.ts';

/** The query after each completion; `|` marks the caret. */
function completed(marked: string): string[] {
  const caret = marked.indexOf('^');
  const text = marked.replace('^', '');
  const completions = completeFilter(text, caret, berlin);
  return (completions?.items ?? []).map(
    (item) => text.slice(0, completions?.start) + item.text + text.slice(completions?.end),
  );
}

test.each([
  ['#wo^', ['#Work']],
  ['today & ##ho^', ['today & ##Home', 'today & ##"Home Improvements"']],
  ['#improv^', ['#"Home Improvements"']],
  ['!@wai^ & p1', ['!@waiting & p1']],
  ['/mee^', ['/Meetings', '/meetings']],
  ['assigned to: an^', ['assigned to: "Anna Lang"']],
  ['assigned to: m^', ['assigned to: me', 'assigned to: Mia']],
  ['ov^', ['overdue']],
  ['p1 & no d^', ['p1 & no date', 'p1 & no deadline', 'p1 & no duration']],
  ['p1 and assi^', ['p1 and assigned', 'p1 and assigned to: ', 'p1 and assigned by: ']],
  ['today so^', ['today sort:']],
  ['#Work ^', []],
  ['5 ^', []],
  ['^', []],
])('%s', (marked, expected) => {
  expect(completed(marked)).toEqual(expected);
});

test('completing never throws and stays before the caret', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), (text, at) => {
      const caret = Math.min(at, text.length);
      const completions = completeFilter(text, caret, berlin);
      if (!completions) return;
      expect(completions.start).toBeGreaterThanOrEqual(0);
      expect(completions.start).toBeLessThanOrEqual(caret);
      expect(completions.end).toBe(caret);
    }),
  );
});
