/**
 * `npm run bench:web`: the web app in Chromium with an account of 10,000 tasks and 200 projects on a real server.
 * Prints a table with the targets; fails nothing by itself.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '#tests/support/chromium.ts';
import { startTend } from '#tests/support/tend-process.ts';
import { median } from './median.ts';
import { ACCOUNT, LIST_TASKS, seedAccount } from './web/account.ts';
import { firstScreenSizes } from './web/assets.ts';
import { waitUntilKept } from './web/kept-rows.ts';
import { installProbe } from './web/page-probe.ts';
import {
  type KeySamples,
  type Load,
  measureFloor,
  measureHeap,
  measureKeys,
  measureLoad,
  measureRemote,
  measureScroll,
  type Scroll,
} from './web/scenarios.ts';
import { measureFilterTyping, measureSearchTyping, measureTypingFloor, type TypingSamples } from './web/typing.ts';

interface Results {
  readonly cold: Load;
  readonly warm: Load;
  readonly keys: Record<string, KeySamples>;
  readonly scroll: Scroll;
  readonly remote: readonly number[];
  readonly heap: number;
  readonly typing: Readonly<Record<string, TypingSamples>>;
}

type Line = readonly [what: string, plain: string, throttled: string, target: string];

const dataDirectory = await mkdtemp(join(tmpdir(), 'tend-bench-web-'));
try {
  await seedAccount(dataDirectory);
  await using server = await startTend({
    dataDirectory,
    env: { CREATE_DEMO_USER: 'false', RATE_LIMIT_FACTOR: '10000' },
  });
  const browser = await chromium.launch(chromiumLaunchOptions());
  const plain = await measure(browser, server.url, 1);
  const throttled = await measure(browser, server.url, 4);
  const version = browser.version();
  await browser.close();
  print(plain, throttled, version);
} finally {
  await rm(dataDirectory, { recursive: true, force: true });
}

async function measure(browser: Browser, url: string, slowdown: number): Promise<Results> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  // A busy machine must give slow figures, not none.
  context.setDefaultTimeout(240_000);
  await context.addInitScript(installProbe);
  const token = await logIn(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });

  const say = (what: string) => process.stderr.write(`${slowdown}× ${what}\n`);
  say('load');
  const cold = await measureLoad(page, '/today');
  const list = await largestProject(page, token);
  await waitUntilKept(page, LIST_TASKS);
  await measureLoad(page, '/today');
  const warm = await measureLoad(page, '/today');
  await measureLoad(page, `/p/${list.id}`);
  await sleep(2_000);
  const heap = await measureHeap(session);
  say('scroll');
  const scroll = await measureScroll(page);
  say('remote change');
  await page.goto(`/p/${list.id}`);
  const taskId = await page.locator('main [data-row-kind="row"]').first().getAttribute('data-row-key');
  // The first token may have expired by now.
  const deviceToken = await logIn(context);
  const remote = await measureRemote(page, async (title) => {
    const answer = await context.request.patch(`/api/v1/tasks/${taskId}`, {
      headers: { authorization: `Bearer ${deviceToken}` },
      data: { title },
    });
    if (!answer.ok()) throw new Error(`The other device was refused: ${await answer.text()}`);
  });
  say('keys');
  const floor = await measureFloor(page, slowdown);
  await page.bringToFront();
  const keys = { ...(await measureKeys(page)), 'floor (no scripts, one attribute)': floor };
  say('typing');
  await page.goto(`/p/${list.id}`);
  await page.locator('.task-row').first().waitFor();
  await sleep(2_000);
  const typing = {
    'in search': await measureSearchTyping(page, slowdown),
    'in the filter bar': await measureFilterTyping(page, slowdown),
    'floor (no scripts, one field)': await measureTypingFloor(page, slowdown),
  };
  await context.close();
  return { cold, warm, keys, scroll, remote, heap, typing };
}

async function logIn(context: BrowserContext): Promise<string> {
  const answer = await context.request.post('/api/v1/auth/login', { data: { ...ACCOUNT, remember: true } });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function largestProject(page: Page, token: string): Promise<{ id: string }> {
  const answer = await page.request.get('/api/v1/projects', {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await answer.json()) as {
    items: { id: string; name: string; inbox: boolean; createdAt: string }[];
  };
  // It was made first.
  const [first] = items
    .filter((project) => !project.inbox)
    .sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
  if (!first) throw new Error('The account has no project.');
  return first;
}

function print(plain: Results, throttled: Results, version: string): void {
  const both = (what: string, target: string, value: (results: Results) => string): Line => [
    what,
    value(plain),
    value(throttled),
    target,
  ];
  const sizes = firstScreenSizes();
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const lines: Line[] = [
    both('LCP, cold', '1,800 ms at 4×', ({ cold }) => ms(cold.lcp)),
    both('First rows, cold', '', ({ cold }) => ms(cold.firstRow)),
    both('LCP, warm', '600 ms', ({ warm }) => ms(warm.lcp)),
    both('First rows, warm', '', ({ warm }) => ms(warm.firstRow)),
    both('Layout shift', '0', ({ cold }) => cold.shift.toFixed(3)),
    ...Object.keys(plain.keys).flatMap((name) => [
      both(`Key → paint: ${name}, median / p95`, '16 ms, 50 at 4×', ({ keys }) => spread(keys[name]?.paint)),
      both(`  of which work, median / p95`, '', ({ keys }) => spread(keys[name]?.work)),
    ]),
    ...Object.keys(plain.typing).flatMap((name) => [
      both(`Letter → painted result: ${name}, median / p95`, '', ({ typing }) => spread(typing[name]?.painted)),
      both('  of which work, median / p95', '12 ms', ({ typing }) => spread(typing[name]?.work)),
    ]),
    both('Scroll whole list: frames > 25 ms', '0', ({ scroll }) => `${scroll.slow} of ${scroll.frames}`),
    both('  worst frame', '25 ms', ({ scroll }) => ms(scroll.worst)),
    both('  frames with blank rows', '0', ({ scroll }) => `${scroll.blanks}`),
    both('Remote change → visible, median / p95', '1 frame after receipt', ({ remote }) => spread(remote)),
    both('JS heap with the list open', '120 MB', ({ heap }) => `${(heap / 1e6).toFixed(1)} MB`),
    ['First-screen JS, gz', kB(sizes.js), '', '150 kB'],
    ['First-screen CSS, gz', kB(sizes.css), '', '18 kB'],
    ['First-screen font', kB(sizes.font), '', '49 kB'],
  ];
  const header: Line = ['Measure', 'unthrottled', '4× slower CPU', 'target'];
  console.log(
    `Chromium ${version}, ${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, list of ${plain.scroll.pixels} px\n`,
  );
  for (const line of [header, ['---', '---:', '---:', '---'] as const, ...lines])
    console.log(`| ${line.join(' | ')} |`);
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`;
}

function spread(values: readonly number[] = []): string {
  const sorted = values.toSorted((a, b) => a - b);
  const p95 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN;
  return `${median(values).toFixed(1)} / ${p95.toFixed(1)} ms`;
}
