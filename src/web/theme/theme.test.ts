import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const root = document.documentElement;
let media: Record<string, boolean>;

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
  media = {};
  vi.spyOn(globalThis, 'matchMedia').mockImplementation(
    (query) =>
      ({
        matches: media[query] ?? false,
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      }) as unknown as MediaQueryList,
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  delete root.dataset['theme'];
  delete root.dataset['contrast'];
});

const load = () => import('./theme.ts');

test('without a choice the system decides', async () => {
  media['(prefers-color-scheme: dark)'] = true;
  const { themePreference, watchTheme } = await load();
  watchTheme()();
  expect(themePreference()).toBe('system');
  expect(root.dataset['theme']).toBe('dark');
});

test('a choice applies at once and outlives the page', async () => {
  media['(prefers-color-scheme: dark)'] = true;
  const { setThemePreference } = await load();
  setThemePreference('light');
  expect(root.dataset['theme']).toBe('light');
  vi.resetModules();
  expect((await load()).themePreference()).toBe('light');
});

test('high contrast is a choice of its own, light or dark as the system', async () => {
  const { setThemePreference } = await load();
  setThemePreference('contrast');
  expect([root.dataset['theme'], root.dataset['contrast']]).toEqual(['light', 'high']);
  setThemePreference('dark');
  expect([root.dataset['theme'], root.dataset['contrast']]).toEqual(['dark', undefined]);
});

test('a system that asks for more contrast gets it in every theme', async () => {
  media['(prefers-contrast: more)'] = true;
  const { setThemePreference } = await load();
  setThemePreference('light');
  expect(root.dataset['contrast']).toBe('high');
});

test('nonsense in the storage counts as no choice', async () => {
  localStorage.setItem('tend.theme', 'plaid');
  expect((await load()).themePreference()).toBe('system');
});
