import { readFileSync } from 'node:fs';
import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { aPerson, type Person, restIsHere, signIn, signUp, tokenOf } from './accounts.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 240_000 });
const START = { timeout: 60_000 };

interface Shared {
  readonly projectId: string;
  readonly taskId: string;
  readonly ownerToken: string;
  readonly memberId: string;
}

async function api<T>(
  request: APIRequestContext,
  token: string,
  method: string,
  path: string,
  data?: unknown,
): Promise<T> {
  const answer = await request.fetch(`/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(data !== undefined && { data }),
  });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (answer.status() === 204 ? undefined : await answer.json()) as T;
}

/** A project of somebody else, with one task, in which the person of the page is an editor. */
async function aSharedTask(page: Page, browser: Browser, baseURL: string, person: Person): Promise<Shared> {
  const other = await browser.newPage({ baseURL });
  const owner = await signUp(other, aPerson('owner'));
  const ownerToken = await tokenOf(other, owner);
  await other.close();
  const { request } = page;
  const me = await api<{ id: string }>(request, await tokenOf(page, person), 'GET', '/me');
  const project = await api<{ id: string }>(request, ownerToken, 'POST', '/projects', { name: 'House' });
  await api(request, ownerToken, 'POST', `/projects/${project.id}/members`, {
    username: person.username,
    role: 'editor',
  });
  const task = await api<{ id: string }>(request, ownerToken, 'POST', '/tasks', {
    title: 'Fix the roof',
    projectId: project.id,
    description: 'Call Anna first.\n\n- tiles\n- nails',
  });
  return { projectId: project.id, taskId: task.id, ownerToken, memberId: me.id };
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible(START);
  await restIsHere(page);
}

async function add(page: Page, title: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
  await page.getByRole('textbox', { name: 'New task' }).fill(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main').getByText(title, { exact: true })).toBeVisible();
}

function syncButton(page: Page) {
  return page.getByRole('button', { name: /^Synchronisation:/ });
}

async function describeInPanel(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: /Edit description|Add a description/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Description' }).fill(text);
  await page.keyboard.press('Escape');
}

test('offline: what waits is counted, marked, exported, and sent when the network is back', async ({
  page,
  context,
}) => {
  const person = await signUp(page);
  const token = await tokenOf(page, person);
  await open(page, '/inbox');
  await context.setOffline(true);
  await add(page, 'Buy milk');
  await expect(syncButton(page)).toHaveText('Offline · 1');
  const mark = page.getByRole('img', { name: 'Not synced yet' });
  await expect(mark).toBeVisible();
  await syncButton(page).focus();
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: 'Synchronisation' });
  await expect(details.getByText('Offline. 1 change on this device.')).toBeVisible();
  await expect(details.getByRole('region', { name: 'Waiting changes' })).toContainText('Add task');
  await expectAccessible(page);
  const downloading = page.waitForEvent('download');
  await details.getByRole('button', { name: 'Export unsynced' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^tend-unsynced-${person.username}-\\d{4}-\\d\\d-\\d\\d\\.json$`),
  );
  const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { changes: unknown[] };
  expect(file).toMatchObject({
    format: 'tend-unsynced',
    username: person.username,
    changes: [
      { what: 'Add task “Buy milk” in “Inbox”', state: 'waiting', name: 'task.create@1', args: { title: 'Buy milk' } },
    ],
  });
  await page.keyboard.press('Escape');
  await expect(syncButton(page)).toBeFocused();
  await context.setOffline(false);
  await expect(syncButton(page)).toHaveAccessibleName('Synchronisation: Everything is saved.', { timeout: 30_000 });
  await expect(mark).toBeHidden();
  expect((await api<{ items: unknown[] }>(page.request, token, 'GET', '/tasks')).items).toHaveLength(1);
});

