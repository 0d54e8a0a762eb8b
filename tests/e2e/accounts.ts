import { expect, type Page } from '@playwright/test';

export interface Person {
  readonly username: string;
  readonly password: string;
}

/** A page, or a context without one. */
export type Requester = Pick<Page, 'request'>;

let made = 0;

/** A name that no other test of this run has. */
export function aPerson(name = 'person'): Person {
  made++;
  return { username: `${name}-${process.pid}-${Date.now().toString(36)}-${made}`, password: 'correct horse battery' };
}

/** Makes an account and signs its person in, without the forms. */
export async function signUp(page: Requester, person: Person = aPerson()): Promise<Person> {
  const response = await page.request.post('/api/v1/auth/signup', {
    data: { ...person, timeZone: 'Europe/Berlin', locale: 'en-GB', weekStart: 1 },
  });
  expect(response.status()).toBe(201);
  return person;
}

/** Signs a person in through the form. */
export async function signIn(page: Page, { username, password }: Person): Promise<void> {
  await page.getByRole('textbox', { name: 'Username' }).fill(username);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Through the menu of the account, with nothing unsent. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

/** Hashing the password and the first synchronisation take a while on a busy machine. */
export async function expectLanded(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible({ timeout: 30_000 });
}

/** A token for calls of the API besides the page. */
export async function tokenOf(page: Requester, { username, password }: Person): Promise<string> {
  const response = await page.request.post('/api/v1/auth/login', { data: { username, password } });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

/** Until the code behind the first screen has arrived: from then on the page works without a network. */
export async function restIsHere(page: Page): Promise<void> {
  const parts = [
    'draft-assist',
    'add-drafts',
    'dialog-overlay',
    'open-dialog',
    'account-menu-overlay',
    'menu-overlay',
    'popover-overlay',
    'settings-page',
    'sync-details',
  ];
  const fetched = await page.waitForFunction((names) => {
    const scripts = performance.getEntriesByType('resource').map((entry) => entry.name);
    const found = names.map((name) => scripts.find((script) => script.includes(`/${name}-`) && script.endsWith('.js')));
    return found.every((script) => script !== undefined) && found;
  }, parts);
  // What a part imports is asked for only when the part is there. Importing it again waits for all of that; as text,
  // because it is the browser that has to import.
  await page.evaluate(`Promise.all(${JSON.stringify(await fetched.jsonValue())}.map((script) => import(script)))`);
}
