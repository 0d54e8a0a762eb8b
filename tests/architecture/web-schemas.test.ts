import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './source-files.ts';

test('the web app is built without schemas', () => {
  const chunks = globSync('dist/web/assets/*.js', { cwd: root });
  expect(chunks.length).toBeGreaterThan(0);
  const found = chunks.filter((path) =>
    /additionalProperties|patternProperties/.test(readFileSync(join(root, path), 'utf8')),
  );
  expect(found).toEqual([]);
});

test('no page asks a schema, which only the server has', () => {
  const asking = globSync('src/web/**/*.{ts,tsx}', { cwd: root }).filter((path) =>
    /from 'typebox|ROW_SCHEMAS|\.properties\b/.test(readFileSync(join(root, path), 'utf8')),
  );
  expect(asking).toEqual([]);
});
