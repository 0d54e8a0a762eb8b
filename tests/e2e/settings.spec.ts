import { expectLanded, signIn, signUp } from './accounts.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';

test('the theme is kept on the account and reaches other devices', async ({ page, browser, server }) => {
  const person = await signUp(page);
  await page.goto('/settings/appearance');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  const elsewhere = await browser.newPage({ baseURL: server.url, colorScheme: 'light' });
  await elsewhere.goto('/login');
  await signIn(elsewhere, person);
  await expectLanded(elsewhere, 'Today');
  await expect(elsewhere.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByText('High contrast', { exact: true }).click();
  await expect(elsewhere.locator('html')).toHaveAttribute('data-contrast', 'high');
  await elsewhere.close();

  await page.reload();
  await expect(page.getByRole('radio', { name: 'High contrast' })).toBeChecked();

  await page.getByRole('link', { name: 'Quick add' }).click();
  await page.getByRole('textbox', { name: 'Try a line' }).fill('Buy milk tomorrow !1');
  const pills = page.locator('.draft-pill');
  await expect(pills).toHaveText(['tomorrow', '!1']);
  await page.getByRole('switch', { name: 'Priorities' }).click();
  await expect(pills).toHaveText(['tomorrow']);
  await expectAccessible(page, 'settings of quick add');
});

test('the name that others see is changed, and so is the address of mail with the password', async ({ page }) => {
  const { password } = await signUp(page);
  await page.goto('/settings/account');
  await page.getByRole('textbox', { name: 'Display name' }).fill('Maja Berg');
  await page.getByRole('textbox', { name: 'Email' }).fill('maja@example.org');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const current = page.getByRole('textbox', { name: 'Current password' });
  await expect(current).toBeFocused();
  await current.fill('not it at all');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(current).toHaveAttribute('aria-invalid', 'true');
  await current.fill(password);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Account saved')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Account of Maja Berg' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue('maja@example.org');
});

test('a new password ends the other sessions and is the one that counts', async ({ page, browser, server }) => {
  const person = await signUp(page);
  const elsewhere = await browser.newPage({ baseURL: server.url });
  await elsewhere.goto('/login');
  await signIn(elsewhere, person);
  await expectLanded(elsewhere, 'Today');

  await page.goto('/settings/security');
  await page.getByRole('textbox', { name: 'Current password' }).fill(person.password);
  await page.getByRole('textbox', { name: 'New password' }).fill('another long sentence');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Password changed')).toBeVisible();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByText('this device')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sign out Chrome/ })).toHaveCount(0);

  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/login/);
  await signIn(elsewhere, { ...person, password: 'another long sentence' });
  await expectLanded(elsewhere, 'Today');
  await elsewhere.close();
});

test('a session elsewhere is listed and can be ended', async ({ page, browser, server }) => {
  const person = await signUp(page);
  const elsewhere = await browser.newPage({ baseURL: server.url });
  await elsewhere.goto('/login');
  await signIn(elsewhere, person);
  await expectLanded(elsewhere, 'Today');

  await page.goto('/settings/sessions');
  await page.getByRole('button', { name: /^Sign out Chrome on Linux/ }).click();
  await expect(page.getByText('Session ended')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sign out Chrome on Linux/ })).toHaveCount(0);
  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/login/);
  await elsewhere.close();
});

test('single-key shortcuts can be turned off; those with a modifier stay', async ({ page }) => {
  await signUp(page);
  await page.goto('/settings/shortcuts');
  const single = page.getByRole('switch', { name: 'Single-key shortcuts' });
  await single.uncheck();
  await single.blur();
  await page.keyboard.press('q');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/\/settings\/shortcuts$/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('link', { name: 'About' }).click();
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page).toHaveURL(/\/settings$/);
  await page.getByRole('link', { name: 'Shortcuts' }).click();
  await single.check();
  await single.blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('dates follow the locale and the day follows the zone of the account', async ({ page }) => {
  await signUp(page);
  await page.goto('/settings/datetime');
  await page.getByRole('combobox', { name: 'Dates and numbers as in' }).selectOption('de-DE');
  await expect(
    page.getByText(/^For example: (Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)/),
  ).toBeVisible();
  await expect(page.locator('option[value="Pacific/Auckland"]')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Pacific/Auckland');
  await expect(page.getByText('This device is in another time zone.')).toBeVisible();
  await page.getByRole('button', { name: 'Use Europe/Berlin' }).click();
  await expect(page.getByText('This device is in another time zone.')).toBeHidden();
});

test('the home view is what opens first', async ({ page }) => {
  await signUp(page);
  await page.goto('/settings/appearance');
  await page.getByRole('combobox', { name: 'Home view' }).selectOption('inbox');
  await page.goto('/');
  await expect(page).toHaveURL(/\/inbox$/);
});
