import type { Browser, Page } from '@playwright/test';
import { aPerson, type Person, signUp, tokenOf } from './accounts.ts';
import { expect, test } from './fixtures.ts';

interface Visitor {
  readonly person: Person;
  readonly page: Page;
}

async function visitor(browser: Browser, baseURL: string, name: string): Promise<Visitor> {
  const page = await browser.newPage({ baseURL });
  return { person: await signUp(page, aPerson(name)), page };
}

interface Made {
  readonly id: string;
}

test('a second person sees nothing of the first, wherever they look', async ({ browser, server }) => {
  // Two people and ten pages.
  test.slow();
  const ana = await visitor(browser, server.url, 'ana');
  const ben = await visitor(browser, server.url, 'ben');
  const headers = { authorization: `Bearer ${await tokenOf(ana.page, ana.person)}` };
  const project = (await (
    await ana.page.request.post('/api/v1/projects', { headers, data: { name: 'Secret garden' } })
  ).json()) as Made;
  const task = (await (
    await ana.page.request.post('/api/v1/tasks', {
      headers,
      data: { title: 'Plant the secret', projectId: project.id, labels: ['hidden'] },
    })
  ).json()) as Made;
  await ana.page.goto(`/p/${project.id}`);
  await expect(ana.page.getByText('Plant the secret')).toBeVisible();

  for (const path of ['/today', '/inbox', '/upcoming', '/projects', '/labels', '/logbook', '/trash']) {
    await ben.page.goto(path);
    await expect(ben.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(ben.page.getByRole('button', { name: 'Synchronisation: Everything is saved.' })).toBeVisible();
    await expect(ben.page.locator('body')).not.toContainText('secret');
    await expect(ben.page.locator('body')).not.toContainText('hidden');
  }
  await ben.page.goto(`/p/${project.id}`);
  await expect(ben.page.getByText('This project was deleted or you have no access.')).toBeVisible();
  await ben.page.goto(`/t/${task.id}`);
  await expect(ben.page.getByText('This task was deleted or you have no access.')).toBeVisible();
  await Promise.all([ana.page.close(), ben.page.close()]);
});

test('a project that is shared appears for the other, who may do what the role allows', async ({ browser, server }) => {
  const ana = await visitor(browser, server.url, 'ana');
  const ben = await visitor(browser, server.url, 'ben');
  const headers = { authorization: `Bearer ${await tokenOf(ana.page, ana.person)}` };
  const project = (await (
    await ana.page.request.post('/api/v1/projects', { headers, data: { name: 'Holiday' } })
  ).json()) as Made;
  await ben.page.goto('/inbox');
  await expect(ben.page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible();

  const added = await ana.page.request.post(`/api/v1/projects/${project.id}/members`, {
    headers,
    data: { username: ben.person.username, role: 'viewer' },
  });
  expect(added.status()).toBe(201);
  const shared = ben.page.getByRole('region', { name: 'Shared' });
  await shared.getByRole('link', { name: 'Holiday' }).click();
  await expect(ben.page.getByText('Nothing to do here.')).toBeVisible();
  const row = shared.locator('.sidebar-row');
  await row.hover();
  await expect(row.getByRole('button', { name: 'Add task to Holiday' })).toHaveCount(0);
  await row.getByRole('button', { name: 'Actions for Holiday' }).click();
  await expect(ben.page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await expect(ben.page.getByRole('menuitem', { name: 'Edit project…' })).toHaveCount(0);
  await ben.page.getByRole('menuitem', { name: 'Members' }).click();
  await expect(ben.page.getByRole('listitem').filter({ hasText: ana.person.username })).toContainText('Owner');
  await expect(ben.page.getByRole('listitem').filter({ hasText: ben.person.username })).toContainText('Viewer');
  await ben.page.keyboard.press('Escape');

  const members = (await (
    await ana.page.request.get(`/api/v1/projects/${project.id}/members`, { headers })
  ).json()) as { items: { userId: string; username: string }[] };
  const other = members.items.find((member) => member.username === ben.person.username);
  await ana.page.request.delete(`/api/v1/projects/${project.id}/members/${other?.userId ?? ''}`, { headers });
  await expect(shared).toBeHidden();
  await expect(ben.page.getByText('This project was deleted or you have no access.')).toBeVisible();
  await Promise.all([ana.page.close(), ben.page.close()]);
});