test('who works offline stays so over a reload of the page, until it is turned off', async ({
  page,
  browser,
  baseURL,
}) => {
  const elsewhere = await browser.newPage({ baseURL: baseURL ?? '' });
  const person = await signUp(elsewhere);
  const token = await tokenOf(elsewhere, person);
  await elsewhere.close();
  await page.goto('/login?next=/inbox');
  // Keeps data on this device, unlike a session that only the server made.
  await signIn(page, person);
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible(START);
  await restIsHere(page);
  await syncButton(page).click();
  await page.getByRole('switch', { name: 'Work offline' }).click();
  await page.keyboard.press('Escape');
  await add(page, 'Buy milk');
  await expect(syncButton(page)).toHaveText('Working offline · 1');
  const calls: string[] = [];
  page.on('request', (request) => calls.push(new URL(request.url()).pathname));
  await page.reload();
  await expect(syncButton(page)).toContainText('Working offline', START);
  await expect(page.getByRole('main').getByText('Buy milk')).toBeVisible(START);
  expect(calls.filter((path) => path.startsWith('/api/v1/sync/'))).toEqual([]);
  expect((await api<{ items: unknown[] }>(page.request, token, 'GET', '/tasks')).items).toEqual([]);
  await syncButton(page).click();
  await page.getByRole('switch', { name: 'Work offline' }).click();
  await expect
    .poll(async () => (await api<{ items: unknown[] }>(page.request, token, 'GET', '/tasks')).items.length, START)
    .toBe(1);
});

