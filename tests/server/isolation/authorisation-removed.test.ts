import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findSites, type Site, UNCHECKED, UNCHECKED_FILE, withSwitches } from './authorisation-sites.ts';
import type { Noticed, Removal, Suite } from './run-matrix.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WORKERS = Math.min(2, availableParallelism());
/** For one removal; most take a second. */
const PATIENCE_MS = 300_000;

let sites: readonly Site[];
let copy: string;

beforeAll(async () => {
  sites = await findSites(ROOT);
  copy = await copyWithSwitches();
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** The sources in which each authorisation asks whether it was taken away. */
async function copyWithSwitches(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-switched-'));
  for (const folder of ['src/core', 'src/server', 'tests/support', 'tests/server/isolation']) {
    await cp(join(ROOT, folder), join(directory, folder), { recursive: true });
  }
  await cp(join(ROOT, 'package.json'), join(directory, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  await writeFile(join(directory, UNCHECKED_FILE), UNCHECKED);
  for (const [file, inFile] of Map.groupBy(sites, (site) => site.file)) {
    await writeFile(join(directory, file), withSwitches(await readFile(join(ROOT, file), 'utf8'), inFile));
  }
  return directory;
}

const SUITES: readonly Suite[] = ['push', 'attacks', 'scopes', 'routes'];

/** Most runs end with the suite that notices, so it goes first. */
function suitesFor(file: string): Suite[] {
  const likely = likelySuite(file);
  return [likely, ...SUITES.filter((suite) => suite !== likely)];
}

function likelySuite(file: string): Suite {
  if (isOfCore(file)) return 'push';
  if (/^src\/server\/(?:quick-add|filters)\//.test(file)) return 'attacks';
  return file.startsWith('src/server/sync/') ? 'scopes' : 'routes';
}

function isOfCore(file: string): boolean {
  return file.startsWith('src/core/');
}

function startRunner(): ChildProcess {
  // Databases in memory: what is on a disk after a power cut is another test.
  const directory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const env = { TEST_DATABASE: 'sqlite', TMPDIR: directory, NODE_COMPILE_CACHE: join(copy, 'compiled') };
  return fork(join(copy, 'tests/server/isolation/run-matrix.ts'), {
    cwd: copy,
    env: { ...process.env, ...env },
    execArgv: [],
  });
}

async function ask(runner: ChildProcess, removal: Removal): Promise<Noticed> {
  const answer = once(runner, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
  runner.send(removal);
  const [noticed] = (await answer) as [Noticed];
  return noticed;
}

const NOTHING: Noticed = { end: 'no fault', told: '' };

test('with nothing removed, nothing is noticed', { timeout: 600_000 }, async () => {
  const runner = startRunner();
  expect(await ask(runner, { number: null, suites: SUITES })).toEqual(NOTHING);
  runner.kill();
});

/** What the site is, unless its removal is noticed. A crash proves nothing. */
async function unnoticed(runner: ChildProcess, { number, file, line, call }: Site): Promise<string[]> {
  // Of src/server/labels, /labels: each folder has the routes of its name.
  const likelyRoutes = isOfCore(file) ? undefined : `/${file.split('/')[2] ?? ''}`;
  const { end, told } = await ask(runner, { number, suites: suitesFor(file), likelyRoutes });
  return end === 'fault' ? [] : [`${file}:${line} ${call}: ${end} ${told.slice(0, 300)}`];
}

/** Mutators are pure: one process takes one after another away, and is as it was in the end. */
async function removeOfCore(queue: Site[]): Promise<string[]> {
  const runner = startRunner();
  const found: string[] = [];
  for (let site = queue.shift(); site; site = queue.shift()) found.push(...(await unnoticed(runner, site)));
  expect(await ask(runner, { number: null, suites: ['push'] })).toEqual(NOTHING);
  runner.kill();
  return found;
}

/** Queries are built once per process, with what was there at their first use: each removal has one of its own. */
async function removeOfServer(queue: Site[]): Promise<string[]> {
  const found: string[] = [];
  for (let site = queue.shift(); site; site = queue.shift()) {
    const runner = startRunner();
    found.push(...(await unnoticed(runner, site)));
    runner.kill();
  }
  return found;
}

test('removing any one authorisation is noticed', { timeout: 1_800_000 }, async () => {
  expect(sites.length).toBeGreaterThan(60);
  const ofCore = sites.filter(({ file }) => isOfCore(file));
  const ofServer = sites.filter(({ file }) => !isOfCore(file));
  const work = async (): Promise<string[]> => [...(await removeOfServer(ofServer)), ...(await removeOfCore(ofCore))];
  const found = await Promise.all(Array.from({ length: WORKERS }, work));
  expect(found.flat()).toEqual([]);
});
