import { DomainError } from '#core/errors.ts';
import type { SyncEnvironment } from './sync-transport.ts';

const FIRST_DELAY_MS = 1_000;
const LAST_DELAY_MS = 60_000;

export interface RetryLoopOptions {
  readonly environment: SyncEnvironment;
  /** One round. When it fails it is tried again, later each time. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Says whether to go on after a failure. */
  readonly onFailure: (error: unknown) => boolean;
  readonly onSuccess: () => void;
}

/** Runs its work when asked, once at a time, and again after a failure with full-jitter backoff. */
export class RetryLoop {
  readonly #options: RetryLoopOptions;
  #running: AbortController | null = null;
  #wanted = false;
  #failures = 0;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;

  constructor(options: RetryLoopOptions) {
    this.#options = options;
  }

  get failing(): boolean {
    return this.#failures > 0;
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  /** Runs a round soon; a loop that waits after a failure goes on waiting. */
  request(): void {
    if (this.#stopped) return;
    if (this.#running) this.#wanted = true;
    else if (!this.#cancelTimer) void this.#run();
  }

  /** Runs a round at once: there is reason to believe that it works now. */
  requestNow(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.request();
  }

  /** Runs a round after `ms`, unless one runs before. */
  requestAfter(ms: number): void {
    if (this.#stopped) return;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.environment.setTimer(ms, () => {
      this.#cancelTimer = null;
      this.request();
    });
  }

  /** Lets requests through again after `stop`. */
  start(): void {
    this.#stopped = false;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#wanted = false;
    this.#running?.abort();
    this.#running = null;
    this.#failures = 0;
  }

  async #run(): Promise<void> {
    const controller = new AbortController();
    this.#running = controller;
    this.#wanted = false;
    try {
      await this.#options.work(controller.signal);
      if (this.#running !== controller) return;
      this.#failures = 0;
      this.#running = null;
      this.#options.onSuccess();
    } catch (error) {
      if (this.#running !== controller) return;
      this.#running = null;
      if (!this.#options.onFailure(error)) return;
      this.requestAfter(this.#delayAfter(error));
      return;
    }
    if (this.#wanted) this.request();
  }

  #delayAfter(error: unknown): number {
    const ceiling = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures++);
    const jitter = this.#options.environment.random() * ceiling;
    const asked = error instanceof DomainError ? (error.data.retryAfter ?? 0) * 1_000 : 0;
    return Math.max(jitter, asked);
  }
}
