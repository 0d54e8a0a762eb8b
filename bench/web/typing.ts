import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWithoutScripts } from './scenarios.ts';

/** What each letter costs that is typed into a field whose results follow. */
export interface TypingSamples {
  /** From the press of the key to the paint of the last thing that changes because of it, in milliseconds. */
  readonly painted: readonly number[];
  /** The same without waiting: processor time of the main thread, for everything that the letter sets off. */
  readonly work: readonly number[];
}

/** Typed from the first to the last letter, over titles such as "Review the contract with Anna". */
const FILTER_QUERIES = ['today | overdue', 'p1 & !no date', 'search: invoi', '(p1 | p2) & 30 days & !@errand'];
const SEARCH_QUERIES = ['review contract', 'call the gar', 'invioces', 'with an'];
/** Everything that a letter sets off has happened by then. */
const QUIET_MS = 250;

/** In the filter bar over a list of 10,000 tasks, which it shortens with every letter. */
export async function measureFilterTyping(page: Page, slowdown: number): Promise<TypingSamples> {
  await page.locator('.task-row').first().waitFor();
  await page.locator('main').press('f');
  const field = page.getByRole('textbox', { name: 'Filter this view' });
  await field.waitFor();
  const samples = await typeAll(page, FILTER_QUERIES, slowdown);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  return samples;
}

/** In the dialog of search, which shows what it finds among everything that the device holds. */
export async function measureSearchTyping(page: Page, slowdown: number): Promise<TypingSamples> {
  await page.locator('main').press('/');
  const field = page.getByRole('combobox', { name: 'Search' });
  await field.waitFor();
  await field.fill('the');
  await page.getByRole('option').first().waitFor();
  // The index is made in the background.
  await page.getByText('Still looking').waitFor({ state: 'detached' });
  const samples = await typeAll(page, SEARCH_QUERIES, slowdown);
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  return samples;
}

/** What the machine itself takes: the same page without its scripts, and a field that shows its letters. */
export async function measureTypingFloor(page: Page, slowdown: number): Promise<TypingSamples> {
  const still = await openWithoutScripts(page, slowdown);
  await still.evaluate(() => {
    const field = document.createElement('input');
    document.querySelector('main')?.prepend(field);
    field.focus();
  });
  const samples = await typeAll(still, ['(p1 | p2) & 30 days'], slowdown);
  await still.close();
  return samples;
}

async function typeAll(page: Page, queries: readonly string[], slowdown: number): Promise<TypingSamples> {
  const session = await page.context().newCDPSession(page);
  // Time that other processes take from this thread does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const quiet = QUIET_MS * slowdown;
  const painted: number[] = [];
  const work: number[] = [];
  for (const query of queries) {
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await sleep(quiet);
    for (const [index, letter] of query.split('').entries()) {
      // Away from the beat of the frames, as people are.
      await sleep((index * 7) % 17);
      await page.evaluate(() => window.probe.watchKey());
      const before = await busy();
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await sleep(quiet);
      work.push((await busy()) - before);
      painted.push(await page.evaluate(() => window.probe.keyPainted()));
    }
  }
  await session.detach();
  return { painted, work };
}
