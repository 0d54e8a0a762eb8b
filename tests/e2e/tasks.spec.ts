import type { Locator, Page } from '@playwright/test';
import { signUp, tokenOf } from './accounts.ts';
import { expect, test } from './fixtures.ts';

/** Rows of the list of the page, by the title of their task. */
function row(page: Page, title: string): Locator {
  return page
    .getByRole('main')
    .getByRole('row')
    .filter({ has: page.getByText(title, { exact: true }) });
}

async function titles(page: Page): Promise<string[]> {
  return page.getByRole('main').locator('[data-row-key] .task-title-text').allTextContents();
}

async function openInbox(page: Page): Promise<void> {
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible(START);
  await expect(page.getByRole('main').getByRole('button', { name: 'Add task', exact: true })).toBeVisible(START);
}

/** Adds tasks through the row at the end of the list. */
async function add(page: Page, ...names: string[]): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first().click();
  for (const name of names) {
    await page.getByRole('textbox', { name: 'New task' }).fill(name);
    await page.keyboard.press('Enter');
    await expect(row(page, name)).toBeVisible();
  }
  await page.keyboard.press('Escape');
}

/** Waits until the server has what the page shows, then begins anew. */
async function reload(page: Page, token: string, open: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  await expect
    .poll(async () => {
      const answer = await page.request.get('/api/v1/tasks?completed=false', { headers });
      return ((await answer.json()) as { items: unknown[] }).items.length;
    })
    .toBe(open);
  await page.reload();
}

// Starting the app takes its time on a busy machine; what follows must not.
test.describe.configure({ timeout: 180_000 });
const START = { timeout: 60_000 };

let token = '';

test.beforeEach(async ({ page }) => {
  token = await tokenOf(page, await signUp(page));
});

test('tasks are created, renamed, completed and reopened, and are there after a reload', async ({ page }) => {
  await openInbox(page);
  await expect(page.getByText('Inbox is clear.')).toBeVisible();
  await add(page, 'Buy milk', 'Buy bread', 'Call Anna');
  await expect(page.getByText('Inbox is clear.')).toBeHidden();
  expect(await titles(page)).toEqual(['Buy milk', 'Buy bread', 'Call Anna']);

  await row(page, 'Buy bread').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Title' }).fill('Buy rye bread');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Buy rye bread')).toBeFocused();

  await row(page, 'Buy milk').getByRole('checkbox').click();
  await expect(page.getByRole('status').filter({ hasText: 'Task completed' })).toBeVisible();
  await expect(row(page, 'Buy milk')).toBeHidden();
  await reload(page, token, 2);
  await expect(row(page, 'Buy rye bread')).toBeVisible(START);
  expect(await titles(page)).toEqual(['Buy rye bread', 'Call Anna']);

  await page.getByRole('button', { name: 'Show completed' }).click();
  await row(page, 'Buy milk').getByRole('checkbox').click();
  await expect(row(page, 'Buy milk').getByRole('checkbox')).not.toBeChecked();
});

test('a task that is completed stays for a moment, in which a second click takes it back', async ({ page }) => {
  await openInbox(page);
  await add(page, 'First', 'Second');
  const checkbox = row(page, 'First').getByRole('checkbox');
  await checkbox.click();
  await expect(checkbox).toBeChecked();
  await checkbox.click();
  await expect(checkbox).not.toBeChecked();
  await page.waitForTimeout(1600);
  expect(await titles(page)).toEqual(['First', 'Second']);
});

