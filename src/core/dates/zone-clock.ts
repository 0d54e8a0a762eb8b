import type { Day } from '#core/quick-add/calendar.ts';
import { dayNumberOf, MINUTES_PER_DAY } from '#core/recurrence/wall-clock.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface WallTime {
  readonly day: Day;
  /** Since midnight. */
  readonly minutes: number;
}

/** How a wall-clock time was made certain: it does not exist that day, or it happens twice. */
export type ClockNote = 'gap' | 'overlap';

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** What a clock in that zone shows. */
export function wallTimeAt(epochMs: number, timeZone: string): WallTime {
  const found: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(epochMs)) found[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = found;
  return { day: dayNumberOf(year, month, day), minutes: hour * 60 + minute };
}

/** What calendar and clock show in `timeZone` at an instant (RFC 3339), in minutes since 1970-01-01T00:00 there. */
export function wallMinuteAt(instant: string, timeZone: string): number {
  const { day, minutes } = wallTimeAt(Date.parse(instant), timeZone);
  return day * MINUTES_PER_DAY + minutes;
}

/** As if the clock stood in UTC. */
function asUtc({ day, minutes }: WallTime): number {
  return day * DAY_MS + minutes * MINUTE_MS;
}

function offsetAt(epochMs: number, timeZone: string): number {
  return asUtc(wallTimeAt(epochMs, timeZone)) - Math.floor(epochMs / MINUTE_MS) * MINUTE_MS;
}

/**
 * A wall-clock time that the zone has on that day, as Temporal's disambiguation "compatible" chooses it: in a gap the
 * clock goes on as it did before, and of two equal times the first is meant.
 */
export function certainTime(wanted: WallTime, timeZone: string): WallTime & { readonly note?: ClockNote } {
  const utc = asUtc(wanted);
  const [before, after] = [offsetAt(utc - DAY_MS, timeZone), offsetAt(utc + DAY_MS, timeZone)];
  if (before === after) return wanted;
  const existsWith = (offset: number) => offsetAt(utc - offset, timeZone) === offset;
  const [first, second] = [existsWith(before), existsWith(after)];
  if (first && second) return { ...wanted, note: 'overlap' };
  if (first || second) return wanted;
  return { ...wallTimeAt(utc - before, timeZone), note: 'gap' };
}

/** Epoch milliseconds at which the clock shows that time, or, where it leaves it out, a later one for the first time. */
export function firstInstantAt(wanted: WallTime, timeZone: string): number {
  const utc = asUtc(wanted);
  const [before, after] = [offsetAt(utc - DAY_MS, timeZone), offsetAt(utc + DAY_MS, timeZone)];
  const existsWith = (offset: number) => offsetAt(utc - offset, timeZone) === offset;
  if (existsWith(before)) return utc - before;
  if (existsWith(after)) return utc - after;
  // Clocks are changed on a full minute between these two.
  let [early, late] = [utc - after, utc - before];
  while (late - early > MINUTE_MS) {
    const middle = early + Math.floor((late - early) / MINUTE_MS / 2) * MINUTE_MS;
    if (offsetAt(middle, timeZone) === before) early = middle;
    else late = middle;
  }
  return late;
}
