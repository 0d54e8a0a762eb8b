import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { aPerson, expectLanded, signIn, signOut, signUp, tokenOf } from './accounts.ts';
import { expect, test } from './fixtures.ts';

// Starting the app takes its time on a busy machine.
test.describe.configure({ timeout: 180_000 });

test('what is shared opens as a task that the person still has to add', async ({ page }) => {
  const person = await signUp(page);
  const query = new URLSearchParams({ title: 'Read the report', text: 'Page 4\nhttps://example.org/r?a=1&b=2' });
  await page.goto(`/add?${query}`);
  const dialog = page.getByRole('dialog', { name: 'Add task' });
  await expect(dialog.getByRole('textbox', { name: 'New task' })).toHaveValue(
    'Read the report\nPage 4\nhttps://example.org/r?a=1&b=2',
    { timeout: 60_000 },
  );
  await expectAccessible(page);
  const token = await tokenOf(page, person);
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
  const title = page.getByRole('dialog', { name: 'Add task' }).getByRole('textbox', { name: 'New task' });
  await expect(title).toHaveValue('Buy milk', { timeout: 60_000 });
});

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
