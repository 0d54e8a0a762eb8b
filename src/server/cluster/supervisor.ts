import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#server/logger.ts';

/** A worker that dies young is started again later and later, so that a broken one does not take the machine. */
const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 30_000;
const OLD_MS = 60_000;
/** After the draining: the time that requests get, and some more. */
const STOP_WITHIN_MS = 15_000;

/** What a worker says once it takes requests. */
export interface WorkerReady {
  readonly ready: true;
  readonly url: string;
  readonly setupToken: string | undefined;
}

export interface SupervisorOptions {
  readonly workers: number;
  readonly drainSeconds: number;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** A worker could not start; its own words are on stderr already. */
export class WorkerFailedError extends Error {
  override readonly name = 'WorkerFailedError';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`A worker ended with exit code ${exitCode} before it was ready.`);
    this.exitCode = exitCode;
  }
}

/**
 * Runs the server in several processes behind one port. This process only hands out connections and looks after the
 * others: it starts again what dies, replaces them one after another, and ends when they have.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #workers = new Set<Worker>();
  /** Told to end; their death is no accident. */
  readonly #retired = new WeakSet<Worker>();
  #accidents = 0;
  #stopping = false;
  #replacing = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** The first worker alone migrates and prepares, and only its failure is final; the others start after it. */
  async start(): Promise<WorkerReady> {
    const first = await this.#launch();
    await Promise.all(Array.from({ length: this.#options.workers - 1 }, () => this.#launchAnyhow()));
    return first;
  }

  /** One after another: each new one takes requests before an old one is told to end. */
  async replaceAll(): Promise<void> {
    if (this.#replacing || this.#stopping) return;
    this.#replacing = true;
    try {
      for (const old of [...this.#workers]) {
        if (this.#stopping) return;
        await this.#launch();
        await this.#retire(old);
      }
      this.#options.logger.info('all workers were replaced');
    } catch (err) {
      this.#options.logger.error({ err }, 'a new worker did not start; the old ones stay');
    } finally {
      this.#replacing = false;
    }
  }

  /** All at once: whoever looks at `/readyz` must not find one that still says yes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#workers].map((worker) => this.#retire(worker)));
  }

  async #launch(): Promise<WorkerReady> {
    const born = performance.now();
    const worker = cluster.fork();
    this.#workers.add(worker);
    let ready = false;
    worker.once('exit', (code, signal) => {
      this.#workers.delete(worker);
      if (!ready || this.#stopping || this.#retired.has(worker)) return;
      this.#options.logger.error({ pid: worker.process.pid, code, signal }, 'a worker died');
      void this.#replaceDead(performance.now() - born);
    });
    const message = await firstMessage(worker);
    ready = true;
    return message;
  }

  async #replaceDead(livedMs: number): Promise<void> {
    if (livedMs > OLD_MS) this.#accidents = 0;
    await this.#pause();
    await this.#launchAnyhow();
  }

  async #launchAnyhow(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#launch();
        return;
      } catch (err) {
        this.#options.logger.error({ err }, 'a worker did not start');
        await this.#pause();
      }
    }
  }

  async #pause(): Promise<void> {
    const ceiling = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(this.#accidents++, 10));
    await sleep(ceiling * (0.5 + Math.random() / 2));
  }

  async #retire(worker: Worker): Promise<void> {
    if (worker.isDead()) return;
    this.#retired.add(worker);
    const exit = once(worker, 'exit');
    worker.process.kill('SIGTERM');
    const impatience = setTimeout(
      () => {
        this.#options.logger.warn({ pid: worker.process.pid }, 'a worker did not end in time');
        worker.process.kill('SIGKILL');
      },
      this.#options.drainSeconds * 1_000 + STOP_WITHIN_MS,
    );
    await exit;
    clearTimeout(impatience);
  }
}

function firstMessage(worker: Worker): Promise<WorkerReady> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: WorkerReady) => resolve(message));
    worker.once('exit', (code: number | null) => reject(new WorkerFailedError(code || 1)));
  });
}
