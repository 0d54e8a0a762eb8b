import { expect, type Page, test } from '@playwright/test';
import { type Gallery, startGallery } from '#tests/support/ui-gallery.ts';
import { expectAccessible } from './axe.ts';

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await startGallery();
});
test.afterAll(async () => {
  await gallery[Symbol.asyncDispose]();
});

/** Errors of the page, violations of the content security policy among them. */
function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

const sizes = [
  { name: '360 px', width: 360, height: 740, touch: true },
  { name: '1280 px', width: 1280, height: 800, touch: false },
];

async function expectNothingFound(page: Page, what?: string): Promise<void> {
  // The page behind a modal layer is hidden, its heading and landmark with it.
  const modal = (await page.locator('[role="dialog"]:not([data-region]), [role="alertdialog"]').count()) > 0;
  await expectAccessible(page, what, { without: modal ? ['landmark-one-main', 'page-has-heading-one'] : [] });
}

for (const size of sizes) {
  test.describe(size.name, () => {
    test.use({
      viewport: { width: size.width, height: size.height },
      hasTouch: size.touch,
      isMobile: size.touch,
      reducedMotion: 'reduce',
    });

    test('axe finds nothing in the components', async ({ page }) => {
      const complaints = complaintsOf(page);
      await page.goto(`${gallery.url}/?scene=components`);
      await page.getByRole('heading', { name: 'Components' }).waitFor();
      await expectNothingFound(page);
      expect(complaints).toEqual([]);
    });

    test('axe finds nothing in a list with its detail', async ({ page }) => {
      const complaints = complaintsOf(page);
      await page.goto(`${gallery.url}/?scene=list&detail=1`);
      await page.getByRole('button', { name: 'Close' }).waitFor();
      await expectNothingFound(page);
      expect(complaints).toEqual([]);
    });

    test('axe finds nothing in any layer, and Escape returns focus', async ({ page }) => {
      // Twelve runs of axe.
      test.slow();
      const complaints = complaintsOf(page);
      await page.goto(`${gallery.url}/?scene=overlays`);
      for (const layer of ['More actions', 'Date', 'Popover', 'Dialog', 'Alert', 'Help']) {
        const trigger = page.getByRole('button', { name: new RegExp(`^${layer}`) });
        await trigger.click();
        await page.locator('[role="dialog"], [role="alertdialog"]').first().waitFor();
        await expectNothingFound(page, layer);
        await page.keyboard.press('Escape');
        await expect(trigger, layer).toBeFocused();
      }
      expect(complaints).toEqual([]);
    });
  });
}

test('no row is missing while a list of 10,000 is scrolled fast', async ({ page }) => {
  await page.goto(`${gallery.url}/?scene=list&count=10000`);
  await page.getByRole('treegrid').waitFor();
  const gaps = await page.evaluate(async () => {
    const scroller = document.querySelector<HTMLElement>('main [data-scroll-container]');
    const grid = document.querySelector<HTMLElement>('.row-grid');
    if (!scroller || !grid) throw new Error('no list');
    let missing = 0;
    for (let step = 0; step < 120; step++) {
      scroller.scrollTop += 700;
      // Two frames: the scroll event comes at the start of the first.
      await new Promise(requestAnimationFrame);
      const view = scroller.getBoundingClientRect();
      for (let y = view.top + 60; y < view.bottom - 4; y += 30) {
        const element = document.elementFromPoint(view.left + view.width / 2, y);
        if (element === grid || !grid.contains(element)) missing++;
      }
    }
    return missing;
  });
  expect(gaps).toBe(0);
});

test('the focus ring is on the row that arrow keys reach, in view below the sticky header', async ({ page }) => {
  await page.goto(`${gallery.url}/?scene=list`);
  await page.locator('[data-row-key="t0"]').focus();
  for (let step = 0; step < 40; step++) await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowUp');
  const focused = page.locator(':focus-visible');
  await expect(focused).toHaveAttribute('role', 'row');
  const uncovered = await focused.evaluate((row) => {
    const box = row.getBoundingClientRect();
    return row.contains(document.elementFromPoint(box.left + 60, box.top + 2));
  });
  expect(uncovered).toBe(true);
});
