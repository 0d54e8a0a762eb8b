import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * The checks of axe. It reads style sheets beforehand only for a rule on the orientation of screens that Tend needs
 * no help with, by way of an inline style, which the content policy refuses with an error in the console.
 */
export function axeOf(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false });
}
