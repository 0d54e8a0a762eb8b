import type { SyncEnvironment } from '#web/replica/sync-transport.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Everything that JavaScript has ready to run, promises included, has run. */
export function settleMicrotasks(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** A clock that stands still until it is moved, and the timers that hang on it. */
export class VirtualTime {
  now: number;
  readonly #timers = new Set<Timer>();

  constructor(now: number) {
    this.now = now;
  }

  /** What a device knows of time; its clock may be wrong by `skew`. */
  environment(skew: number, random: () => number): SyncEnvironment {
    return {
      clock: () => this.now + skew,
      random,
      setTimer: (ms, run) => {
        // Clocks tell whole milliseconds, and what they tell is stored.
        const timer = { at: this.now + Math.ceil(ms), run };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    };
  }

  reset(now: number): void {
    this.now = now;
    this.#timers.clear();
  }

  /** Moves the clock and fires what is due, each timer at its own instant. */
  async advance(ms: number): Promise<void> {
    await settleMicrotasks();
    const end = this.now + ms;
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.at <= end);
      if (due.length === 0) break;
      const next = due.reduce((first, timer) => (timer.at < first.at ? timer : first));
      this.#timers.delete(next);
      this.now = Math.max(this.now, next.at);
      next.run();
      await settleMicrotasks();
    }
    this.now = end;
    await settleMicrotasks();
  }
}
