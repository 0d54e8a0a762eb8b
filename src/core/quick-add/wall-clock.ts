import { dayNumberOf } from '#core/recurrence/wall-clock.ts';
import { type Day } from './calendar.ts';

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
