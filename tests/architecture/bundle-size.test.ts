import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { root } from './source-files.ts';

interface ManifestEntry {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const web = join(root, 'dist/web');
const kB = 1000;
/** Sizes over the wire. The first view may load more than the entry; the journeys measure that. */
const LIMITS = { entry: 152 * kB, css: 24 * kB, lazyChunk: 120 * kB, font: 60 * kB };

function readManifest(): Record<string, ManifestEntry> {
  const path = join(web, '.vite/manifest.json');
  if (!existsSync(path)) throw new Error('There is no dist/web to measure: npm run build');
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, ManifestEntry>;
}

const gzipSize = (file: string): number => gzipSync(readFileSync(join(web, file)), { level: 9 }).length;
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + gzipSize(file), 0);

/** The entry and all that it imports before anything runs. */
function entryChunks(manifest: Record<string, ManifestEntry>): ManifestEntry[] {
  const found = new Set<string>();
  const visit = (key: string): void => {
    if (found.has(key)) return;
    found.add(key);
    for (const imported of manifest[key]?.imports ?? []) visit(imported);
  };
  for (const [key, entry] of Object.entries(manifest)) if (entry.isEntry) visit(key);
  return [...found].map((key) => manifest[key]).filter((entry) => entry !== undefined);
}

test('the entry of the web app stays within the budget of the first screen', () => {
  const chunks = entryChunks(readManifest());
  expect(chunks.length).toBeGreaterThan(0);
  expect(sum(new Set(chunks.map(({ file }) => file)))).toBeLessThan(LIMITS.entry);
  expect(sum(new Set(chunks.flatMap(({ css }) => css ?? [])))).toBeLessThan(LIMITS.css);
});

test('no chunk that is loaded later is large', () => {
  const manifest = readManifest();
  const entry = new Set(entryChunks(manifest).map(({ file }) => file));
  const large = Object.values(manifest)
    .map(({ file }) => file)
    .filter((file) => file.endsWith('.js') && !entry.has(file))
    .map((file) => ({ file, size: gzipSize(file) }))
    .filter(({ size }) => size > LIMITS.lazyChunk);
  expect(large).toEqual([]);
});

test('the font that is loaded first stays within its budget', () => {
  const font = /href="([^"]+\.woff2)"/.exec(readFileSync(join(web, 'index.html'), 'utf8'))?.[1];
  expect(font).toBeDefined();
  expect(statSync(join(web, font ?? '')).size).toBeLessThan(LIMITS.font);
});

test('every text file lies beside its compressed copies', () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' });
  const text = files.filter((file) => /\.(?:js|css|html)$/.test(file) && statSync(join(web, file)).size > kB);
  const missing = text.flatMap((file) => [`${file}.br`, `${file}.gz`]).filter((file) => !files.includes(file));
  expect(text.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});
