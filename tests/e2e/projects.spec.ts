import type { Page } from '@playwright/test';
import { signUp } from './accounts.ts';
import { expect, test } from './fixtures.ts';

/** Makes a project through the dialog and ends on its page. */
async function addProject(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add project', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Add project' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** Opens what can be done with a project of the sidebar. */
async function openMenu(page: Page, name: string): Promise<void> {
  const row = sidebar(page).locator('.sidebar-row', { has: page.getByRole('link', { name: new RegExp(`^${name}`) }) });
  await row.hover();
  await row.getByRole('button', { name: `Actions for ${name}` }).click();
}

const sidebar = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const names = (page: Page) => sidebar(page).locator('section', { hasText: 'Projects' }).locator('[data-sidebar-link]');

test('a project is made, renamed, coloured and placed below another', async ({ page }) => {
  await signUp(page);
  await page.goto('/inbox');
  await addProject(page, 'House');
  await addProject(page, 'Cellar');
  await openMenu(page, 'Cellar');
  await page.getByRole('menuitem', { name: 'Edit project…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Deep cellar & co');
  await page.getByRole('radio', { name: 'teal' }).check({ force: true });
  await page.getByRole('combobox', { name: 'Below' }).selectOption({ label: 'House' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(page).toHaveURL(/\/p\/deep-cellar-co-[0-9a-f-]{36}$/);
  await expect(names(page)).toHaveText(['House', 'Deep cellar & co']);
  await sidebar(page).getByRole('button', { name: 'Close House' }).click();
  await expect(names(page)).toHaveText(['House']);
  await sidebar(page).getByRole('link', { name: 'House' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(sidebar(page).getByRole('link', { name: 'Deep cellar & co' })).toBeFocused();

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Deep cellar & co', level: 1 })).toBeVisible();
  await page.goto(page.url().replace('deep-cellar-co', 'an-old-name'));
  await expect(page).toHaveURL(/\/p\/deep-cellar-co-/);
});

test('projects move among their siblings, and one key turns it back', async ({ page }) => {
  await signUp(page);
  await page.goto('/inbox');
  for (const name of ['One', 'Two', 'Three']) await addProject(page, name);
  await openMenu(page, 'Three');
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  await expect(names(page)).toHaveText(['One', 'Three', 'Two']);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(names(page)).toHaveText(['One', 'Two', 'Three']);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(names(page)).toHaveText(['One', 'Three', 'Two']);
});

test('favourites stand on top and have keys of their own', async ({ page }) => {
  await signUp(page);
  await page.goto('/inbox');
  await addProject(page, 'Garden');
  await openMenu(page, 'Garden');
  await page.getByRole('menuitem', { name: 'Add to favourites' }).click();
  const favourites = page.getByRole('region', { name: 'Favourites' });
  await expect(favourites.getByRole('link', { name: 'Garden' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('1');
  await expect(page.getByRole('heading', { name: 'Garden', level: 1 })).toBeVisible();
  await favourites.locator('.sidebar-row').hover();
  await favourites.getByRole('button', { name: /Actions for favourite/ }).click();
  await page.getByRole('menuitem', { name: 'Remove from favourites' }).click();
  await expect(favourites).toBeHidden();
});

test('an archived project leaves the sidebar and comes back from the page of projects', async ({ page }) => {
  await signUp(page);
  await page.goto('/inbox');
  await addProject(page, 'Old house');
  await openMenu(page, 'Old house');
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(page.getByText('Project “Old house” archived')).toBeVisible();
  await expect(names(page)).toHaveCount(0);
  await page.goto('/projects');
  await page.getByText('Archived', { exact: true }).click();
  await expect(page).toHaveURL(/\/projects\?archived=1$/);
  await page.getByRole('button', { name: 'Unarchive' }).click();
  await expect(names(page)).toHaveText(['Old house']);
});

test('a deleted project comes back by its toast and from the trash, or goes for good', async ({ page }) => {
  await signUp(page);
  await page.goto('/inbox');
  await addProject(page, 'Move');
  await openMenu(page, 'Move');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(names(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(names(page)).toHaveText(['Move']);

  await openMenu(page, 'Move');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('link', { name: 'Trash' }).click();
  await expect(page.getByText('Deleted items stay 30 days.')).toBeVisible();
  await page.getByRole('button', { name: 'Restore Move' }).click();
  await expect(names(page)).toHaveText(['Move']);
  await expect(page.getByText('Trash is empty')).toBeVisible();

  await openMenu(page, 'Move');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Empty Trash' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Trash is empty')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Trash is empty')).toBeVisible();
});

test('a renamed label is renamed on the tasks that carry it', async ({ page }) => {
  const { username, password } = await signUp(page);
  const login = await page.request.post('/api/v1/auth/login', { data: { username, password } });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  await page.goto('/labels');
  await page.getByRole('button', { name: 'New label' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('errand');
  await page.getByRole('dialog').getByRole('button', { name: 'Add label' }).click();
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: /errand/ })).toBeVisible();
  await page.request.post('/api/v1/tasks', { headers, data: { title: 'Buy stamps', labels: ['errand'] } });
  await expect(main.getByRole('link', { name: /errand\s*1 task/ })).toBeVisible();

  await main.getByRole('button', { name: 'Actions for label errand' }).click();
  await page.getByRole('menuitem', { name: 'Edit label…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Errands');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await main.getByRole('link', { name: /Errands\s*1 task/ }).click();
  await expect(page).toHaveURL(/\/l\/errands-/);
  await expect(page.getByText('Buy stamps')).toBeVisible();

  await page.goto('/labels');
  await main.getByRole('button', { name: 'Actions for label Errands' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('Label deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(main.getByRole('link', { name: /Errands\s*1 task/ })).toBeVisible();
});
