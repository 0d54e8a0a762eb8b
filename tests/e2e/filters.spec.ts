import type { Page } from '@playwright/test';
import { type Person, signUp, tokenOf } from './accounts.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const field = (page: Page) => page.getByRole('textbox', { name: 'Shows' });
const rows = (page: Page, list: string) => page.getByRole('treegrid', { name: list }).getByRole('row');

const LINES = ['Pay rent today p1', 'Buy milk today @errand', 'Read a book', 'Call Tim tomorrow p1 @errand'];

/** Through the API, before the page begins. */
async function make(page: Page, person: Person, path: string, data: Record<string, string>): Promise<{ id: string }> {
  const headers = { authorization: `Bearer ${await tokenOf(page, person)}` };
  const answer = await page.request.post(`/api/v1${path}`, { headers, data });
  expect(answer.status()).toBe(201);
  return (await answer.json()) as { id: string };
}

test('a filter is written with help and kept', async ({ page }) => {
  const person = await signUp(page);
  for (const text of LINES) await make(page, person, '/quick-add', { text });
  await page.goto('/filters');
  await page.getByRole('main').getByRole('button', { name: 'New filter' }).click();
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Now');

  await field(page).fill('today p1');
  await expect(dialog(page).getByText('Say how this goes together')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Add & between' }).click();
  await expect(field(page)).toHaveValue('today & p1');
  await expect(dialog(page).getByText('Tasks due today and with priority 1.')).toBeVisible();
  await expect(dialog(page).getByText('1 task', { exact: true })).toBeVisible();

  // Conditions below the text are the same query.
  const condition = (n: number) => dialog(page).getByRole('group', { name: `Condition ${n}`, exact: true });
  await condition(2).getByLabel('Field').selectOption('Label');
  await condition(2).getByLabel('Operator').selectOption('is not');
  await expect(field(page)).toHaveValue('today & !@errand');
  await dialog(page).getByRole('button', { name: 'Remove condition 1' }).press('Enter');
  await expect(field(page)).toHaveValue('!@errand');
  await expect(dialog(page).getByText('2 tasks', { exact: true })).toBeVisible();

  await field(page).fill('@errand group:priority, "Mine" = tod');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('3 tasks', { exact: true })).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Add filter' }).click();

  await expect(page).toHaveURL(/\/f\/now-[0-9a-f-]{36}$/);
  await expect(rows(page, 'Mine').filter({ hasText: /Pay rent|Buy milk/ })).toHaveCount(2);
  await expect(page.getByRole('treegrid', { name: 'List 1' })).toContainText('No priority');
  // What is added begins with what the list asks for, and says so beforehand.
  const mine = page.getByRole('region', { name: 'Mine' });
  await mine.getByRole('button', { name: 'Add task' }).click();
  await mine.getByRole('textbox', { name: 'New task' }).fill('Bring cake p2');
  await expect(mine.getByText('It begins with:').locator('..').getByRole('img', { name: 'Priority 2' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(rows(page, 'Mine').filter({ hasText: 'Bring cake' })).toContainText('Today');
  await page.keyboard.press('Escape');
  await page.keyboard.press('q');
  await expect(dialog(page).getByRole('button', { name: 'Labels: errand' })).toBeVisible();
  await page.keyboard.press('Escape');
  await rows(page, 'Mine').filter({ hasText: 'Buy milk' }).getByRole('checkbox').click();
  await expect(rows(page, 'Mine').filter({ hasText: 'Buy milk' })).toHaveCount(0);
});

test('a filter is a favourite, deleted and brought back, and any list is narrowed by a query', async ({ page }) => {
  const person = await signUp(page);
  for (const text of LINES) await make(page, person, '/quick-add', { text });
  const { id } = await make(page, person, '/filters', { name: 'Now', query: 'today' });
  await page.goto(`/f/${id}`);
  await expect(page.getByRole('heading', { name: 'Now', level: 1 })).toBeVisible();
  await expectAccessible(page, 'a filter');
  await page.getByRole('button', { name: 'Actions for filter Now' }).click();
  await page.getByRole('menuitem', { name: 'Add to favourites' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Now' })).toBeVisible();
  await page.getByRole('button', { name: 'Actions for filter Now' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('This filter was deleted or you have no access.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('heading', { name: 'Now', level: 1 })).toBeVisible();

  await page.getByRole('link', { name: /^Inbox/ }).click();
  await page.getByRole('button', { name: 'Filter this view' }).click();
  await page.getByRole('textbox', { name: 'Filter this view' }).fill('@errand & p1');
  const tasks = rows(page, 'Inbox').filter({ hasText: /Pay|Buy|Read|Call/ });
  await expect(tasks).toHaveCount(1);
  await expect(page).toHaveURL(/\?f=/);
  await page.getByRole('button', { name: 'Conditions' }).click();
  await page.getByRole('button', { name: 'Remove condition 2' }).click();
  await expect(tasks).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Filter this view' }).press('Escape');
  await expect(tasks).toHaveCount(4);
});

test('on a phone, filters are listed and edited, and any query is asked without one', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signUp(page);
  await page.goto('/filters');
  await page.getByRole('main').getByRole('button', { name: 'New filter' }).click();
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Forgotten things of long ago that nobody looks at');
  await field(page).fill('updated < -30 days & no date & (no priority | (p3 & evening)) & !@waiting');
  await expect(dialog(page).getByText('There is no label "waiting"')).toBeVisible();
  await expectAccessible(page, 'the editor on a phone');
  await dialog(page).getByRole('button', { name: 'Add filter' }).click();
  await expect(page.getByText('Nothing matches right now.')).toBeVisible();
  await page.goto('/filters');
  await expect(page.getByRole('link', { name: /^Forgotten things/ })).toContainText('Tasks changed before 30 days ago');
  await expectAccessible(page, 'filters on a phone');

  await page.goto('/q?query=today%20p1');
  await expect(page.getByText('Say how this goes together')).toBeVisible();
  await page.getByRole('button', { name: 'Add & between' }).click();
  await expect(page.getByRole('button', { name: /Add task.*Priority 1/ })).toBeVisible();
  await expect(page).toHaveURL(/\/q\?query=today\+%26\+p1$/);
  await expectAccessible(page, 'a query on a phone');
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
  await page.getByRole('button', { name: 'Save as filter' }).click();
  await expect(field(page)).toHaveValue('today & p1');
});
