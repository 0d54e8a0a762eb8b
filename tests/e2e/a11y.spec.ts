import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { signUp } from './accounts.ts';
import { expect, test } from './fixtures.ts';

const PAGES = ['/inbox', '/today', '/upcoming', '/projects', '/labels', '/logbook', '/trash', '/settings'] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
] as const;

async function enterDemo(page: Page): Promise<void> {
  const answer = await page.request.post('/api/v1/auth/login', { data: { username: 'demo', password: 'demo1234' } });
  expect(answer.ok()).toBe(true);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 60_000 });
  // The first synchronisation shows rows in outline.
  await expect(page.getByText('Getting your tasks')).toBeHidden({ timeout: 60_000 });
}

test('a button without a name and words that are pale in the dark are found', async ({ page }) => {
  await page.setContent(`<!doctype html><html lang="en"><title>Planted</title><main><h1>Planted</h1><button></button>
    <style>@media (prefers-color-scheme: dark) { p { color: #333; background: #222; } }</style><p>Pale</p></main>`);
  await expect(expectAccessible(page)).rejects.toThrow(/button-name[^]*dark: color-contrast/);
});

for (const viewport of SIZES) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport });
    // The rules take seconds per page on a busy machine, and there are many pages.
    test.setTimeout(600_000);

    test('pages before signing in have no violation', async ({ page }) => {
      for (const path of ['/login', '/signup']) {
        await page.goto(path);
        await expect(page.getByRole('textbox', { name: 'Username' })).toBeVisible({ timeout: 60_000 });
        await expectAccessible(page, path);
      }
    });

    test('empty pages have no violation', async ({ page }) => {
      await signUp(page);
      for (const path of PAGES) {
        await open(page, path);
        await expectAccessible(page, `${path}, empty`);
      }
    });

    test('full pages have no violation', async ({ page }) => {
      await enterDemo(page);
      for (const path of PAGES) {
        await open(page, path);
        await expectAccessible(page, path);
      }
    });

    test('a project, a task and what opens over them have no violation', async ({ page }) => {
      await enterDemo(page);
      await open(page, '/today');
      const task = page
        .getByRole('main')
        .locator('[data-row-kind="row"]')
        .filter({ hasText: 'Fix the dripping' })
        .first();
      await task.focus();
      await page.keyboard.press('Space');
      await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible({ timeout: 60_000 });
      await expectAccessible(page, 'task over today');
      const id = new URL(page.url()).searchParams.get('t');
      await open(page, '/today');

      for (const [key, role, name] of [
        ['t', 'dialog', 'Date'],
        ['d', 'dialog', 'Deadline'],
        ['l', 'dialog', 'Labels'],
        ['v', 'dialog', 'Move to'],
        ['y', 'menu', 'Priority'],
        ['.', 'menu', /^Actions/],
      ] as const) {
        await task.focus();
        await page.keyboard.press(key);
        await expect(page.getByRole(role, { name })).toBeVisible();
        await expectAccessible(page, `${key} on a task`);
        await page.keyboard.press('Escape');
        await expect(page.getByRole(role, { name })).toBeHidden();
      }
      await page.goto(`/t/${id}`);
      await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible({ timeout: 60_000 });
      await expectAccessible(page, 'the page of a task');
    });
  });
}
