import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { type CalendarDate, nextMidnight, todayIn } from './calendar-date.ts';
import type { DateContext } from './date-words.ts';

/** Timers of a sleeping device fire late, and clocks are set: look again at least this often. */
const LOOK_AGAIN_MS = 15 * 60_000;

/** Which day it is in one zone. Runs a timer to midnight while somebody watches. */
class DayClock {
  readonly #timeZone: string;
  readonly #listeners = new Set<() => void>();
  #today: CalendarDate;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
    this.#today = todayIn(timeZone, Date.now());
  }

  readonly today = (): CalendarDate => {
    if (this.#listeners.size === 0) this.#today = todayIn(this.#timeZone, Date.now());
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

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    const now = Date.now();
    this.#timer = setTimeout(this.#look, Math.min(LOOK_AGAIN_MS, nextMidnight(this.#timeZone, now) - now + 50));
    const today = todayIn(this.#timeZone, now);
    if (today === this.#today) return;
    this.#today = today;
    for (const listener of this.#listeners) listener();
  };
}

const clocks = new Map<string, DayClock>();

function clockOf(timeZone: string): DayClock {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new DayClock(timeZone);
    clocks.set(timeZone, clock);
  }
  return clock;
}

export interface Calendar extends DateContext {
  readonly timeZone: string;
  /** ISO weekday. */
  readonly weekStart: number;
}

/** The day and the way of writing dates of the person who is signed in; follows midnight in their zone. */
export function useCalendar(): Calendar {
  const { account } = useReplica();
  const settings = useRow('settings', account.userId);
  const timeZone = settings?.timeZone ?? deviceZone();
  const locale = settings?.locale ?? 'en';
  const weekStart = settings?.weekStart ?? 1;
  const clock = clockOf(timeZone);
  const subscribe = useCallback((listener: () => void) => clock.subscribe(listener), [clock]);
  const today = useSyncExternalStore(subscribe, clock.today);
  return useMemo(() => ({ today, locale, timeZone, weekStart }), [today, locale, timeZone, weekStart]);
}

function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
