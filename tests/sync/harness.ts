import fc from 'fast-check';
import type { Engine } from '#server/db/engine.ts';
import { arbitraryHistory, type Disasters, type Step } from './steps.ts';
import { type Backup, createTestServer, type TestServer } from './test-server.ts';
import { VirtualTime } from './virtual-time.ts';
import { type Fault, World } from './world.ts';

const BEGIN = Date.parse('2026-11-22T09:00:00.000Z');

export interface SearchOptions {
  readonly histories: number;
  readonly seed: number;
  readonly disasters: Disasters;
  /** Default: none; what is searched for then must not be found. */
  readonly fault?: Fault;
  readonly length?: number;
  /** Looks for a shorter history that also fails, for so many milliseconds. */
  readonly shrinkFor?: number;
}

export interface SearchResult {
  readonly histories: number;
  readonly found: string | null;
  /** What `replay` needs. */
  readonly history: readonly Step[] | null;
}

/** One database for many histories; each begins with the same people and projects. */
export class Harness implements AsyncDisposable {
  readonly #server: TestServer;
  readonly #baseline: Backup;
  readonly #time: VirtualTime;

  constructor(server: TestServer, baseline: Backup, time: VirtualTime) {
    this.#server = server;
    this.#baseline = baseline;
    this.#time = time;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }

  /** Runs one history from the beginning to the end. Throws the Violation that it meets. */
  async replay(history: readonly Step[], disasters: Disasters, fault: Fault = {}): Promise<void> {
    await this.#server.restore(this.#baseline);
    this.#time.reset(BEGIN);
    const world = new World(this.#server, this.#time, fault);
    await world.settle();
    for (const step of history) await world.step(step);
    await world.quiesce();
    await world.check(disasters);
  }

  async search({
    histories,
    seed,
    disasters,
    fault,
    length = 120,
    shrinkFor = 0,
  }: SearchOptions): Promise<SearchResult> {
    const property = fc.asyncProperty(arbitraryHistory(length, disasters), (history) =>
      this.replay(history, disasters, fault),
    );
    const result = await fc.check(property, {
      seed,
      numRuns: histories,
      endOnFailure: shrinkFor === 0,
      ...(shrinkFor > 0 && { skipAllAfterTimeLimit: shrinkFor }),
    });
    const { errorInstance, counterexample } = result;
    return {
      histories: result.numRuns,
      found: result.failed ? String(errorInstance) : null,
      history: counterexample?.[0] ?? null,
    };
  }
}

export async function createHarness(engine: Engine): Promise<Harness> {
  const time = new VirtualTime(BEGIN);
  const server = await createTestServer(engine, time);
  return new Harness(server, await server.backup(), time);
}
