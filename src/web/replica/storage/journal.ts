/** Why something is not kept on this device at the moment. */
export type StorageProblem = 'full' | 'failing';

/** Wait before a failed write is tried again: space is not freed in an instant. */
const RETRY_MS = 5_000;

/**
 * Writes to the disk in the order in which they happened, one after another. After a crash the disk holds a prefix of
 * them, so whatever must never be there without something else is simply written after it.
 */
export class Journal {
  readonly #entries: (() => Promise<void>)[] = [];
  readonly #onProblem: (problem: StorageProblem | null) => void;
  readonly #setTimer: (ms: number, run: () => void) => () => void;
  #running: Promise<void> | null = null;
  #cancelRetry: (() => void) | null = null;
  #closed = false;

  constructor(
    onProblem: (problem: StorageProblem | null) => void,
    setTimer: (ms: number, run: () => void) => () => void,
  ) {
    this.#onProblem = onProblem;
    this.#setTimer = setTimer;
  }

  add(run: () => Promise<void>): void {
    if (this.#closed) return;
    this.#entries.push(run);
    this.#start();
  }

  /** Resolves when everything that was added is written, or cannot be for now. */
  async flushed(): Promise<void> {
    await this.#running;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** What is not written yet is given up. */
  close(): void {
    this.#closed = true;
    this.#cancelRetry?.();
    this.#entries.length = 0;
  }

  #start(): void {
    if (this.#running || this.#cancelRetry || this.#closed) return;
    this.#running = this.#drain().finally(() => {
      this.#running = null;
    });
  }

  async #drain(): Promise<void> {
    // Those that are added in this turn may still join the first.
    await Promise.resolve();
    for (let write = this.#entries[0]; write; write = this.#entries[0]) {
      try {
        await write();
      } catch (error) {
        if (this.#closed) return;
        // It stays the first: nothing that happened later may be kept without it.
        this.#onProblem((error as Error).name === 'QuotaExceededError' ? 'full' : 'failing');
        this.#cancelRetry = this.#setTimer(RETRY_MS, () => {
          this.#cancelRetry = null;
          this.#start();
        });
        return;
      }
      this.#entries.shift();
      this.#onProblem(null);
    }
  }
}
