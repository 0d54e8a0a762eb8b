import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

interface ManifestEntry {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

export interface FirstScreen {
  readonly js: number;
  readonly css: number;
  readonly font: number;
}

const web = new URL('../../dist/web/', import.meta.url);

/** Bytes of the first screen as they travel (gzip 9; fonts are compressed already). */
export function firstScreenSizes(): FirstScreen {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', web), 'utf8')) as Record<
    string,
    ManifestEntry
  >;
  const entry = Object.entries(manifest).find(([, each]) => each.isEntry);
  if (!entry) throw new Error('The build has no entry. Run "npm run build" first.');
  const keys = new Set([entry[0]]);
  for (const key of keys) for (const imported of manifest[key]?.imports ?? []) keys.add(imported);
  const files = [...keys].map((key) => manifest[key]?.file ?? '');
  const css = new Set([...keys].flatMap((key) => manifest[key]?.css ?? []));
  const preloaded = /href="\/(assets\/[^"]+\.woff2)"/.exec(readFileSync(new URL('index.html', web), 'utf8'))?.[1];
  return {
    js: sum(files.map(compressed)),
    css: sum([...css].map(compressed)),
    font: preloaded === undefined ? 0 : readFileSync(new URL(preloaded, web)).length,
  };
}

function compressed(file: string): number {
  return gzipSync(readFileSync(new URL(file, web)), { level: 9 }).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
