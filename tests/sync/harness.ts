import fc from 'fast-check';
import { must } from '#core/errors.ts';
import type { DeviceStorage } from '#tests/support/device-storage.ts';
import { checkSettled } from './final-check.ts';
import type { Place } from './history-database.ts';
import { TODAY } from './releases.ts';
import { checkVersions } from './version-checks.ts';
import { arbitraryHistory, type Disasters, type Step, type Weights } from './steps.ts';
import { type Backup, createTestServer, type TestServer } from './test-server.ts';
import { settleMicrotasks, VirtualTime } from './virtual-time.ts';
import { type Fault, World } from './world.ts';

const BEGIN = Date.parse('2026-11-22T09:00:00.000Z');

export interface SearchOptions {
  readonly histories: number;
  readonly seed: number;
  readonly disasters: Disasters;
  /** Default: none; what is searched for then must not be found. */
  readonly fault?: Fault;
  readonly length?: number;
  readonly weights?: Partial<Weights>;
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
  readonly #disks: readonly DeviceStorage[];

  constructor(server: TestServer, baseline: Backup, time: VirtualTime, disks: readonly DeviceStorage[]) {
    this.#server = server;
    this.#baseline = baseline;
    this.#time = time;
    this.#disks = disks;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }

  /** Runs one history from the beginning to the end. Throws the Violation that it meets. */
  async replay(history: readonly Step[], disasters: Disasters, fault: Fault = {}): Promise<void> {
    await this.#server.restore(this.#baseline);
    this.#time.reset(BEGIN);
    this.#server.release = TODAY;
    const world = new World(this.#server, this.#time, fault, this.#disks);
    await settleMicrotasks();
    for (const step of history) await world.step(step);
    if (history.some((step) => step.do === 'load' || step.do === 'deploy')) await checkVersions(world);
    await world.quiesce();
    await checkSettled(world, disasters);
  }

  async search(options: SearchOptions): Promise<SearchResult> {
    const { histories, seed, disasters, fault, length = 120, weights = {}, shrinkFor = 0 } = options;
    const property = fc.asyncProperty(arbitraryHistory({ disasters, length, weights }), (history) =>
      this.replay(history, disasters, fault),
    );
    const result = await fc.check(property, {
      seed,
      numRuns: histories,
      endOnFailure: shrinkFor === 0,
      ...(shrinkFor > 0 && { interruptAfterTimeLimit: shrinkFor }),
    });
    const { errorInstance, counterexample } = result;
    return {
      histories: result.numRuns,
      found: result.failed ? String(errorInstance) : null,
      history: counterexample?.[0] ?? null,
    };
  }
}

export async function createHarness(place: Place): Promise<Harness> {
  const time = new VirtualTime(BEGIN);
  const server = await createTestServer(place, time);
  const baseline = await server.backup('baseline');
  // The first synchronisation is the same in every history; wiped devices go through it in the middle of one.
  const { devices } = await new World(server, time, {}).settled();
  const disks = devices.map(({ run, disks: kept }) => must(kept.get(run.userId), 'a device has a disk').storage);
  return new Harness(server, baseline, time, disks);
}
