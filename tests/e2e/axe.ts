import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The rules that colours decide. All others would find the same in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** axe with all its rules that are part of WCAG 2.2 AA, and its best practices, in light and in dark. */
export async function expectAccessible(page: Page, what = '', { without = [] as string[] } = {}): Promise<void> {
  const found = await complaints(page, (axe) => axe.disableRules(without));
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await complaints(page, (axe) => axe.withRules(COLOUR_RULES))).map((each) => `dark: ${each}`));
  await page.emulateMedia({ colorScheme: 'light' });
  expect(found, what).toEqual([]);
}

async function complaints(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // Colours are judged at rest, not in the middle of a fade. A spinner never rests.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished.catch(() => null)),
    ),
  );
  // Style sheets would be read beforehand by way of an inline style, which the content policy refuses, for a single
  // rule about the orientation of screens.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false });
  const { violations } = await choose(axe).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`);
}
