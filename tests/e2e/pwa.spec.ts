import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { type Deployment, startDeployment } from '#tests/support/deployment.ts';
import { makeNextBuild } from '#tests/support/next-build.ts';
import { matchRoute, routes } from '#web/routes.ts';
import { aPerson, expectLanded, signIn, signUp } from './accounts.ts';
import { expect, test as base } from './fixtures.ts';

/** The real worker, at an address whose web app can be replaced. */
const test = base.extend<{ deployment: Deployment }>({
  deployment: async ({ server }, provide) => {
    await using deployment = await startDeployment(server.url);
    await provide(deployment);
  },
  baseURL: async ({ deployment }, provide) => provide(deployment.url),
});
test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: 180_000 });

/** Until the files are stored and the worker answers for this page. */
async function workerIsHere(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
}

async function openInbox(page: Page): Promise<void> {
  await page.goto('/inbox');
  await expectLanded(page, 'Inbox');
}

function pillOf(page: Page) {
  return page.getByRole('region', { name: 'Update' });
}

/** The browser finds the new version as it does by itself, once an hour and with each page. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
}

function buildOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset['build']);
}

/** Errors that come of cutting the network. */
function forgetLostRequests(errors: string[]): void {
  errors.splice(0, errors.length, ...errors.filter((error) => !/Failed to fetch|net::ERR_|connection/i.test(error)));
}

interface Manifest {
  readonly start_url: string;
  readonly shortcuts: readonly { readonly url: string }[];
  readonly share_target: { readonly action: string; readonly params: { readonly text: string } };
}

test('the app can be installed', async ({ page }) => {
  await page.goto('/login');
  await workerIsHere(page);
  const devtools = await page.context().newCDPSession(page);
  const { errors, data = '' } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { shortcuts, share_target: shares, start_url: start } = JSON.parse(data) as Manifest;
  const paths = [start, shares.action, ...shortcuts.map(({ url }) => url)];
  expect(paths.filter((path) => matchRoute(path) === undefined)).toEqual([]);
  expect(routes.add.parse('/add', `?${shares.params.text}=x`)?.query).toEqual({ text: 'x' });
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Each test has a profile of its own, in which Chromium installs nothing.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
});

test('without a network every address shows the app', async ({ page, deployment, pageErrors }) => {
  await signUp(page);
  await openInbox(page);
  await workerIsHere(page);
  deployment.setReachable(false);
  for (const path of [
    '/today',
    '/p/anything-01936f00-0000-7000-8000-000000000001?t=1',
    '/settings/account',
    '/add?title=x',
    '/',
  ]) {
    const response = await page.goto(path);
    expect([path, response?.status(), response?.fromServiceWorker()]).toEqual([path, 200, true]);
    await expect(page.locator('#root > *').first()).toBeVisible();
  }
  // What the server answers by itself is its own to answer.
  await expect(page.goto('/api/v1/instance')).rejects.toThrow();
  await expect(page.goto('/docs/')).rejects.toThrow();
  forgetLostRequests(pageErrors);
});

test('the whole app is on the device, code that was never used included', async ({ page, deployment }) => {
  await signUp(page);
  await openInbox(page);
  await workerIsHere(page);
  const stored = await page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((each) => each.startsWith('tend-build-'));
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  });
  expect(stored).toContain('/index.html');
  expect(stored.filter((path) => path.startsWith('/assets/')).length).toBeGreaterThan(20);
  expect(stored.filter((path) => /\.(?:br|gz|map|webmanifest)$|^\/api|sw\.js/.test(path))).toEqual([]);

  deployment.requested.length = 0;
  await page.goto('/settings/about');
  await expect(page.getByRole('link', { name: 'API documentation' })).toBeVisible({ timeout: 30_000 });
  // Calls of the API go to the server, files and pages no longer do; the worker itself is looked at for news.
  const files = deployment.requested.filter((path) => !path.startsWith('/api/') && path !== '/sw.js');
  expect(files).toEqual([]);
  expect(deployment.requested.some((path) => path.startsWith('/api/'))).toBe(true);
});

test('a new version waits until it is wanted, tab by tab, and old tabs keep their code', async ({
  page,
  context,
  deployment,
}) => {
  await using next = await makeNextBuild();
  await signUp(page);
  await openInbox(page);
  await workerIsHere(page);
  const other = await context.newPage();
  await openInbox(other);
  const oldLogin = await codeOf(page, 'login-page');

  deployment.upgrade(next.directory);
  await lookForUpdate(page);
  await expect(pillOf(page)).toContainText('A new version is ready', { timeout: 30_000 });
  await expect(pillOf(other)).toBeVisible({ timeout: 30_000 });
  // Not even when the page is loaded anew: one of the tabs would be left behind.
  await page.reload();
  await expectLanded(page, 'Inbox');
  expect(await buildOf(page)).toBeUndefined();
  await expect(pillOf(page)).toBeVisible({ timeout: 30_000 });

  await other.evaluate(() => Object.assign(globalThis, { neverLoadedAnew: true }));
  await pillOf(page).getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => buildOf(page).catch(() => undefined), { timeout: 30_000 }).toBe('next');
  await expectLanded(page, 'Inbox');
  await expect(pillOf(page)).toBeHidden();

  // The other tab is as it was, and what it has never needed so far still comes.
  expect(await other.evaluate(() => 'neverLoadedAnew' in globalThis)).toBe(true);
  expect(await buildOf(other)).toBeUndefined();
  expect((await page.request.get(oldLogin)).status()).toBe(404);
  expect(await loadedOf(other)).not.toContain(oldLogin);
  deployment.requested.length = 0;
  await signOut(other);
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 30_000 });
  expect(await loadedOf(other)).toContain(oldLogin);
  expect(deployment.requested).not.toContain(oldLogin);

  await pillOf(other).getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => buildOf(other).catch(() => undefined), { timeout: 30_000 }).toBe('next');
});

