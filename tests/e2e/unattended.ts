import { setTimeout } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '#tests/support/chromium.ts';
import { freePort } from '#tests/support/free-port.ts';

/** A browser that may hide and freeze its pages. */
export interface UnattendedBrowser extends AsyncDisposable {
  readonly context: BrowserContext;
}

/**
 * Playwright makes every page that it opens believe that it has the focus. Chromium then counts it as watched: it is
 * never hidden, and `Page.setWebLifecycleState` answers without freezing anything, since only hidden pages freeze.
 * Pages of the browser's own context, joined over CDP without defaults, are left as they are.
 */
export async function startUnattended(): Promise<UnattendedBrowser> {
  const { args, ...options } = chromiumLaunchOptions();
  const port = await freePort();
  const switches = [`--remote-debugging-port=${port}`, '--window-size=1280,800', '--lang=en-GB'];
  const browser = await chromium.launch({ ...options, args: [...args, ...switches] });
  const joined = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const [context] = joined.contexts();
  if (!context) throw new Error('A browser has a context of its own.');
  return {
    context,
    async [Symbol.asyncDispose]() {
      await joined.close();
      await browser.close();
    },
  };
}

/** Freezes a hidden page as Chromium does by itself after some minutes; answers with what thaws it. */
export async function freeze(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    const ticks = { count: 0 };
    Object.assign(globalThis, { ticks });
    setInterval(() => ticks.count++, 20);
  });
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  const ticks = () => page.evaluate(() => (globalThis as unknown as { ticks: { count: number } }).ticks.count);
  // A page that only seems to stand still would prove nothing.
  const before = await ticks();
  await setTimeout(300);
  if ((await ticks()) !== before) throw new Error('The page was not frozen.');
  return async () => {
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  };
}
