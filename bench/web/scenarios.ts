import type { CDPSession, Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { installProbe } from './page-probe.ts';

export interface Load {
  readonly lcp: number;
  readonly firstRow: number;
  readonly shift: number;
}

export async function measureLoad(page: Page, path: string): Promise<Load> {
  await page.goto(path);
  await page.waitForFunction(() => window.probe.firstRow !== null);
  await sleep(500);
  return page.evaluate(() => ({
    lcp: window.probe.lcp,
    firstRow: window.probe.firstRow ?? Number.NaN,
    shift: window.probe.shift,
  }));
}

export interface KeySamples {
  readonly paint: readonly number[];
  readonly work: readonly number[];
}

const SAMPLES = 24;

/** Presses a key and takes what it cost; `before` prepares each press and is not measured. */
async function sampleKey(page: Page, key: string, before?: (index: number) => Promise<void>): Promise<KeySamples> {
  const paint: number[] = [];
  const work: number[] = [];
  for (let index = 0; index < SAMPLES; index++) {
    await before?.(index);
    // Away from the beat of the frames, as people are.
    await sleep(90 + ((index * 7) % 17));
    await page.evaluate(() => {
      window.probe.keys = [];
    });
    await page.keyboard.press(key);
    await page.waitForFunction(() => window.probe.keys.length > 0);
    const sample = await page.evaluate(() => window.probe.keys.at(-1));
    if (sample) {
      paint.push(sample.paint);
      work.push(sample.work);
    }
  }
  return { paint, work };
}

/** In the list of 10,000 tasks, with a row focused far from its start. */
export async function measureKeys(page: Page): Promise<Record<string, KeySamples>> {
  await page.locator('.task-row').first().waitFor();
  await page.keyboard.press('j');
  for (let index = 0; index < 30; index++) await page.keyboard.press('PageDown');
  await sleep(300);
  const focus = await sampleKey(page, 'j');
  const priority = await sampleKey(page, '1', async (index) => {
    // Only a change counts.
    if (index > 0) await page.keyboard.press('j');
  });
  const rename = await sampleKey(page, 'Enter', async (index) => {
    await page.keyboard.press('j');
    await page.keyboard.press('F2');
    await page.keyboard.type(`Renamed ${index}`);
  });
  const complete = await sampleKey(page, 'e', async () => {
    await page.keyboard.press('j');
  });
  await sleep(1_800);
  return { 'move focus': focus, priority, rename, complete };
}

/** The page as it stands, without its scripts. */
export async function openWithoutScripts(page: Page, slowdown: number): Promise<Page> {
  const html = await page.evaluate(() => {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
    const body = document.body.cloneNode(true) as HTMLElement;
    for (const script of body.querySelectorAll('script')) script.remove();
    return `<!doctype html><html lang="en"><style>${rules.join('\n')}</style>${body.outerHTML}</html>`;
  });
  const still = await page.context().newPage();
  await still.setContent(html);
  await still.evaluate(installProbe);
  const session = await still.context().newCDPSession(still);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return still;
}

/** What the machine itself takes: the same page without scripts, and one attribute that moves with a key. */
export async function measureFloor(page: Page, slowdown: number): Promise<KeySamples> {
  const still = await openWithoutScripts(page, slowdown);
  await still.evaluate(() => {
    const rows = document.querySelectorAll('[data-row-kind="row"]');
    let at = 0;
    addEventListener('keydown', () => {
      rows[at % rows.length]?.removeAttribute('aria-current');
      at++;
      rows[at % rows.length]?.setAttribute('aria-current', 'true');
    });
  });
  await sleep(1_000);
  const samples = await sampleKey(still, 'j');
  await still.close();
  return samples;
}

export interface Scroll {
  readonly frames: number;
  readonly slow: number;
  readonly worst: number;
  readonly blanks: number;
  readonly pixels: number;
}

/** The whole list by the wheel, from top to bottom. */
export async function measureScroll(page: Page): Promise<Scroll> {
  const area = page.locator('main [data-scroll-container]').first();
  await area.evaluate((element) => {
    element.scrollTop = 0;
  });
  const box = await area.boundingBox();
  if (!box) throw new Error('The page shows no list.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await sleep(300);
  await page.evaluate(() => window.probe.record(true));
  let before = -1;
  for (;;) {
    for (let turn = 0; turn < 10; turn++) {
      await page.mouse.wheel(0, 600);
      await sleep(16);
    }
    const top = await area.evaluate((element) => element.scrollTop);
    if (top === before) break;
    before = top;
  }
  return page.evaluate((pixels) => {
    window.probe.stop();
    const { frames, blanks } = window.probe;
    return {
      frames: frames.length,
      slow: frames.filter((each) => each > 25).length,
      worst: Math.max(...frames),
      blanks,
      pixels,
    };
  }, before);
}

/** A change of another device: from the server's answer to the frame that shows it. */
export async function measureRemote(page: Page, change: (title: string) => Promise<void>): Promise<number[]> {
  const delays: number[] = [];
  for (let index = 0; index < 8; index++) {
    const title = `From elsewhere ${index}`;
    await page.evaluate((text) => window.probe.watchText(text), title);
    await change(title);
    const answered = Date.now();
    await page.waitForFunction((text) => window.probe.seen[text] !== undefined, title);
    delays.push(Math.max(0, (await page.evaluate((text) => window.probe.seen[text] ?? 0, title)) - answered));
    await sleep(200);
  }
  return delays;
}

export async function measureHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((metric) => metric.name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}
