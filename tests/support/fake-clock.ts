import type { Clock } from '#server/context.ts';

export interface FakeClock extends Clock {
  advance(ms: number): void;
  set(instant: string): void;
}

/** Stands still until it is told to move. */
export function createFakeClock(instant = '2026-11-18T12:00:00.000Z'): FakeClock {
  let now = Date.parse(instant);
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
    set(next) {
      now = Date.parse(next);
    },
  };
}
