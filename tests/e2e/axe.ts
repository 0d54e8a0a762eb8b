import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

/** The rules that colours decide. All others would find the same in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe with all its rules that are part of WCAG 2.2 AA, and its best practices, in light and in dark. */
export async function expectAccessible(page: Page, what = '', { without = [] as string[] } = {}): Promise<void> {
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const found = await complaints(page, { rules });
  await page.emulateMedia({ colorScheme: 'dark' });
  const inTheDark = await complaints(page, { runOnly: COLOUR_RULES });
  found.push(...inTheDark.map((each) => `dark: ${each}`));
  await page.emulateMedia({ colorScheme: 'light' });
  expect(found, what).toEqual([]);
}

async function complaints(page: Page, options: RunOptions): Promise<string[]> {
  // Once per page: half a megabyte of rules takes longer to load than to run. Tend has no frames.
  await page.evaluate(`globalThis.axe || (() => { ${source} })()`);
  const { violations } = await page.evaluate(run, options);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`);
}

/** Runs in the page. */
async function run(options: RunOptions): Promise<Pick<AxeResults, 'violations'>> {
  // Colours are judged at rest, not in the middle of a fade. A spinner never rests.
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => null)));
  // Style sheets would be read beforehand by way of an inline style, which the content policy refuses, for a single
  // rule about the orientation of screens.
  const { axe } = globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
  const { violations } = await axe.run({ ...options, resultTypes: ['violations'], preload: false });
  return { violations };
}
