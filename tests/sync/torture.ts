/**
 * `npm run test:torture`: many random histories of devices and of tabs on both engines, one engine per process.
 * Each history that fails is printed with its seed, shortened, and kept in kept-histories.jsonl, which every run of
 * the tests plays first.
 *
 *     node tests/sync/torture.ts [--histories 50000] [--seed 1]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { Engine } from '#server/db/engine.ts';
import { startPostgres } from '#tests/support/postgres.ts';
import { RESTORED_WHILE_PAGING } from './faults.ts';
import { createHarness } from './harness.ts';
import { placeOf } from './history-database.ts';
import { keepHistory, type KeptHistory } from './kept-histories.ts';
import type { Disasters, Weights } from './steps.ts';
import { createTabHarness } from './tab-harness.ts';

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
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number | null));
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
}

async function searchOn(engine: Engine): Promise<void> {
  const began = Date.now();
  let played = 0;
  let failures = 0;
  for (const { name, part, search } of await sharesOn(engine)) {
    const wanted = Math.ceil(total * PARTS[engine] * part);
    for (let done = 0, batch = 0; done < wanted; batch++) {
      const histories = Math.min(BATCH, wanted - done);
      const batchSeed = seed * 1_000_000 + batch;
      const first = await search(batchSeed, histories, 0);
      played += first.histories;
      done += histories;
      if (first.found !== null) {
        failures++;
        console.log(`${engine}, ${name}, seed ${batchSeed}, history ${first.histories}: ${first.found}`);
        const shorter = await search(batchSeed, histories, SHRINK_MS);
        const kept = shorter.kept ?? first.kept;
        if (kept) await keepHistory(kept);
      }
    }
    console.log(`${engine}, ${name}: ${wanted} histories, ${Math.round((Date.now() - began) / 1_000)} s so far`);
  }
  console.log(`${engine}: ${played} histories, ${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
}

async function sharesOn(engine: Engine): Promise<Share[]> {
  const place = placeOf(engine, values.server);
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
  return [
    device('devices', 0.4, { restore: false, clone: false }),
    device('devices and a restored server', 0.2, { restore: true, clone: false }),
    device('a restore while paging', 0.1, { restore: true, clone: false }, RESTORED_WHILE_PAGING),
    device('a cloned profile', 0.1, { restore: false, clone: true }),
    {
      name: 'tabs',
      part: 0.2,
      async search(from, histories, shrinkFor) {
        const { found, history, ...result } = await tabs.search({ histories, seed: from, shrinkFor });
        const kept = history && { kind: 'tabs' as const, title: titleOf(engine, from, found), history };
        return { histories: result.histories, found, kept };
      },
    },
  ];
}

function titleOf(engine: Engine, from: number, found: string | null): string {
  return `seed ${from} on ${engine}: ${(found ?? '').slice(0, 120)}`;
}
