import { DomainError } from '#core/errors.ts';

/** Seconds until those who are turned away come back: at least, and at most when many are. */
const SPREAD_LEAST = 4;
const SPREAD_MOST = 60;
/** Refusals in one minute that one second of spread can take in. */
const REFUSALS_PER_SECOND = 50;

export interface CatchUpOptions {
  /** How many run at once. */
  readonly running: number;
  /** How many more may wait for their turn: what is done within a second or two. */
  readonly waiting: number;
  /** At least 0, below 1. */
  readonly random?: () => number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * A bound on the reads that bring a device far up to date. After an outage all devices want theirs at once; those
 * beyond the bound are told to come back at random moments, and what devices need that are up to date stays quick.
 */
export class CatchUps {
  readonly #options: Required<CatchUpOptions>;
  readonly #queue: (() => void)[] = [];
  #running = 0;
  #refusals = 0;
  #minute = 0;

  constructor(options: CatchUpOptions) {
    this.#options = { random: Math.random, now: Date.now, ...options };
  }

  /** Throws `rate_limited` when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#options.running) {
      if (this.#queue.length >= this.#options.waiting) throw this.#refusal();
      // Whoever ends hands its place over.
      await new Promise<void>((resolve) => {
        this.#queue.push(resolve);
      });
    } else {
      this.#running++;
    }
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#running--;
    }
  }

  #refusal(): DomainError {
    const minute = Math.floor(this.#options.now() / 60_000);
    if (minute !== this.#minute) this.#refusals = 0;
    this.#minute = minute;
    this.#refusals++;
    const spread = Math.min(SPREAD_MOST, Math.max(SPREAD_LEAST, this.#refusals / REFUSALS_PER_SECOND));
    const retryAfter = 1 + Math.floor(this.#options.random() * spread);
    return new DomainError('rate_limited', `Many devices catch up at the moment. Try again in ${retryAfter} s.`, {
      retryAfter,
    });
  }
}
