/**
 * `npm run test:torture`: many random histories of devices and of tabs on both engines, one engine per process.
 * Each history that fails is printed with its seed, shortened, and kept in kept-histories.jsonl, which every run of
 * the tests plays first.
 *
 *     node tests/sync/torture.ts [--histories 50000] [--seed 1]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Engine } from '#server/db/engine.ts';
import { startPostgres } from '#tests/support/postgres.ts';
import { RESTORED_WHILE_PAGING } from './faults.ts';
import { createHarness } from './harness.ts';
import { placeOf } from './history-database.ts';
import { keepHistory, type KeptHistory } from './kept-histories.ts';
import { type Disasters, REPEATING, VERSIONS, type Weights } from './steps.ts';
import { createTabHarness } from './tab-harness.ts';
import { TAB_CRAMPED, TAB_REPEATING, TAB_VERSIONS, type TabWeights } from './tab-steps.ts';

interface Found {
  readonly histories: number;
  readonly found: string | null;
  readonly kept: KeptHistory | null;
}

/** A kind of histories, and its part of them all. */
interface Share {
  readonly name: string;
  readonly part: number;
  readonly search: (seed: number, histories: number, shrinkFor: number) => Promise<Found>;
}

const PARTS: Readonly<Record<Engine, number>> = { sqlite: 0.8, postgres: 0.2 };
/** One search: small enough that a report comes now and then, large enough that its beginning does not count. */
const BATCH = 250;
const SHRINK_MS = 120_000;

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
    server: { type: 'string', default: '' },
  },
});
const total = Number(values.histories);
const seed = Number(values.seed);

if (values.engine === 'sqlite' || values.engine === 'postgres') await searchOn(values.engine);
else await searchAll();

async function searchAll(): Promise<void> {
  await using postgres = await startPostgres({ inMemory: true });
  const children = (['sqlite', 'postgres'] as const).map((engine) => {
    const args = ['--engine', engine, '--server', postgres.url, '--histories', `${total}`, '--seed', `${seed}`];
    return fork(import.meta.filename, args);
  });
  // From a terminal they get it themselves.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => children.forEach((child) => child.kill(signal)));
  }
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number | null));
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
}

/** A place for databases that is gone however this process ends, short of SIGKILL. */
function ownDirectory(): string {
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tend-torture-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function searchOn(engine: Engine): Promise<void> {
  const began = Date.now();
  let played = 0;
  let failures = 0;
  const end = (how: string): never => {
    console.log(`${engine}: ${played} histories, ${failures} failed${how}`);
    process.exit(failures === 0 && how === '' ? 0 : 1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(`, ended by ${signal}`));
  for (const { name, part, search } of await sharesOn(engine)) {
    const wanted = Math.ceil(total * PARTS[engine] * part);
    let done = 0;
    for (let batch = 0; done < wanted; batch++) {
      const batchSeed = seed * 1_000_000 + batch;
      const histories = Math.min(BATCH, wanted - done);
      const first = await search(batchSeed, histories, 0);
      played += first.histories;
      done += histories;
      if (first.found === null) continue;
      failures++;
      console.log(`${engine}, ${name}, seed ${batchSeed}, history ${first.histories}: ${first.found}`);
      const shorter = await search(batchSeed, histories, SHRINK_MS);
      const kept = shorter.kept ?? first.kept;
      if (kept) await keepHistory(kept);
    }
    console.log(`${engine}, ${name}: ${done} of ${wanted}, ${Math.round((Date.now() - began) / 1_000)} s so far`);
  }
  end('');
}

async function sharesOn(engine: Engine): Promise<Share[]> {
  const place = engine === 'sqlite' ? { engine, directory: ownDirectory() } : placeOf(engine, values.server);
  const devices = await createHarness(place);
  const tabs = await createTabHarness(place);
  const device = (name: string, part: number, disasters: Disasters, weights?: Partial<Weights>): Share => ({
    name,
    part,
    async search(from, histories, shrinkFor) {
      const options = { histories, seed: from, disasters, shrinkFor, ...(weights && { weights }) };
      const { found, history, ...result } = await devices.search(options);
      const kept = history && { kind: 'devices' as const, title: titleOf(engine, from, found), disasters, history };
      return { histories: result.histories, found, kept };
    },
  });
  const tab = (name: string, part: number, weights: Partial<TabWeights> = {}): Share => ({
    name,
    part,
    async search(from, histories, shrinkFor) {
      const { found, history, ...result } = await tabs.search({ histories, seed: from, shrinkFor, weights });
      const kept = history && { kind: 'tabs' as const, title: titleOf(engine, from, found), history };
      return { histories: result.histories, found, kept };
    },
  });
  return [
    device('devices', 0.2, { restore: false, clone: false }),
    device('tasks that repeat', 0.1, { restore: true, clone: false }, REPEATING),
    device('devices and servers of several versions', 0.1, { restore: false, clone: false }, VERSIONS),
    device('devices and a restored server', 0.2, { restore: true, clone: false }),
    device('a restore while paging', 0.1, { restore: true, clone: false }, RESTORED_WHILE_PAGING),
    device('a cloned profile', 0.1, { restore: false, clone: true }),
    tab('tabs', 0.1),
    tab('tabs on a disk that is full now and then', 0.02, TAB_CRAMPED),
    tab('tabs and tasks that repeat', 0.03, TAB_REPEATING),
    tab('tabs of several versions', 0.05, TAB_VERSIONS),
  ];
}

function titleOf(engine: Engine, from: number, found: string | null): string {
  return `seed ${from} on ${engine}: ${(found ?? '').slice(0, 120)}`;
}
