import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { type CalendarDate, nextDayAt, todayIn } from './calendar-date.ts';
import type { DateContext } from './date-words.ts';

/** Timers of a sleeping device fire late, and clocks are set: look again at least this often. */
const LOOK_AGAIN_MS = 15 * 60_000;

/** Which day it is in one zone. Runs a timer to the next day while somebody watches. */
class DayClock {
  readonly #timeZone: string;
  readonly #dayStart: number;
  readonly #listeners = new Set<() => void>();
  #today: CalendarDate;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeZone: string, dayStart: number) {
    this.#timeZone = timeZone;
    this.#dayStart = dayStart;
    this.#today = this.#now();
  }

  readonly today = (): CalendarDate => {
    if (this.#listeners.size === 0) this.#today = this.#now();
    return this.#today;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#look();
      document.addEventListener('visibilitychange', this.#look);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      document.removeEventListener('visibilitychange', this.#look);
    };
  };

  #now(epochMs = Date.now()): CalendarDate {
    return todayIn(this.#timeZone, epochMs, this.#dayStart);
  }

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    const now = Date.now();
    this.#timer = setTimeout(
      this.#look,
      Math.min(LOOK_AGAIN_MS, nextDayAt(this.#timeZone, now, this.#dayStart) - now + 50),
    );
    const today = this.#now(now);
    if (today === this.#today) return;
    this.#today = today;
    for (const listener of this.#listeners) listener();
  };
}

const clocks = new Map<string, DayClock>();

function clockOf(timeZone: string, dayStart: number): DayClock {
  const key = `${timeZone} ${dayStart}`;
  let clock = clocks.get(key);
  if (!clock) {
    clock = new DayClock(timeZone, dayStart);
    clocks.set(key, clock);
  }
  return clock;
}

export interface Calendar extends DateContext {
  readonly timeZone: string;
  /** ISO weekday. */
  readonly weekStart: number;
  /** Minutes after midnight at which a day begins. */
  readonly dayStart: number;
  /** BCP 47: whose words for dates are read. */
  readonly words: string;
}

/** The day and the way of writing dates of the person who is signed in; follows the beginning of their day. */
export function useCalendar(): Calendar {
  const { account } = useReplica();
  const settings = useRow('settings', account.userId);
  const timeZone = settings?.timeZone ?? deviceZone();
  const locale = settings?.locale ?? 'en';
  const weekStart = settings?.weekStart ?? 1;
  // A device may keep settings from before there was one.
  const dayStart = settings?.dayStart ?? 0;
  const asked = settings?.quickAdd?.words ?? 'auto';
  const words = asked === 'auto' ? locale : asked;
  const clock = clockOf(timeZone, dayStart);
  const subscribe = useCallback((listener: () => void) => clock.subscribe(listener), [clock]);
  const today = useSyncExternalStore(subscribe, clock.today);
  return useMemo(
    () => ({ today, locale, timeZone, weekStart, dayStart, words }),
    [today, locale, timeZone, weekStart, dayStart, words],
  );
}

function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
