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
  #emptied: PromiseWithResolvers<void> | null = null;
  #writes = 0;
  #closed = false;

  constructor(
    onProblem: (problem: StorageProblem | null) => void,
    setTimer: (ms: number, run: () => void) => () => void,
  ) {
    this.#onProblem = onProblem;
    this.#setTimer = setTimer;
  }

  add(write: () => Promise<void>): void {
    this.#writes++;
    this.look(write);
  }

  /** Something that is done after the writes before it and writes nothing itself. */
  look(work: () => Promise<void>): void {
    if (this.#closed) return;
    this.#entries.push(work);
    this.#start();
  }

  /** Resolves when everything that was added is written, or cannot be for now. */
  async flushed(): Promise<void> {
    await this.#running;
  }

  /** Resolves once everything is written, however long the disk refuses. */
  emptied(): Promise<void> {
    if (this.#entries.length === 0) return Promise.resolve();
    this.#emptied ??= Promise.withResolvers<void>();
    return this.#emptied.promise;
  }

  /** How many writes were ever added. */
  get writes(): number {
    return this.#writes;
  }

  /** What is not written yet is given up. */
  close(): void {
    this.#closed = true;
    this.#cancelRetry?.();
    this.#entries.length = 0;
  }

  #start(): void {
    if (this.#running || this.#cancelRetry || this.#closed) return;
    this.#running = this.#drain();
  }

  async #drain(): Promise<void> {
    // Those that are added in this turn may still join the first.
    await Promise.resolve();
    for (let write = this.#entries[0]; write; write = this.#entries[0]) {
      try {
        await write();
      } catch (error) {
        this.#running = null;
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
    // In the same turn as the look that found nothing more: what is added next starts anew.
    this.#running = null;
    this.#emptied?.resolve();
    this.#emptied = null;
  }
}
