import { aPerson, expectLanded, restIsHere, signIn, signUp } from './accounts.ts';
import { expect, test } from './fixtures.ts';

test('a person signs up, begins with an example, signs out and comes back', async ({ page }) => {
  const person = aPerson();
  await page.goto('/');
  await expect(page).toHaveURL(/\/login$/);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Username' }).fill(person.username);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();

  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Europe/Berlin');
  await page.getByRole('combobox', { name: 'Week starts on' }).selectOption({ label: 'Sunday' });
  await page.getByRole('button', { name: /Start with an example/ }).click();

  await expect(page.getByRole('heading', { name: 'Balcony garden', level: 1 })).toBeVisible();
  await expect(page.getByText('Measure the balcony')).toBeVisible();
  await page.goto('/settings/datetime');
  await expect(page.getByRole('combobox', { name: 'Week starts on' })).toHaveValue('7');

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
  await page.goto('/today');
  await expect(page).toHaveURL(/\/login\?next=%2Ftoday$/);
  await signIn(page, person);
  await expectLanded(page, 'Today');
  await expect(page.getByRole('link', { name: /Balcony garden/ })).toBeVisible();
});

test('the demo is one press away and says what it is', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expect(page.getByText('Demo account.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();
  await expect(page.getByRole('treegrid').getByRole('checkbox').first()).toBeVisible();
  await page.getByRole('button', { name: 'Create your own account' }).click();
  // On a server that nobody used, the first account is welcomed in other words.
  await expect(page.getByRole('heading', { name: /Create your account|Welcome to Tend/ })).toBeVisible();
});

test('what is wrong with a form stands at the field, and focus goes there', async ({ page }) => {
  const person = await signUp(page);
  await page.context().clearCookies();
  await page.goto('/login');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('textbox', { name: 'Username' })).toBeFocused();
  await expect(page.getByText('Enter your username.')).toBeVisible();
  await signIn(page, { ...person, password: 'not the password' });
  await expect(page.getByRole('alert')).toBeVisible();

  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Username' }).fill(person.username);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Use at least 10 characters.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('textbox', { name: 'Username' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Username' })).toHaveAttribute('aria-invalid', 'true');
});

test('after signing in only pages of Tend are followed', async ({ page }) => {
  const person = await signUp(page);
  await page.context().clearCookies();
  await page.goto('/login?next=//example.org/');
  await signIn(page, person);
  await expectLanded(page, 'Today');
  await expect(page).toHaveURL(/\/today$/);
});

test('a session that ends elsewhere keeps what was written, and signing in sends it', async ({
  page,
  browser,
  server,
}) => {
  const person = await signUp(page);
  await page.goto('/inbox');
  await expect(page.getByText('Inbox is clear.')).toBeVisible();

  const elsewhere = await browser.newContext({ baseURL: server.url });
  const login = await elsewhere.request.post('/api/v1/auth/login', { data: { ...person } });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  expect((await elsewhere.request.delete('/api/v1/me/sessions', { headers })).status()).toBe(204);

  await page.keyboard.press('q');
  await page.getByRole('textbox', { name: 'New task' }).fill('Written while signed out');
  await page.getByRole('button', { name: 'Add task', exact: true }).last().click();
  await page.getByRole('button', { name: /Signed out — changes kept/ }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Your changes are kept')).toBeVisible();
  await signIn(page, person);
  await expectLanded(page, 'Inbox');
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByText('Written while signed out')).toBeVisible();
  await expect(async () => {
    const tasks = await elsewhere.request.get('/api/v1/tasks', { headers });
    expect(JSON.stringify(await tasks.json())).toContain('Written while signed out');
  }).toPass();
  await elsewhere.close();
});

test('signing out asks first while something has not reached the server', async ({ page, context }) => {
  await signUp(page);
  await page.goto('/inbox');
  await expect(page.getByText('Inbox is clear.')).toBeVisible();
  // What the first screen does not need is fetched behind it.
  await restIsHere(page);
  await context.setOffline(true);
  await page.keyboard.press('q');
  await page.getByRole('textbox', { name: 'New task' }).fill('Written offline');
  await page.getByRole('button', { name: 'Add task', exact: true }).last().click();
  await expect(page.getByRole('button', { name: 'Synchronisation: Offline. 1 change on this device.' })).toBeVisible();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Sign out with unsent changes?' })).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download unsent changes' }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^tend-unsynced-.*\.json$/);
  await page.getByRole('button', { name: 'Stay' }).click();
  await context.setOffline(false);
  await expect(page.getByRole('button', { name: 'Synchronisation: Everything is saved.' })).toBeVisible();
});
