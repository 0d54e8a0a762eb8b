import { type APIRequestContext, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { Account, type WireTask } from './chaos-account.ts';
import { SteppedPage } from './stepping.ts';

/** The app has started, and is in step. */
export const START = { timeout: 60_000 };
export const SYNCED = { timeout: 30_000 };

export async function openInbox(context: BrowserContext, ahead = 0): Promise<SteppedPage> {
  return goToInbox(await SteppedPage.prepare(await context.newPage(), ahead));
}

export async function goToInbox(stepped: SteppedPage): Promise<SteppedPage> {
  await stepped.page.goto('/inbox');
  await expect(stepped.page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible(START);
  return stepped;
}

export function row(page: Page, title: string): Locator {
  return page
    .getByRole('main')
    .getByRole('row')
    .filter({ has: page.getByText(title, { exact: true }) });
}

export async function add(page: Page, title: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
  await page.getByRole('textbox', { name: 'New task' }).fill(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(row(page, title)).toBeVisible();
}

/** One task for each line, as from another program. */
export async function paste(page: Page, titles: readonly string[]): Promise<void> {
  await page.keyboard.press('a');
  await page.getByRole('textbox', { name: 'New task' }).evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, titles.join('\n'));
  await page.getByRole('menuitem', { name: `Add ${titles.length} tasks` }).click();
  await page.keyboard.press('Escape');
}

export async function rename(page: Page, from: string, to: string): Promise<void> {
  await row(page, from).focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Title' }).fill(to);
  await page.keyboard.press('Enter');
}

function titles(page: Page): Promise<string[]> {
  return page.getByRole('main').locator('[data-row-key] .task-title-text').allTextContents();
}

export function syncButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Synchronisation:/ });
}

/** The page shows what the server has, and waits for nothing. */
export async function expectInStep(account: Account, ...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await expect(syncButton(page)).toHaveAccessibleName(/Everything is saved|needs? attention/, SYNCED);
    await expect(page.getByRole('img', { name: 'Not synced yet' })).toHaveCount(0, SYNCED);
    await expect(async () => {
      const held = (await account.tasks()).map(({ title }) => title);
      expect((await titles(page)).sort()).toEqual(held.sort());
    }).toPass(SYNCED);
  }
}

/** The refusals that the page tells of, by what the person had written. */
export async function refusals(page: Page): Promise<string[]> {
  const button = syncButton(page);
  if (/Everything is saved/.test((await button.getAttribute('aria-label')) ?? '')) return [];
  await button.click();
  const details = page.getByRole('dialog', { name: 'Synchronisation' });
  await details.getByRole('button', { name: /Review|attention/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Needs attention' });
  await expect(dialog).toBeVisible();
  const texts = await dialog.locator('.attention-text').allTextContents();
  await page.keyboard.press('Escape');
  return texts.sort();
}

/** What the databases of the browser hold, in the words of `Account.facts`. */
export function keptFacts(page: Page): Promise<{ tasks: string[]; waiting: number }> {
  return page.evaluate(async () => {
    const all = async (prefix: string, store: string): Promise<unknown[]> => {
      const name = (await indexedDB.databases()).find((each) => each.name?.startsWith(prefix))?.name ?? '';
      const opening = indexedDB.open(name);
      await new Promise<void>((resolve) => {
        opening.addEventListener('success', () => resolve());
      });
      const request = opening.result.transaction(store).objectStore(store).getAll();
      await new Promise<void>((resolve) => {
        request.addEventListener('success', () => resolve());
      });
      opening.result.close();
      return request.result;
    };
    const segments = (await all('tend-cache', 'rows')) as { kind: string; rows: WireTask[] }[];
    const tasks = segments.filter(({ kind }) => kind === 'task').flatMap(({ rows }) => rows);
    return {
      tasks: tasks.map(({ title, priority, rev }) => `${title} (${priority}, ${rev})`).sort(),
      waiting: (await all('tend-outbox', 'pending')).length,
    };
  });
}

/** What a page shows that begins with the disk alone. */
export async function expectDiskHolds(context: BrowserContext, expected: readonly string[]): Promise<void> {
  const page = await context.newPage();
  await page.route('**/api/v1/**', (route) => route.abort('internetdisconnected'));
  await page.goto('/inbox');
  await expect.poll(async () => (await titles(page)).sort(), START).toEqual(expected.toSorted());
  await page.close();
}

/** Uses up what the browser grants. */
export async function fillDisk(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const opening = indexedDB.open('something-else', 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('all', { autoIncrement: true }));
    await new Promise<void>((resolve) => {
      opening.addEventListener('success', () => resolve());
    });
    const put = (size: number): Promise<boolean> =>
      new Promise((resolve) => {
        const tx = opening.result.transaction('all', 'readwrite');
        tx.addEventListener('complete', () => resolve(true));
        tx.addEventListener('abort', () => resolve(false));
        tx.objectStore('all').put(crypto.getRandomValues(new Uint8Array(size)));
      });
    for (const size of [50_000, 5_000, 500, 50, 1]) while (await put(size));
  });
}

export async function newBrowser(context: BrowserContext, request: APIRequestContext): Promise<Account> {
  const account = await Account.signUp(request);
  await account.enter(context);
  return account;
}
