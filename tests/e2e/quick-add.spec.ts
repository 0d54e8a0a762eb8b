import type { Locator, Page } from '@playwright/test';
import { signUp, tokenOf } from './accounts.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 180_000 });

interface StoredTask {
  readonly title: string;
  readonly description: string;
  readonly date: string | null;
  readonly time: string | null;
  readonly priority: number;
  readonly labels: readonly string[];
}

async function tasksOnServer(page: Page, token: string): Promise<StoredTask[]> {
  const answer = await page.request.get('/api/v1/tasks', { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { items: StoredTask[] }).items;
}

/** How far a pill is from the word that it is painted behind, in pixels. */
async function driftOf(field: Locator): Promise<number> {
  return field.evaluate((area) => {
    const mirror = area.previousElementSibling;
    // The words where a browser would lay them out without the marks between them.
    const plain = mirror?.cloneNode() as HTMLElement;
    plain.textContent = mirror?.textContent ?? '';
    mirror?.parentElement?.append(plain);
    const box = (node: Node, start: number, end: number): DOMRect => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      return range.getBoundingClientRect();
    };
    let drift = 0;
    for (const pill of mirror?.querySelectorAll<HTMLElement>('[data-start]') ?? []) {
      const [start, end] = [Number(pill.dataset['start']), Number(pill.dataset['end'])];
      if (pill.firstChild === null || plain.firstChild === null) continue;
      const [painted, typed] = [box(pill.firstChild, 0, end - start), box(plain.firstChild, start, end)];
      drift = Math.max(drift, Math.abs(painted.left - typed.left), Math.abs(painted.right - typed.right));
      drift = Math.max(drift, Math.abs(painted.top - typed.top), Math.abs(painted.bottom - typed.bottom));
    }
    plain.remove();
    return drift;
  });
}

const LONG =
  'Ask the very patient landlord about Donaudampfschifffahrtsgesellschaftskapitänskajüte 🏡👩‍👩‍👧‍👦 tomorrow 9:00 !2 @errands and שלום';

/** Holds the grammar back until it is asked for, as a slow network does. */
async function holdGrammar(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/\/assets\/parse-quick-add-/, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

function addButton(page: Page): Locator {
  return page.getByRole('main').getByRole('button', { name: 'Add task', exact: true }).first();
}

test('a line becomes a task: pills, a word kept as text, names, lines from elsewhere, a draft', async ({ page }) => {
  const token = await tokenOf(page, await signUp(page));
  const headers = { authorization: `Bearer ${token}` };
  await page.request.post('/api/v1/projects', { headers, data: { name: 'Home Improvements' } });
  const release = await holdGrammar(page);
  await page.goto('/inbox');

  // In the list, and before the grammar is here.
  await expect(page.getByText('Inbox is clear.')).toBeVisible({ timeout: 60_000 });
  await addButton(page).click();
  const inline = page.getByRole('main').getByRole('textbox', { name: 'New task' });
  const inlinePills = page.getByRole('main').locator('.draft-pill');
  await inline.pressSequentially('Ring the landlord about the roof and the gutter and the chimney that fell off ');
  await expect(inlinePills).toHaveCount(0);
  release();
  await inline.pressSequentially('in the storm of last week tomorrow !2');
  await expect(inlinePills).toHaveText(['tomorrow', '!2']);
  expect(await driftOf(inline)).toBeLessThan(1);
  // The end, where the caret is, is in sight.
  const [edge, pill] = [await inline.locator('..').boundingBox(), await inlinePills.last().boundingBox()];
  expect((pill?.x ?? 0) + (pill?.width ?? 0)).toBeLessThanOrEqual((edge?.x ?? 0) + (edge?.width ?? 0) + 1);
  for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');

  // Typed, understood, and some of it turned back into text.
  await page.keyboard.press('q');
  const dialog = page.getByRole('dialog', { name: 'Add task' });
  const field = dialog.getByRole('textbox', { name: 'New task' });
  const pills = dialog.locator('.draft-pill');
  await expect(field).toBeFocused();
  await page.keyboard.type('Watch tomorrow friday 9:00 !1 #ho');
  await expect(pills).toHaveText(['friday 9:00', '!1']);
  await expect(dialog.getByRole('option')).toHaveText([/^Home Improvements/, /^Create project/]);
  await expectAccessible(page, 'quick add with suggestions');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('Watch tomorrow friday 9:00 !1 #Home Improvements ');
  await expect(pills).toHaveText(['friday 9:00', '!1', '#Home Improvements']);
  for (let i = 0; i < 2; i++) await page.keyboard.press('Backspace');
  await expect(pills).toHaveText(['friday 9:00', '!1']);
  const date = await pills.first().boundingBox();
  await page.mouse.click((date?.x ?? 0) + 20, (date?.y ?? 0) + 8);
  await expect(pills).toHaveText(['tomorrow', '!1']);

  // The page goes away in the middle of it.
  await page.reload();
  await expect(page.getByText('Inbox is clear.')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('q');
  await expect(field).toHaveValue('Watch tomorrow friday 9:00 !1 #Home Improvements');
  await expect(pills).toHaveText(['tomorrow', '!1']);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect
    .poll(() => tasksOnServer(page, token))
    .toMatchObject([{ title: 'Watch friday 9:00 #Home Improvements', priority: 1, time: null }]);

  // Several lines, one step of undo.
  await page.keyboard.press('q');
  await field.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '- Tent tomorrow\n- Stove\n- Map');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('menuitem', { name: 'Add 3 tasks' }).click();
  const stove = page.getByRole('main').getByRole('row').filter({ hasText: 'Stove' });
  await expect(stove).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(stove).toBeHidden();
  await expect.poll(async () => (await tasksOnServer(page, token)).length).toBe(1);

  // On a phone, with words of other scripts and one that is too long for a line.
  await page.setViewportSize({ width: 360, height: 720 });
  await page.keyboard.press('q');
  await field.fill(LONG);
  await expect(pills).toHaveText(['tomorrow 9:00', '!2', '@errands']);
  expect(await driftOf(field)).toBeLessThan(1);
  const overflow = await field.evaluate(
    (area) => area.scrollHeight - (area.previousElementSibling?.getBoundingClientRect().height ?? 0),
  );
  expect(overflow, 'what is painted and what is typed have the same lines').toBeLessThan(1);
  expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);

  // Where fingers type, a bar above the keyboard writes what the keyboard hides.
  const device = await page.context().newCDPSession(page);
  await device.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
  await field.fill('Buy tea');
  const bar = page.getByRole('group', { name: 'Insert' });
  await bar.getByRole('button', { name: 'Date' }).click();
  await bar.getByRole('button', { name: 'Tomorrow' }).click();
  await bar.getByRole('button', { name: 'Label' }).click();
  await expect(field).toHaveValue('Buy tea tomorrow @');
  await expect(field).toBeFocused();
  const box = await bar.boundingBox();
  expect(box && [box.x, box.width, box.y + box.height]).toEqual([0, 360, 720]);
  await expectAccessible(page, 'quick add at 360 px');
});
