import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the repository root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Specifiers of static imports, re-exports, `import()` and `import type`. */
  readonly imports: readonly string[];
}

const SPECIFIER = /(?:^(?:import|export)\b[^;]*?\bfrom\s+|^import\s+|\bimport\(\s*)'([^'\n]+)'/gm;

/** TypeScript and JavaScript below the folders, except declarations. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:tsx?|mjs)$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => {
        const path = `${folder}/${name.replaceAll('\\', '/')}`;
        const text = readFileSync(`${root}/${path}`, 'utf8');
        return { path, text, imports: [...text.matchAll(SPECIFIER)].map((match) => match[1] ?? '') };
      }),
  );
}

/** The file that a specifier of ours names, from the root; undefined for a package. */
export function resolveSpecifier(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#tests/')) return specifier.slice(1);
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  if (!specifier.startsWith('.')) return undefined;
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

/** `kysely` of `kysely/helpers`, `@fastify/cors` of `@fastify/cors`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
