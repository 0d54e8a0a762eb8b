import type { BrowserContext, Page } from '@playwright/test';
import { aPerson, expectLanded, type Person, type Requester, signIn, signUp, tokenOf } from './accounts.ts';
import { expect, test } from './fixtures.ts';

const SYNCED = 'Synchronisation: Everything is saved.';

/** The pages load, and nothing else answers: what a server that is away means for a page that the browser keeps. */
async function cutOff(context: BrowserContext): Promise<void> {
  await context.route('**/api/v1/**', (route) => route.abort('internetdisconnected'));
}

async function reconnect(context: BrowserContext): Promise<void> {
  await context.unroute('**/api/v1/**');
}

/** By the form, as only there somebody says that this device is theirs. */
async function signUpHere(page: Page): Promise<Person> {
  const person = aPerson();
  await page.goto('/signup');
  await page.getByRole('textbox', { name: 'Username' }).fill(person.username);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/setup$/);
  return person;
}

async function openInbox(page: Page): Promise<void> {
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible();
}

async function add(page: Page, title: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
  await page.getByRole('textbox', { name: 'New task' }).fill(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(task(page, title)).toBeVisible();
}

const task = (page: Page, title: string) => page.getByRole('main').getByText(title, { exact: true });

async function serverTitles(page: Requester, person: Person): Promise<string[]> {
  const headers = { authorization: `Bearer ${await tokenOf(page, person)}` };
  const answer = await page.request.get('/api/v1/tasks?limit=200', { headers });
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title).sort();
}

async function keptDatabases(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort());
}

test('without a server everything is there after a reload, and what is done then arrives later', async ({
  page,
  context,
}) => {
  const person = await signUpHere(page);
  await openInbox(page);
  await add(page, 'Known to the server');
  await expect(page.getByRole('button', { name: SYNCED })).toBeVisible();

  await cutOff(context);
  await openInbox(page);
  await expect(task(page, 'Known to the server')).toBeVisible();
  await add(page, 'Made without a server');
  await page.reload();
  await expect(task(page, 'Made without a server')).toBeVisible();
  // That the server has the first one may not have reached the disk before the page was left: it is sent again then.
  await expect(page.getByRole('button', { name: /^Synchronisation: .*[12] changes? on this device/ })).toBeVisible();

  await reconnect(context);
  await page.reload();
  await expect(page.getByRole('button', { name: SYNCED })).toBeVisible();
  await expect.poll(() => serverTitles(page, person)).toEqual(['Known to the server', 'Made without a server']);
});

test('tabs show what the others do, with and without a server, and the last one sends it', async ({
  page,
  context,
}) => {
  const person = await signUpHere(page);
  await openInbox(page);
  const second = await context.newPage();
  await openInbox(second);
  await add(page, 'From the first tab');
  await expect(task(second, 'From the first tab')).toBeVisible();
  await add(second, 'From the second tab');
  await expect(task(page, 'From the second tab')).toBeVisible();
  await expect(second.getByRole('button', { name: SYNCED })).toBeVisible();

  await cutOff(context);
  await add(page, 'First, alone');
  await add(second, 'Second, alone');
  await expect(task(page, 'Second, alone')).toBeVisible();
  await expect(task(second, 'First, alone')).toBeVisible();
  await page.close();
  await reconnect(context);
  await add(second, 'After the first tab');
  await expect(second.getByRole('button', { name: SYNCED })).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(() => serverTitles(second, person))
    .toEqual(['After the first tab', 'First, alone', 'From the first tab', 'From the second tab', 'Second, alone']);
});

test('signing out in one tab ends the others and removes what the browser kept', async ({ page, context }) => {
  await signUpHere(page);
  await openInbox(page);
  await add(page, 'Private');
  await expect(page.getByRole('button', { name: SYNCED })).toBeVisible();
  const second = await context.newPage();
  await openInbox(second);
  await expect(task(second, 'Private')).toBeVisible();
  expect((await keptDatabases(page)).filter((name) => name.startsWith('tend-'))).toHaveLength(2);

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(second.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect.poll(() => keptDatabases(page)).toEqual([]);
  const notes = await page.evaluate(() => Object.keys(localStorage).filter((name) => /[0-9a-f]{8}-/.test(name)));
  expect(notes).toEqual([]);
});

test('two people in two tabs of one browser never write in the name of the other', async ({
  page,
  context,
  browser,
  server,
}) => {
  const ana = await signUpHere(page);
  await openInbox(page);
  await add(page, 'Of the first person');
  await expect(page.getByRole('button', { name: SYNCED })).toBeVisible();

  // Somebody else signs in at another tab: the cookie of the browser is theirs from now on.
  const other = await browser.newContext({ baseURL: server.url });
  const ben = await signUp(other);
  await other.close();
  await cutOff(context);
  await add(page, 'Kept for the first person');
  // The token of the page is gone with this; what it gets next is by the cookie.
  await page.reload();
  await expect(task(page, 'Kept for the first person')).toBeVisible();
  await page.request.post('/api/v1/auth/login', { data: { ...ben, remember: true } });
  await reconnect(context);
  // The page of the first person notices, keeps what it has, and sends nothing.
  await expect(page.getByRole('button', { name: /Signed out — changes kept/ })).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expectLanded(page, 'Inbox');
  await expect(page.getByText('Of the first person')).toBeHidden();

  expect(await serverTitles(page, ben)).toEqual([]);
  const again = await browser.newContext({ baseURL: server.url });
  expect(await serverTitles(again, ana)).toEqual(['Of the first person']);
  await again.close();

  // The first person comes back to this browser, and what waited is sent.
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signIn(page, ana);
  await expectLanded(page, 'Today');
  await openInbox(page);
  await expect(task(page, 'Kept for the first person')).toBeVisible();
  await expect(page.getByRole('button', { name: SYNCED })).toBeVisible();
  await expect.poll(() => serverTitles(page, ana)).toEqual(['Kept for the first person', 'Of the first person']);
});