test('changes of a project that was taken away are kept, explained and saved as copies', async ({
  page,
  browser,
  baseURL,
  context,
}) => {
  const person = await signUp(page);
  const token = await tokenOf(page, person);
  const { projectId, taskId, ownerToken, memberId } = await aSharedTask(page, browser, baseURL ?? '', person);
  await open(page, `/inbox?t=${taskId}`);
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Fix the roof', START);
  await context.setOffline(true);
  await describeInPanel(page, 'Tiles come on Friday.');
  await page.getByRole('textbox', { name: 'Title' }).fill('Fix the whole roof');
  await page.keyboard.press('Enter');
  await expect(syncButton(page)).toHaveText('Offline · 2');
  await api(page.request, ownerToken, 'DELETE', `/projects/${projectId}/members/${memberId}`);
  await context.setOffline(false);
  const toast = page.getByRole('region', { name: 'Notifications' });
  await expect(toast.getByText('2 changes need attention.')).toBeVisible(START);
  await toast.getByRole('button', { name: 'Review' }).click();
  const dialog = page.getByRole('dialog', { name: 'Needs attention' });
  await expect(dialog.getByText('You no longer have access to “House”.')).toBeVisible();
  await expect(dialog.getByText('Edit the description of “Fix the roof” in “House”')).toBeVisible();
  await expect(dialog.getByText('Tiles come on Friday.')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Try again' }).first().click();
  await expect(dialog.getByRole('alert')).toContainText('does not exist');
  const described = dialog.getByRole('listitem').filter({ hasText: 'Edit the description' });
  await described.getByRole('button', { name: 'Save a copy to Inbox' }).click();
  await expect(described).toBeHidden();
  await dialog.getByRole('button', { name: 'Keep server version' }).click();
  await expect(dialog.getByText('Nothing needs attention.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect
    .poll(() => api<{ items: unknown[] }>(page.request, token, 'GET', '/tasks'), START)
    .toMatchObject({ items: [{ title: 'Fix the roof', description: 'Tiles come on Friday.' }] });
});

test('who edits offline what somebody else edits too is told of it, and can take theirs', async ({
  page,
  browser,
  baseURL,
  context,
}) => {
  const person = await signUp(page);
  const { taskId, ownerToken } = await aSharedTask(page, browser, baseURL ?? '', person);
  await open(page, `/inbox?t=${taskId}`);
  const title = page.getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue('Fix the roof', START);
  await context.setOffline(true);
  await title.fill('Fix the whole roof');
  await page.keyboard.press('Enter');
  const edited = Date.now();
  await page.getByRole('textbox', { name: 'New comment' }).fill('Tiles are ordered.');
  await page.keyboard.press('Control+Enter');
  const comment = page.getByRole('listitem').filter({ hasText: 'Tiles are ordered.' });
  const mark = comment.getByRole('img', { name: 'Not synced yet' });
  await expect(mark).toBeVisible();
  await api(page.request, ownerToken, 'PATCH', `/tasks/${taskId}`, { title: 'Fix the front door' });
  // What waits for less was on its way already when the other edit arrived.
  await expect.poll(() => Date.now() - edited).toBeGreaterThan(5_000);
  await context.setOffline(false);
  const toast = page.getByRole('region', { name: 'Notifications' });
  await expect(toast.getByText(/^owner.* also changed the title of “Fix the whole roof”$/)).toBeVisible(START);
  await toast.getByRole('button', { name: 'Use theirs' }).click();
  await expect(mark).toBeHidden();
  await expect(title).toHaveValue('Fix the front door');
  await expect
    .poll(() => api<{ title: string }>(page.request, ownerToken, 'GET', `/tasks/${taskId}`), START)
    .toMatchObject({ title: 'Fix the front door' });
});

test('two people who describe a task at the same time both keep what they wrote', async ({
  page,
  browser,
  baseURL,
  context,
}) => {
  const person = await signUp(page);
  const { taskId } = await aSharedTask(page, browser, baseURL ?? '', person);
  // Another device of the same account.
  const device = await browser.newContext({ baseURL: baseURL ?? '', storageState: await context.storageState() });
  const other = await device.newPage();
  await open(page, `/inbox?t=${taskId}`);
  await open(other, `/inbox?t=${taskId}`);
  await context.setOffline(true);
  await describeInPanel(page, 'Call Ben first.\n\n- tiles\n- nails\n- a ladder');
  await describeInPanel(other, 'Call Carla first.\n\n- red tiles\n- nails');
  await expect(other.getByText('red tiles')).toBeVisible();
  await expect(syncButton(other)).toHaveAccessibleName(/Everything is saved/, START);
  await context.setOffline(false);
  for (const each of [page, other]) {
    const panel = each.getByRole('complementary', { name: 'Task' });
    await expect(panel.getByText('Call Ben first.')).toBeVisible(START);
    await expect(panel.getByText('red tiles')).toBeVisible();
    await expect(panel.getByText('a ladder')).toBeVisible();
    await expect(panel.getByRole('region', { name: 'Edited at the same time' })).toBeVisible();
  }
  await other.getByRole('button', { name: 'Compare' }).click();
  const dialog = other.getByRole('dialog', { name: 'Edited at the same time' });
  await expect(dialog.getByRole('region', { name: 'The other version' })).toContainText('Call Carla first.');
  await expectAccessible(other);
  await dialog.getByRole('button', { name: 'Use this' }).click();
  for (const each of [page, other]) {
    await expect(each.getByText('Call Carla first.')).toBeVisible(START);
    await expect(each.getByRole('region', { name: 'Edited at the same time' })).toBeHidden();
  }
  await device.close();
});

test('typing goes on while somebody else changes the same description', async ({ page, browser, baseURL }) => {
  const person = await signUp(page);
  const { taskId, ownerToken } = await aSharedTask(page, browser, baseURL ?? '', person);
  await open(page, `/inbox?t=${taskId}`);
  await page.getByRole('button', { name: 'Edit description' }).focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Description' });
  await expect(field).toBeFocused();
  await page.keyboard.type('\n- a lad');
  await api(page.request, ownerToken, 'PATCH', `/tasks/${taskId}`, {
    description: 'Call Anna and Ben first.\n\n- tiles\n- nails',
  });
  await expect(field).toHaveValue('Call Anna and Ben first.\n\n- tiles\n- nails\n- a lad', START);
  await page.keyboard.type('der');
  await expect(field).toHaveValue('Call Anna and Ben first.\n\n- tiles\n- nails\n- a ladder');
});
