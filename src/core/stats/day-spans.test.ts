import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personalDayAt } from '#core/dates/personal-day.ts';
import { dayNumberOf } from '#core/recurrence/wall-clock.ts';
import { dayIn, daySpans } from './day-spans.ts';

const first = dayNumberOf(2026, 1, 1);
const last = dayNumberOf(2026, 12, 31);

test('a year is a few spans, in which every instant is on the day that it counts for', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'Africa/Cairo', 'Australia/Lord_Howe');
  const rule = fc.record({ timeZone: zones, dayStart: fc.integer({ min: 0, max: 720 }) });
  fc.assert(
    fc.property(rule, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20 }), (each, places) => {
      const spans = daySpans(first, last, each);
      expect(spans.length).toBeLessThanOrEqual(5);
      expect(spans.reduce((sum, { days }) => sum + days, 0)).toBe(365);
      for (const span of spans) {
        for (const place of places) {
          const at = span.from + Math.floor(place * (span.before - span.from - 1));
          expect(dayIn(span, at)).toBe(personalDayAt(at, each));
        }
        expect(dayIn(span, span.before - 1)).toBe(personalDayAt(span.before - 1, each));
      }
    }),
    { numRuns: 30 },
  );
});
