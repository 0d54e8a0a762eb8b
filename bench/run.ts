import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fillDatabase } from './api/fill-database.ts';
import { load, type LoadResult } from './api/load.ts';
import { type Account, call, logIn, residentMemory, startBare, startMeasured } from './api/processes.ts';
import { measureFilterSql } from './filters-sql.ts';
import { median } from './median.ts';

/**
 * Tend's API beside a hand-written server that does the same SQL, in one run, alternating, medians.
 * `npm run bench -- --quick` takes a minute and says little; `--rounds` and `--seconds` set how often and how long
 * each side is measured; `--json FILE` also writes the figures. The engines that the web app uses too come behind it.
 */
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    json: { type: 'string' },
  },
});
const SIZES = flags.quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000];
const ROUNDS = flags.quick ? 1 : Number(flags.rounds);
const SECONDS = flags.quick ? 2 : Number(flags.seconds);
const CONNECTIONS = [1, 16, 64] as const;
const OWN_TASKS = 1000;
const ENGINES = ['quick-add', 'recurrence', 'filters', 'search'] as const;

const figures: Record<string, string | number>[] = [];
const record = (what: string, row: Record<string, string | number>): void => {
  figures.push({ what, ...row });
  process.stdout.write(
    `${what.padEnd(44)} ${Object.entries(row)
      .map(([key, value]) => `${key} ${value}`)
      .join('   ')}\n`,
  );
};
const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

const directory = await mkdtemp(join(tmpdir(), 'tend-bench-'));
try {
  const processor = cpus();
  record('machine', { cpu: processor[0]?.model ?? 'unknown', cores: processor.length, node: process.versions.node });
  let account = await prepareAccount();
  for (const size of SIZES) {
    fillDatabase(join(directory, 'tend.db'), size);
    account = await measureList(size);
  }
  await measureCreate(account);
  await measureStart();
  await measureFilterSql(SIZES.at(-1) ?? 1000, 10 * ROUNDS, record);
  for (const engine of ENGINES) measureEngine(engine);
  if (flags.json) await writeFile(flags.json, JSON.stringify(figures, null, 2));
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** One person with a thousand tasks in the inbox. */
async function prepareAccount(): Promise<Account> {
  await using tend = await startMeasured(directory);
  const account = await logIn(tend.url, 'signup');
  for (let made = 0; made < OWN_TASKS; made++) {
    await call(tend.url, '/tasks', { title: `Task ${made}` }, account.token);
  }
  return account;
}

/** The list in turns: Tend, bare, Tend, bare… */
async function measureList(size: number): Promise<Account> {
  await using tend = await startMeasured(directory);
  const account = await logIn(tend.url, 'login');
  await using bare = await startBare(directory, account);
  const idle = residentMemory(tend.pid);
  const targets = { tend: `${tend.url}/api/v1/tasks?limit=20`, bare: bare.url };
  const results = await alternate(targets, account.token, { connections: 16 });
  const [own, ceiling] = [summary(results.tend), summary(results.bare)];
  record(`list 20 of ${OWN_TASKS}, ${size} in the database`, {
    'tend req/s': round(own.perSecond),
    'bare req/s': round(ceiling.perSecond),
    ratio: round(own.perSecond / ceiling.perSecond, 2),
    'p50 ms': own.p50,
    'p99 ms': own.p99,
  });
  const single = await alternate({ tend: targets.tend }, account.token, { connections: 1 });
  record(`list latency, one connection, ${size} tasks`, { 'mean ms': round(1000 / summary(single.tend).perSecond, 3) });
  if (size === SIZES.at(-1))
    record('memory', { 'idle MiB': round(idle), 'after list load MiB': round(residentMemory(tend.pid)) });
  return account;
}

/** Durable creation in turns, then reads while writers run at half of their peak. */
async function measureCreate(known: Account): Promise<void> {
  await using tend = await startMeasured(directory);
  const account = { ...(await logIn(tend.url, 'login')), userId: known.userId };
  await using bare = await startBare(directory, account);
  const body = { title: 'Buy oat milk and bread' };
  let peak = 0;
  for (const connections of CONNECTIONS) {
    const targets = { tend: `${tend.url}/api/v1/tasks`, bare: bare.url };
    const results = await alternate(targets, account.token, { connections, body });
    const [own, ceiling] = [summary(results.tend), summary(results.bare)];
    peak = own.perSecond;
    record(`durable create, ${connections} connections`, {
      'tend /s': round(own.perSecond),
      'bare /s': round(ceiling.perSecond),
      ratio: round(own.perSecond / ceiling.perSecond, 2),
      'p99 ms': own.p99,
    });
  }
  record('memory under create load', { MiB: round(residentMemory(tend.pid)) });
  const writes = {
    url: `${tend.url}/api/v1/tasks`,
    token: account.token,
    connections: 64,
    seconds: SECONDS + 1,
    body,
    rate: round(peak / 2),
  };
  const [reads] = await Promise.all([
    load({
      url: `${tend.url}/api/v1/tasks?limit=20`,
      token: account.token,
      connections: 8,
      seconds: SECONDS,
      rate: 400,
    }),
    load(writes),
  ]);
  record('reads while 64 write at half of their peak', { 'p50 ms': reads.p50, 'p99 ms': reads.p99 });
}

/** From the start of the process to the first answer, on the filled database. */
async function measureStart(): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const began = performance.now();
    const tend = await startMeasured(directory);
    times.push(performance.now() - began);
    await tend.stop();
  }
  record('start to the first answer', { 'median ms': round(median(times)) });
}

/** In a process of its own, which prints its own table. */
function measureEngine(engine: (typeof ENGINES)[number]): void {
  process.stdout.write(`\n${engine}\n`);
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`./${engine}.ts`, import.meta.url))], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`bench/${engine}.ts ended with ${status}`);
}

type LoadShape = Omit<Parameters<typeof load>[0], 'url' | 'token' | 'seconds'>;

async function alternate<K extends string>(
  targets: Readonly<Record<K, string>>,
  token: string,
  shape: LoadShape,
): Promise<Record<K, LoadResult[]>> {
  const names = Object.keys(targets) as K[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, LoadResult[]>;
  for (const name of names) await load({ ...shape, url: targets[name], token, seconds: 1 });
  for (let n = 0; n < ROUNDS; n++) {
    for (const name of names) results[name].push(await load({ ...shape, url: targets[name], token, seconds: SECONDS }));
  }
  return results;
}

function summary(results: readonly LoadResult[]): LoadResult {
  const middle = (of: keyof LoadResult): number => median(results.map((result) => result[of]));
  return { perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99') };
}
