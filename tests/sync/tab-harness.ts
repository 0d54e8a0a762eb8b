import fc from 'fast-check';
import type { KeptCache } from '#web/replica/storage/cache-disk.ts';
import { PRODUCT, type TabClasses } from './browser.ts';
import type { Place } from './history-database.ts';
import { TODAY } from './releases.ts';
import { TabWorld } from './tab-history.ts';
import { arbitraryTabHistory, type TabStep, type TabWeights } from './tab-steps.ts';
import { type Backup, createTestServer, type TestServer } from './test-server.ts';
import { VirtualTime } from './virtual-time.ts';

const BEGIN = Date.parse('2026-11-22T09:00:00.000Z');

export interface TabSearchOptions {
  readonly histories: number;
  readonly seed: number;
  /** Default: the product's; what is searched for then must not be found. */
  readonly classes?: Partial<TabClasses>;
  readonly weights?: Partial<TabWeights>;
  /** Looks for a shorter history that also fails, for so many milliseconds. */
  readonly shrinkFor?: number;
}

export interface TabSearchResult {
  readonly histories: number;
  readonly found: string | null;
  readonly path: string | null;
  readonly history: readonly TabStep[] | null;
}

/** One database for many histories of tabs; each begins with the same people and projects, and with empty browsers. */
export class TabHarness implements AsyncDisposable {
  readonly #server: TestServer;
  readonly #baseline: Backup;
  readonly #time: VirtualTime;
  readonly #known: KeptCache;
  #run = 0;

  constructor(server: TestServer, baseline: Backup, time: VirtualTime, known: KeptCache) {
    this.#server = server;
    this.#baseline = baseline;
    this.#time = time;
    this.#known = known;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server[Symbol.asyncDispose]();
  }

  /** Runs one history from the beginning to the end. Throws the Violation that it meets. */
  async replay(history: readonly TabStep[], classes: Partial<TabClasses> = {}): Promise<void> {
    await this.#server.restore(this.#baseline);
    this.#time.reset(BEGIN);
    this.#server.release = TODAY;
    await new TabWorld(this.#server, this.#time, this.#run++, { ...PRODUCT, ...classes }).play(history, this.#known);
  }

  async search({
    histories,
    seed,
    weights = {},
    classes = {},
    shrinkFor = 0,
  }: TabSearchOptions): Promise<TabSearchResult> {
    const property = fc.asyncProperty(arbitraryTabHistory(weights), (history) => this.replay(history, classes));
    const result = await fc.check(property, {
      seed,
      numRuns: histories,
      endOnFailure: shrinkFor === 0,
      ...(shrinkFor > 0 && { interruptAfterTimeLimit: shrinkFor, markInterruptAsFailure: false }),
    });
    return {
      histories: result.numRuns,
      found: result.failed ? String(result.errorInstance) : null,
      path: result.counterexamplePath,
      history: result.counterexample?.[0] ?? null,
    };
  }
}

export async function createTabHarness(place: Place): Promise<TabHarness> {
  const time = new VirtualTime(BEGIN);
  const server = await createTestServer(place, time);
  const baseline = await server.backup('baseline');
  const known = await new TabWorld(server, time, -1).firstSync();
  return new TabHarness(server, baseline, time, known);
}
