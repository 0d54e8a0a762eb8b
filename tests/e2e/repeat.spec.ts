import type { Locator, Page } from '@playwright/test';
import { signUp } from './accounts.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
const START = { timeout: 60_000 };

function row(page: Page, title: string): Locator {
  return page
    .getByRole('main')
    .getByRole('row')
    .filter({ has: page.getByText(title, { exact: true }) });
}

async function openInboxWith(page: Page, title: string): Promise<void> {
  await signUp(page);
  await page.goto('/inbox');
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click(START);
  await page.getByRole('textbox', { name: 'New task' }).fill(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await row(page, title).focus();
}

function toast(page: Page, text: string | RegExp): Locator {
  return page.getByRole('status').filter({ hasText: text });
}

async function choose(page: Page, item: string): Promise<void> {
  await page.keyboard.press('.');
  await page.getByRole('menuitem', { name: item }).click();
}

test('a task repeats: the form, completing, skipping, pausing, and what was done', async ({ page }) => {
  await openInboxWith(page, 'Water plants');
  await page.keyboard.press('Shift+Q');
  const dialog = page.getByRole('dialog', { name: 'Repeat' });
  await expect(dialog.getByLabel('Every')).toBeFocused();
  await page.keyboard.type('2');
  await dialog.getByLabel('Every').fill('2');
  await dialog.getByLabel('Unit').selectOption('days');
  await expect(dialog.getByRole('status')).toHaveText('Every 2 days');
  await expect(dialog.getByRole('region', { name: 'Next dates' }).getByRole('listitem')).toHaveCount(5);
  await dialog.getByRole('button', { name: 'More options' }).click();
  await expectAccessible(page, 'repeat form');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(row(page, 'Water plants')).toBeFocused();

  await page.keyboard.press('Shift+Q');
  await dialog.getByLabel('Unit').selectOption('day');
  await dialog.getByLabel('Every').press('Enter');
  await expect(dialog).toBeHidden();
  const task = row(page, 'Water plants');
  await expect(task.getByLabel('Repeats')).toBeVisible();
  await expect(task).toContainText('Today');

  await page.keyboard.press('e');
  await expect(toast(page, /^Done\. Next/)).toBeVisible();
  await expect(task).toContainText('Tomorrow');
  await choose(page, 'Skip this date');
  await expect(toast(page, /^Skipped\. Next/)).toBeVisible();
  await expect(task).not.toContainText('Tomorrow');

  await choose(page, 'Pause repeating');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary', { name: 'Task' });
  await expect(detail.getByRole('button', { name: 'Repeat: Paused · Every day' })).toBeVisible();
  await expectAccessible(page, 'paused task');
  await page.keyboard.press('Escape');
  await choose(page, 'Go on repeating');
  await expect(toast(page, /^Repeats again\. Next/)).toBeVisible();

  await page.goto('/logbook');
  const done = page.getByRole('main').getByRole('checkbox', { name: /^Take back Water plants of/ });
  await expect(done).toBeVisible(START);
  await expect(done).toBeDisabled();
});

test('on a phone, the form is a sheet without a horizontal scrollbar', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openInboxWith(page, 'Pay rent');
  await page.keyboard.press('Shift+Q');
  const dialog = page.getByRole('dialog', { name: 'Repeat' });
  await dialog.getByLabel('Unit').selectOption('month');
  await dialog.getByLabel('On', { exact: true }).selectOption('last-day');
  await dialog.getByLabel('Ends').selectOption('count');
  await dialog.getByLabel('Times, this one included').fill('12');
  await expect(dialog.getByRole('status')).toHaveText('Every month on the last day, 12 times');
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(360);
  await expectAccessible(page, 'repeat sheet');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'Pay rent').getByLabel('Repeats')).toBeVisible();
});
