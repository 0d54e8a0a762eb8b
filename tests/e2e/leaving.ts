import { expect, type Page } from '@playwright/test';

/**
 * Makes every later `goto` and `reload` wait until nothing would be lost by it. A person who leaves earlier is asked
 * first; the pages of a test would go without a word.
 */
export function leaveSafely(page: Page): void {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...args) => {
    await waitUntilSafe(page);
    return goto(...args);
  };
  page.reload = async (...args) => {
    await waitUntilSafe(page);
    return reload(...args);
  };
}

/** The page would let a person go without a question. */
export async function waitUntilSafe(page: Page): Promise<void> {
  const isSafe = () => page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await expect.poll(isSafe, 'whether leaving the page loses nothing').toBe(true);
}
