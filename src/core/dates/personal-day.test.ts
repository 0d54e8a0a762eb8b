import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDate } from '#core/recurrence/wall-clock.ts';
import { personalDayAt, startOfDay } from './personal-day.ts';
import { wallTimeAt } from './zone-clock.ts';

const dayOf = (instant: string, timeZone: string, dayStart: number) =>
  formatDate(personalDayAt(Date.parse(instant), { timeZone, dayStart }));

test.for([
  ['2026-11-18T02:59:59Z', 'Europe/Berlin', 240, '2026-11-17'],
  ['2026-11-18T03:00:00Z', 'Europe/Berlin', 240, '2026-11-18'],
  ['2026-11-18T03:00:00Z', 'America/New_York', 0, '2026-11-17'],
  // 2:30 is left out: the day begins when the clock goes on.
  ['2026-03-29T00:59:59Z', 'Europe/Berlin', 150, '2026-03-28'],
  ['2026-03-29T01:00:00Z', 'Europe/Berlin', 150, '2026-03-29'],
  // 2:30 comes twice: what has begun does not end again.
  ['2026-10-25T00:29:00Z', 'Europe/Berlin', 150, '2026-10-24'],
  ['2026-10-25T00:30:00Z', 'Europe/Berlin', 150, '2026-10-25'],
  ['2026-10-25T01:10:00Z', 'Europe/Berlin', 150, '2026-10-25'],
  // The clock was put back over midnight, a day was left out.
  ['2006-10-29T02:29:00Z', 'America/St_Johns', 0, '2006-10-28'],
  ['2006-10-29T02:45:00Z', 'America/St_Johns', 0, '2006-10-29'],
  ['2011-12-30T10:00:00Z', 'Pacific/Apia', 0, '2011-12-31'],
] as const)('at %s in %s, where days begin at minute %i, it is %s', ([instant, timeZone, dayStart, day]) => {
  expect(dayOf(instant, timeZone, dayStart)).toBe(day);
});

test('a day lasts from its beginning to that of the next', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/Havana', 'Africa/Cairo', 'Australia/Lord_Howe', 'Antarctica/Troll'];
  const rule = fc.record({ timeZone: fc.constantFrom(...zones), dayStart: fc.integer({ min: 0, max: 720 }) });
  // Often near the change of a clock, where it matters.
  const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-04-24', '2026-10-04', '2026-10-25', '2026-11-01'];
  const hours = fc.integer({ min: -6 * 60, max: 30 * 60 });
  const near = fc.tuple(fc.constantFrom(...changes), hours).map(([day, min]) => Date.parse(day) + min * 60_000);
  fc.assert(
    fc.property(
      rule,
      fc.oneof(
        near,
        fc.integer({ min: 1_500_000_000, max: 1_900_000_000 }).map((s) => s * 1000),
      ),
      (each, at) => {
        const day = personalDayAt(at, each);
        const [begin, end] = [startOfDay(day, each), startOfDay(day + 1, each)];
        expect(begin).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(end);
        expect(end - begin).toBeGreaterThanOrEqual(22 * 3_600_000);
        expect(wallTimeAt(begin, each.timeZone).minutes).toBeGreaterThanOrEqual(each.dayStart);
      },
    ),
    { numRuns: 2000 },
  );
});