test('the date, priority, labels and place of a task are changed from its row', async ({ page }) => {
  await openInbox(page);
  await add(page, 'Write report');
  const task = row(page, 'Write report');
  await task.focus();
  await page.keyboard.press('t');
  await page.getByRole('textbox', { name: 'Date' }).fill('tomorrow 9:30');
  await page.keyboard.press('Enter');
  await expect(task.getByText('Tomorrow 09:30', { exact: true })).toBeVisible();
  await expect(task).toBeFocused();

  await page.keyboard.press('1');
  await expect(task.getByRole('img', { name: 'Priority 1' })).toBeVisible();
  await page.keyboard.press('l');
  await page.getByRole('combobox').fill('office');
  await page.getByRole('option', { name: 'Create “office”' }).click();
  await page.keyboard.press('Escape');
  await expect(task.getByText('office', { exact: true })).toBeVisible();

  await task.focus();
  await page.keyboard.press('d');
  await page
    .getByRole('dialog', { name: 'Deadline' })
    .getByRole('button', { name: /^Today \w{3}$/ })
    .click();
  await expect(task.getByRole('img', { name: /^Deadline/ })).toBeVisible();

  await page.keyboard.press('+');
  await expect(task.getByText('Tomorrow 09:30', { exact: true })).toBeHidden();
});

test('a task moves to another project and back by undo', async ({ page }) => {
  await page.request.post('/api/v1/projects', {
    headers: { authorization: `Bearer ${token}` },
    data: { name: 'Garden' },
  });
  await openInbox(page);
  await add(page, 'Rake the leaves');
  await row(page, 'Rake the leaves').focus();
  await page.keyboard.press('v');
  await page.getByRole('combobox').fill('gard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Task moved to “Garden”' })).toBeVisible();
  await expect(row(page, 'Rake the leaves')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Rake the leaves')).toBeVisible();
});

test('a deleted task comes back by undo, and from the trash', async ({ page }) => {
  await openInbox(page);
  await add(page, 'Keep', 'Throw away');
  await row(page, 'Throw away').focus();
  await page.keyboard.press('Delete');
  await expect(row(page, 'Throw away')).toBeHidden();
  await expect(row(page, 'Keep')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Throw away')).toBeVisible();

  await row(page, 'Throw away').focus();
  await page.keyboard.press('Delete');
  await page.goto('/trash');
  await page
    .getByRole('button', { name: /Restore/ })
    .first()
    .click();
  await page.goto('/inbox');
  await expect(row(page, 'Throw away')).toBeVisible(START);
});

test('pasting lines adds a task for each, as one step of undo', async ({ page }) => {
  await openInbox(page);
  await page.keyboard.press('a');
  const field = page.getByRole('textbox', { name: 'New task' });
  await field.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '- Tent\n- Stove\n\n- Map');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('menuitem', { name: 'Add 3 tasks' }).click();
  await expect(row(page, 'Map')).toBeVisible();
  expect(await titles(page)).toEqual(['Tent', 'Stove', 'Map']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Tent')).toBeHidden();
  await expect(row(page, 'Map')).toBeHidden();
});

test('everything is done by keyboard alone', async ({ page }) => {
  await openInbox(page);
  await page.keyboard.press('a');
  for (const title of ['One', 'Two', 'Three']) {
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
  await row(page, 'One').focus();
  await page.keyboard.press('j');
  await expect(row(page, 'Two')).toBeFocused();

  await page.keyboard.press('Shift+o');
  await page.keyboard.type('One and a half');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect.poll(() => titles(page)).toEqual(['One', 'One and a half', 'Two', 'Three']);
  await expect(row(page, 'One and a half')).toBeFocused();

  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => titles(page)).toEqual(['One', 'Two', 'One and a half', 'Three']);
  await page.keyboard.press('>');
  await expect(row(page, 'One and a half')).toHaveAttribute('aria-level', '2');
  await row(page, 'Two').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'One and a half')).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(row(page, 'One and a half')).toBeFocused();
  await page.keyboard.press('<');
  await expect(row(page, 'One and a half')).toHaveAttribute('aria-level', '1');

  await page.keyboard.press('.');
  await page.getByRole('menuitem', { name: 'Duplicate' }).press('Enter');
  await expect.poll(() => titles(page)).toEqual(['One', 'Two', 'One and a half', 'One and a half', 'Three']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => titles(page)).toEqual(['One', 'Two', 'One and a half', 'Three']);

  await row(page, 'Three').focus();
  await page.keyboard.press('e');
  await expect(row(page, 'Three')).toBeHidden();
  await expect(row(page, 'One and a half')).toBeFocused();
});

