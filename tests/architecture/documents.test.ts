import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const variables = [...read('.env.example').matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm)].map((match) => match[1] ?? '');

test('every link of a document to a file leads somewhere', () => {
  const broken = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map((match) => match[1] ?? '')
      .filter((link) => !existsSync(join(root, dirname(path), link)))
      .map((link) => `${path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('every document that a comment names exists', () => {
  const missing = sourceFiles('src', 'tests', 'scripts').flatMap(({ path, text }) =>
    [...text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)]
      .map(([name]) => name)
      .filter((name) => !existsSync(join(root, name)))
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every npm script that a document names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const missing = documents.flatMap((path) =>
    [...read(path).matchAll(/\bnpm run ([a-z][a-z0-9:-]*)/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => !(name in scripts))
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the table of the README has every variable', () => {
  const table = read('README.md').split('## Configuration')[1]?.split('\n## ')[0] ?? '';
  const named = [...table.matchAll(/`([A-Z][A-Z_]+)`/g)].map((match) => match[1] ?? '');
  expect([...new Set(named)].toSorted()).toEqual(variables.toSorted());
});

test('the container gets every variable that makes sense in one', () => {
  // The image sets these four.
  const fixed = ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR'];
  const passed = [...read('compose.yaml').matchAll(/^ {6}([A-Z_]+): \$\{([A-Z_]+):-/gm)]
    .filter(([, name, source]) => name === source && !name?.startsWith('POSTGRES_'))
    .map((match) => match[1] ?? '');
  expect([...passed, ...fixed].toSorted()).toEqual(variables.toSorted());
});

test('the proxies do not hold the stream of changes back', () => {
  const stream = read('deploy/nginx.conf').split('location = /api/v1/sync/events')[1] ?? '';
  expect(stream).toContain('proxy_buffering off;');
  expect(read('deploy/Caddyfile')).toContain('flush_interval -1');
});