/** The path of a chunk that the worker has stored. */
async function codeOf(page: Page, name: string): Promise<string> {
  const paths = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((each) => each.startsWith('tend-build-'));
    const lists = await Promise.all(names.map(async (each) => (await caches.open(each)).keys()));
    return lists.flat().map(({ url }) => new URL(url).pathname);
  });
  const found = paths.filter((path) => path.includes(name) && path.endsWith('.js'));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

function loadedOf(page: Page): Promise<string[]> {
  return page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

test('what is being written is not lost to a new version', async ({ page, deployment }) => {
  await using next = await makeNextBuild();
  await signUp(page);
  await openInbox(page);
  await workerIsHere(page);
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
  const field = page.getByRole('textbox', { name: 'New task' });
  await field.pressSequentially('Half a sen');
  deployment.upgrade(next.directory);
  await lookForUpdate(page);
  await expect(pillOf(page)).toBeVisible({ timeout: 30_000 });
  await expect(field).toBeFocused();

  // The person is asked, and stays.
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type());
    void (questions.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  await pillOf(page).getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => questions).toEqual(['beforeunload']);
  await expect(field).toHaveValue('Half a sen');
  expect(await buildOf(page)).toBeUndefined();

  await field.fill('Half a sentence');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText('Half a sentence')).toBeVisible();
  await page.keyboard.press('Escape');
  await pillOf(page).getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => buildOf(page).catch(() => undefined), { timeout: 30_000 }).toBe('next');
  await expect(page.getByRole('main').getByText('Half a sentence')).toBeVisible({ timeout: 30_000 });
});

test('what is shared opens as a task that the person still has to add', async ({ page }) => {
  const person = await signUp(page);
  const query = new URLSearchParams({ title: 'Read the report', text: 'Page 4\nhttps://example.org/r?a=1&b=2' });
  await page.goto(`/add?${query}`);
  const dialog = page.getByRole('dialog', { name: 'Add task' });
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue('Read the report', { timeout: 60_000 });
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue(
    'Page 4\nhttps://example.org/r?a=1&b=2',
  );
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const token = await tokenFor(page, person);
  expect(await titlesOnServer(page, token)).toEqual([]);

  await dialog.getByRole('button', { name: 'Add task' }).click();
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByRole('main').getByText('Read the report')).toBeVisible();
  await expect.poll(() => titlesOnServer(page, token)).toEqual(['Read the report']);
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('what is shared waits for somebody who has to sign in first', async ({ page, context }) => {
  const person = await signUp(page);
  await context.clearCookies();
  await page.goto('/add?title=Buy%20milk');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 });
  await signIn(page, person);
  const title = page.getByRole('dialog', { name: 'Add task' }).getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue('Buy milk', { timeout: 60_000 });
});

async function tokenFor(page: Page, data: { username: string; password: string }): Promise<string> {
  const response = await page.request.post('/api/v1/auth/login', { data });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function titlesOnServer(page: Page, token: string): Promise<string[]> {
  const answer = await page.request.get('/api/v1/tasks', { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
}

test('the badge counts what is due today, and goes with the session', async ({ page, context }) => {
  const badges = await watchBadges(context);
  await signUp(page, aPerson('badge'));
  await page.goto('/today');
  await expectLanded(page, 'Today');
  await expect.poll(badges, { timeout: 30_000 }).toEqual([0]);
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
  for (const name of ['One', 'Two']) {
    await page.getByRole('textbox', { name: 'New task' }).fill(name);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
  await expect.poll(badges).toEqual([0, 1, 2]);
  await page.getByRole('main').getByRole('row').filter({ hasText: 'One' }).getByRole('checkbox').click();
  await expect.poll(badges).toEqual([0, 1, 2, 1]);
  await signOut(page);
  await expect.poll(badges).toEqual([0, 1, 2, 1, 'none']);
});

/** A browser without an icon to put the badge on tells nobody what it was asked to show. */
async function watchBadges(context: BrowserContext): Promise<() => (number | 'none')[]> {
  const shown: (number | 'none')[] = [];
  await context.exposeFunction('noteBadge', (count: number | 'none') => void shown.push(count));
  await context.addInitScript(() => {
    const { noteBadge } = globalThis as unknown as { noteBadge: (count: number | 'none') => Promise<void> };
    navigator.setAppBadge = (count = 0) => noteBadge(count);
    navigator.clearAppBadge = () => noteBadge('none');
  });
  return () => shown;
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport });

      test('the pill has no violation and makes room for toasts', async ({ page, deployment }, info) => {
        await using next = await makeNextBuild();
        await signUp(page);
        await openInbox(page);
        await workerIsHere(page);
        deployment.upgrade(next.directory);
        await lookForUpdate(page);
        await expect(pillOf(page)).toContainText('A new version is ready', { timeout: 30_000 });
        await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

        await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
        await page.getByRole('textbox', { name: 'New task' }).fill('Gone soon');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Escape');
        await page.getByRole('main').getByRole('row').filter({ hasText: 'Gone soon' }).getByRole('checkbox').click();
        const toast = page.getByRole('region', { name: 'Notifications' });
        await expect(toast).toContainText('Task completed');
        await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
        const [above, below] = [await toast.boundingBox(), await pillOf(page).boundingBox()];
        expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
        await page.screenshot({ path: info.outputPath('pill.png') });

        await pillOf(page).getByRole('button', { name: 'Later' }).click();
        await expect(pillOf(page)).toBeHidden();
      });
    });
  }
}
