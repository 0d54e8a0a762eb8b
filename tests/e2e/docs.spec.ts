import { expect, test } from './fixtures.ts';

test('the page of the API lists the operations and tries them, without any other server', async ({ page, server }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !/^(?:data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  const login = await page.request.post('/api/v1/auth/login', { data: { username: 'demo', password: 'demo1234' } });
  const { access_token: token } = (await login.json()) as { access_token: string };

  await page.goto('/docs');
  await expect(page.getByRole('heading', { name: /^Tend/ })).toBeVisible();
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.getByRole('textbox', { name: 'auth-bearer-value' }).fill(token);
  await page.getByRole('button', { name: 'Apply credentials' }).click();
  await page.getByRole('button', { name: 'Close' }).click();

  const operation = page.locator('.opblock', { has: page.locator('[data-path="/api/v1/me"]') }).first();
  await operation.locator('.opblock-summary').click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await expect(operation.locator('.live-responses-table tbody .response-col_status').first()).toContainText('200');
  await expect(operation.locator('.live-responses-table')).toContainText('"demo"');
  expect(elsewhere).toEqual([]);
});
