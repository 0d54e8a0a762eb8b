import type { Page } from '@playwright/test';
import { aPerson, restIsHere, signUp, tokenOf } from './accounts.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';

const START = { timeout: 60_000 };
test.describe.configure({ timeout: 180_000 });

/** Makes what is looked for below through the API. */
async function fill(page: Page): Promise<void> {
  const headers = { authorization: `Bearer ${await tokenOf(page, await signUp(page, aPerson('seeker')))}` };
  const make = async (path: string, data: object): Promise<string> => {
    const answer = await page.request.post(`/api/v1${path}`, { headers, data });
    expect(answer.status(), await answer.text()).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  };
  const projectId = await make('/projects', { name: 'Küche', color: 'amber' });
  await make('/tasks', { title: 'Müsli und Milch kaufen', projectId, date: '2026-12-01' });
  await make('/tasks', { title: 'Milchreis kochen', completed: true });
  await make('/tasks', { title: 'Einkauf', description: 'Auch **Milch** mitbringen', labels: ['Milchladen'] });
  const commented = await make('/tasks', { title: 'Frühstück planen' });
  for (let n = 0; n < 5; n++) await make(`/tasks/${commented}/comments`, { body: `${n}\n\n`.repeat(20) });
  await make(`/tasks/${commented}/comments`, { body: 'Die Milch ist leer' });
  await make(`/tasks/${commented}/comments`, { body: `Danach\n\n`.repeat(20) });
  const archive = await make('/projects', { name: 'Alte Küche' });
  await make('/tasks', { title: 'Topf ausmustern', projectId: archive });
  expect((await page.request.post(`/api/v1/projects/${archive}/archive`, { headers })).status()).toBe(200);
}

test('finding with / from anywhere, by keyboard, on a phone and offline', async ({ page, context }) => {
  await fill(page);
  await page.goto('/inbox');
  await expect(page.getByRole('main').getByText('Einkauf')).toBeVisible(START);
  const search = page.getByRole('dialog', { name: 'Search' });
  const field = search.getByRole('combobox', { name: 'Search' });

  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await expect(search.getByText('Finds words in titles')).toBeVisible();
  await page.keyboard.type('milhc');
  await expect(search.getByRole('option', { name: /^Müsli und Milch kaufen/ })).toBeVisible();
  await field.fill('milch');
  await expect(search.getByRole('option').first()).toHaveAccessibleName(/^Milchreis kochen\W+Completed/);
  await expect(search.getByRole('option', { name: /^Einkauf\W+Label\W+Milchladen/ })).toBeVisible();
  await expect(
    search.getByRole('option', { name: /^Frühstück planen\W+Comment by .*Die Milch ist leer/ }),
  ).toBeVisible();
  await expectAccessible(page, 'results');
  await field.fill('muesli');
  await page.keyboard.press('Enter');
  await expect(search).toBeHidden();
  const detail = page.getByRole('complementary', { name: 'Task' });
  await expect(detail.getByRole('textbox', { name: 'Title' })).toHaveValue('Müsli und Milch kaufen');
  await expect(page).toHaveURL(/\/inbox\?t=/);

  for (const title of ['Topf ausmustern', 'Milchreis kochen']) {
    await page.keyboard.press('/');
    await field.fill(title);
    await page.keyboard.press('Enter');
    await expect(detail.getByRole('textbox', { name: 'Title' })).toHaveValue(title);
  }
  await page.keyboard.press('/');
  await field.fill('die milch ist leer');
  await page.keyboard.press('Enter');
  const comment = detail.getByRole('listitem').filter({ hasText: 'Die Milch ist leer' });
  await expect(comment).toBeFocused();
  await expect(comment).toHaveAttribute('data-found');
  await expect(comment).toBeInViewport({ ratio: 1 });
  await expectAccessible(page, 'a comment that was found');
  await expect(comment).not.toHaveAttribute('data-found');

  await restIsHere(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goBack();
  await expect(detail).toBeHidden();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Browse' }).click();
  await page.getByRole('complementary', { name: 'Sidebar' }).getByRole('button', { name: 'Search' }).click();
  await search.getByRole('option', { name: 'muesli' }).click();
  await expect(search.getByRole('option', { name: /^Müsli/ })).toBeVisible();
  await expect(search.getByText('Offline: only what is on this device is searched.')).toBeVisible();
  await expect(search.getByRole('option', { name: /server/ })).toHaveCount(0);
  await expectAccessible(page, 'offline on a phone');
  await context.setOffline(false);

  await page.goto('/search?q=milch&in=comments');
  await expect(page.getByRole('option', { name: /^Frühstück planen/ })).toBeVisible(START);
  await expect(page.getByRole('group', { name: 'Tasks' })).toHaveCount(0);
  await page.getByRole('option', { name: 'Search everything on the server' }).click();
  await expect(page.getByText('The server has nothing more.')).toBeVisible();
  await expectAccessible(page, 'the page');
});
