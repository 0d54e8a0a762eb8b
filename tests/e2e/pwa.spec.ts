import type { Page } from '@playwright/test';
import { type Deployment, startDeployment } from '#tests/support/deployment.ts';
import { makeNextBuild } from '#tests/support/next-build.ts';
import { matchRoute, routes } from '#web/routes.ts';
import { expectAccessible } from './axe.ts';
import { expectLanded, signIn, signOut, signUp } from './accounts.ts';
import { expect, test as base } from './fixtures.ts';
import { waitUntilSafe } from './leaving.ts';

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

async function addTask(page: Page, title: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
  await page.getByRole('textbox', { name: 'New task' }).fill(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
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
  const person = await signUp(page);
  // Through the form, which asks whether to keep the data on this device.
  await page.context().clearCookies();
  await page.goto('/login?next=/inbox');
  await signIn(page, person);
  await expectLanded(page, 'Inbox');
  await addTask(page, 'Kept on the device');
  await workerIsHere(page);
  deployment.setReachable(false);
  await page.goto('/inbox');
  await expect(page.getByRole('main').getByText('Kept on the device')).toBeVisible({ timeout: 60_000 });
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

test('a new version waits until it is wanted, and old tabs keep their code', async ({ page, context, deployment }) => {
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

test('loading a page anew takes the newest version too, without a network as well', async ({
  page,
  context,
  deployment,
  pageErrors,
}) => {
  await using next = await makeNextBuild();
  await signUp(page);
  await openInbox(page);
  await workerIsHere(page);
  const other = await context.newPage();
  await openInbox(other);
  deployment.upgrade(next.directory);
  await lookForUpdate(page);
  await expect(pillOf(page)).toBeVisible({ timeout: 30_000 });
  deployment.setReachable(false);
  await page.reload();
  expect(await buildOf(page)).toBe('next');
  await expect(page.locator('#root > *').first()).toBeVisible();
  expect(await buildOf(other)).toBeUndefined();
  await expect(pillOf(other)).toBeVisible();
  // It runs the newest version, and is not told of it as news.
  await page.waitForFunction(
    () => document.querySelector('script[src*="device-app"], link[href*="device-app"]') !== null,
  );
  await page.waitForTimeout(1000);
  await expect(pillOf(page)).toBeHidden();
  forgetLostRequests(pageErrors);
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
  // This session keeps nothing on the device: until the server has the task, reloading would rightly ask again.
  await waitUntilSafe(page);
  await pillOf(page).getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => buildOf(page).catch(() => undefined), { timeout: 30_000 }).toBe('next');
  await expect(page.getByRole('main').getByText('Half a sentence')).toBeVisible({ timeout: 30_000 });
  expect(questions).toEqual(['beforeunload']);
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
]) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport });

    test('the pill has no violation and makes room for toasts', async ({ page, deployment }) => {
      await using next = await makeNextBuild();
      await signUp(page);
      await openInbox(page);
      await workerIsHere(page);
      deployment.upgrade(next.directory);
      await lookForUpdate(page);
      await expect(pillOf(page)).toContainText('A new version is ready', { timeout: 30_000 });
      await expectAccessible(page);

      await addTask(page, 'Gone soon');
      await page.getByRole('main').getByRole('row').filter({ hasText: 'Gone soon' }).getByRole('checkbox').click();
      const toast = page.getByRole('region', { name: 'Notifications' });
      await expect(toast).toContainText('Task completed');
      await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
      const [above, below] = [await toast.boundingBox(), await pillOf(page).boundingBox()];
      expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);

      await pillOf(page).getByRole('button', { name: 'Later' }).click();
      await expect(pillOf(page)).toBeHidden();
    });
  });
}
