/**
 * `npm run bench:sync`: what people wait for when a device synchronises, in Chromium with a real server. The first
 * synchronisation of 10,000 and of 100,000 tasks, the start from what the browser keeps, and the way from a click in
 * one browser to the paint in another. `--tasks N` measures the first two with N tasks alone.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { startRedis } from '#tests/server/processes/redis-server.ts';
import { chromiumLaunchOptions } from '#tests/support/chromium.ts';
import { startPostgres } from '#tests/support/postgres.ts';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { call, startMeasured } from './api/processes.ts';
import { median } from './median.ts';
import { ACCOUNT, seedSpread } from './web/account.ts';
import { waitUntilKept } from './web/kept-rows.ts';
import { installProbe } from './web/page-probe.ts';
import { measureHeap } from './web/scenarios.ts';

const { values: flags } = parseArgs({ options: { tasks: { type: 'string', multiple: true } } });
const SIZES = (flags.tasks ?? ['10000', '100000']).map(Number);
const STARTS = 5;
const CLICKS = 60;

const record = (what: string, row: Readonly<Record<string, string | number>>): void => {
  const cells = Object.entries(row).map(
    ([key, value]) => `${key} ${typeof value === 'number' ? Math.round(value) : value}`,
  );
  process.stdout.write(`${what.padEnd(40)} ${cells.join('   ')}\n`);
};

const browser = await chromium.launch(chromiumLaunchOptions());
record('machine', { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, Chromium: browser.version() });
for (const tasks of SIZES) await inDirectory((directory) => measureStarts(browser, directory, tasks));
await inDirectory((directory) => measureClicks(browser, directory));
await browser.close();

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-bench-sync-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The first synchronisation, and then the starts from what the browser keeps: with the server, and without it. */
async function measureStarts(browser: Browser, directory: string, tasks: number): Promise<void> {
  await seedSpread(directory, tasks);
  await using server = await startMeasured(directory);
  const context = await openContext(browser, server.url);
  await context.request.post('/api/v1/auth/login', { data: { ...ACCOUNT, remember: true } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const traffic = { requests: 0, bytes: 0 };
  const syncing = new Set<string>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (/\/sync\/(pull|page)/.test(request.url)) syncing.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!syncing.has(requestId)) return;
    traffic.requests++;
    traffic.bytes += encodedDataLength;
  });
  await session.send('Network.enable');

  const began = Date.now();
  await page.goto('/today');
  const first = await firstRow(page);
  await waitUntilKept(page, tasks);
  const kept = Date.now() - began;
  record(`${tasks} tasks, first synchronisation`, {
    'first rows, ms': first,
    'all of it kept, ms': kept,
    requests: traffic.requests,
    'kB on the wire': traffic.bytes / 1000,
    'heap, MB': (await measureHeap(session)) / 1e6,
    'on the disk, MB': (await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)) / 1e6,
  });

  const online: number[] = [];
  for (let i = 0; i < STARTS; i++) online.push(await restart(page));
  await context.route('**/api/v1/**', (route) => route.abort('internetdisconnected'));
  const offline: number[] = [];
  for (let i = 0; i < STARTS; i++) offline.push(await restart(page));
  record(`${tasks} tasks, start from what is kept`, {
    'first rows, median, ms': median(online),
    'slowest, ms': Math.max(...online),
    'without a server, median, ms': median(offline),
    'heap, MB': (await measureHeap(session)) / 1e6,
  });
  await context.close();
}

async function openContext(browser: Browser, baseURL: string, height = 800): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, locale: 'en-GB', viewport: { width: 1280, height } });
  // A busy machine must give slow figures, not none.
  context.setDefaultTimeout(240_000);
  await context.addInitScript(installProbe);
  return context;
}

async function firstRow(page: Page): Promise<number> {
  await page.waitForFunction(() => window.probe.firstRow !== null);
  return page.evaluate(() => window.probe.firstRow ?? Number.NaN);
}

async function restart(page: Page): Promise<number> {
  await sleep(1_000);
  await page.reload();
  return firstRow(page);
}

/** Somebody adds a task by the mouse; another browser of the account shows it. */
async function measureClicks(browser: Browser, directory: string): Promise<void> {
  {
    await using server = await startMeasured(directory);
    await measurePath(browser, 'one process, SQLite', server.url, server.url);
  }
  await using postgres = await startPostgres();
  await using redis = await startRedis();
  await using database = await createPostgresDatabase(postgres.url);
  const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
  await using here = await startMeasured(directory, env);
  await using there = await startMeasured(directory, env);
  await measurePath(browser, 'two processes, PostgreSQL and Redis', here.url, there.url);
}

async function measurePath(browser: Browser, what: string, from: string, to: string): Promise<void> {
  await call(from, '/auth/signup', ACCOUNT);
  const [writer, reader] = [await openInbox(browser, from), await openInbox(browser, to)];
  await writer.evaluate(() => {
    addEventListener('click', () => (window.probe.seen['click'] = Date.now()), { capture: true });
  });
  const delays: number[] = [];
  for (let i = 0; i < CLICKS; i++) {
    const title = `Number ${i}.`;
    await reader.evaluate((text) => window.probe.watchText(text), title);
    await writer
      .getByRole('button', { name: /^Add task/ })
      .first()
      .click();
    const dialog = writer.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill(title);
    await dialog.getByRole('button', { name: 'Add task', exact: true }).click();
    const clicked = await writer.evaluate(() => window.probe.seen['click'] ?? Number.NaN);
    await reader.waitForFunction((text) => window.probe.seen[text] !== undefined, title);
    delays.push((await reader.evaluate((text) => window.probe.seen[text] ?? Number.NaN, title)) - clicked);
    await sleep(150 + Math.random() * 150);
  }
  const sorted = delays.toSorted((a, b) => a - b);
  record(`click to paint, ${what}`, {
    'p50, ms': median(delays),
    'p95, ms': sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    'slowest, ms': sorted.at(-1) ?? Number.NaN,
  });
  await Promise.all([writer.context().close(), reader.context().close()]);
}

async function openInbox(browser: Browser, url: string): Promise<Page> {
  // High enough for all the tasks that are added: those out of view are not painted.
  const context = await openContext(browser, url, 3_000);
  await context.request.post('/api/v1/auth/login', { data: { ...ACCOUNT, remember: true } });
  const page = await context.newPage();
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
  await sleep(2_000);
  return page;
}