test('the detail shows and edits a task, and gives focus back', async ({ page }) => {
  await openInbox(page);
  await add(page, 'Plan the trip', 'Other task');
  await row(page, 'Plan the trip').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Task' });
  await expect(panel).toBeFocused();
  await expect(page).toHaveURL(/\?t=/);

  await panel.getByRole('button', { name: 'Add a description' }).click();
  await panel
    .getByRole('textbox', { name: 'Description' })
    .fill('**Trains** first\n\n[map](javascript:alert(1)) [site](https://example.org)');
  await panel.getByRole('textbox', { name: 'Description' }).press('Escape');
  await expect(panel.locator('strong')).toHaveText('Trains');
  await expect(panel.getByRole('link', { name: 'site' })).toHaveAttribute('rel', /noopener/);
  await expect(panel.getByRole('link', { name: 'map' })).toHaveCount(0);

  await panel.getByRole('button', { name: 'Add subtask' }).click();
  await page.keyboard.type('Book a room');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(panel.getByText('0/1')).toBeVisible();

  await panel.getByRole('textbox', { name: 'New comment' }).fill('Ask Ben *too*');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect(panel.getByRole('listitem').locator('em')).toHaveText('too');

  await panel.focus();
  await page.keyboard.press('j');
  await expect(panel.getByRole('textbox', { name: 'Title' })).toHaveValue('Book a room');
  await page.keyboard.press('j');
  await expect(panel.getByRole('textbox', { name: 'Title' })).toHaveValue('Other task');
  await panel.getByRole('textbox', { name: 'Title' }).fill('Renamed in the panel');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Renamed in the panel')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(row(page, 'Renamed in the panel')).toBeFocused();
});

test('sections are added, renamed, folded and deleted with undo', async ({ page }) => {
  await openInbox(page);
  await page.getByRole('button', { name: 'Add section' }).click();
  await page.getByRole('textbox', { name: 'New section' }).fill('Later');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const header = page.getByRole('row', { name: /Later/ });
  await expect(header).toBeVisible();
  await header.hover();
  await header.getByRole('button', { name: 'Add task to Later' }).click();
  await page.keyboard.type('Someday');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Someday')).toBeVisible();

  await header.focus();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Someday')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Someday')).toBeVisible();

  await header.getByRole('button', { name: 'Actions for Later' }).click();
  await page.getByRole('menuitem', { name: 'Move to Trash' }).click();
  await expect(row(page, 'Someday')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Someday')).toBeVisible();
});

test('today and upcoming show what is planned', async ({ page }) => {
  await page.goto('/today');
  await expect(page.getByText('Nothing planned for today.')).toBeVisible(START);
  await add(page, 'Water the plants');
  await expect(row(page, 'Water the plants')).toBeVisible();
  await row(page, 'Water the plants').focus();
  await page.keyboard.press('+');
  await expect(row(page, 'Water the plants')).toBeHidden();
  await page.goto('/upcoming');
  await expect(row(page, 'Water the plants')).toBeVisible(START);
  const emptyDay = page.getByRole('main').locator('text=/^Nothing on/').first();
  await expect(emptyDay).toBeVisible();
  await page.getByRole('button', { name: 'Next week' }).click();
  await expect(emptyDay).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('tasks are added, opened in a sheet, dated and completed by touch', async ({ page }) => {
    await openInbox(page);
    await add(page, 'Pay the rent');
    const task = row(page, 'Pay the rent');
    await task.getByText('Pay the rent').tap();
    const sheet = page.getByRole('dialog', { name: 'Task' });
    await expect(sheet).toBeVisible();
    await sheet.getByRole('button', { name: 'Close' }).tap();
    await expect(sheet).toBeHidden();

    await task.getByRole('button', { name: 'Actions for Pay the rent' }).tap();
    await page.getByRole('menuitem', { name: 'Date…' }).tap();
    await page
      .getByRole('dialog', { name: 'Date' })
      .getByRole('button', { name: /^Tomorrow \w{3}$/ })
      .tap();
    await expect(task.getByText('Tomorrow', { exact: true })).toBeVisible();

    await task.getByRole('checkbox').tap();
    await expect(task).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
