import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const web = join(import.meta.dirname, '..', '..', 'src', 'web');
const ORDER = '@layer properties, theme, base, components, utilities;';

// CSS chunks load in any order, and the first one to name a layer decides its rank for the whole page.
test('every stylesheet that fills a layer first states the order of the layers', () => {
  const texts = globSync('**/*.css', { cwd: web }).map((path) => ({
    path,
    text: readFileSync(join(web, path), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .trim(),
  }));
  expect(texts.find(({ path }) => path === join('styles', 'app.css'))?.text.startsWith(ORDER)).toBe(true);
  // base.css is a part of app.css.
  const filling = texts.filter(({ path, text }) => /@layer \w+\s*\{/.test(text) && path !== join('styles', 'base.css'));
  expect(filling.length).toBeGreaterThan(0);
  const silent = filling.filter(({ text }) => !text.startsWith(ORDER)).map(({ path }) => path);
  expect(silent).toEqual([]);
});
