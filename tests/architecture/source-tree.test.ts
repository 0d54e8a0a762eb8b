import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';
import { packageName, resolveSpecifier, root, type SourceFile, sourceFiles } from './source-files.ts';

const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const source = sourceFiles('src');
const everything = [...source, ...sourceFiles('tests', 'scripts')];
/** Also what tests of a folder share: `testing/` is imported by tests only. */
const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path);

test('no file of src imports itself through others', () => {
  expect(findCycle(source)).toEqual([]);
});

test('the search for cycles finds one', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({ path, text: '', imports });
  const cycle = [
    file('src/core/a.ts', '#core/b.ts'),
    file('src/core/b.ts', './c.ts'),
    file('src/core/c.ts', '#core/a.ts'),
  ];
  expect(findCycle(cycle)).toEqual(['src/core/a.ts', 'src/core/b.ts', 'src/core/c.ts', 'src/core/a.ts']);
});

test('no file has more than 300 lines that are not blank', () => {
  const long = everything
    .map(({ path, text }) => ({ path, lines: text.split('\n').filter((line) => line.trim() !== '').length }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test('everything that runs without Vite is a dependency, and what Vite bundles is not', () => {
  const builtin = new Set(builtinModules);
  const needed = source
    .filter(({ path }) => /^src\/(?:core|server|cli)\//.test(path) && !isTest(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => !/^(?:[.#]|node:)/.test(specifier) && !builtin.has(specifier))
        .map((specifier) => ({ path, name: packageName(specifier) })),
    );
  expect(needed.filter(({ name }) => !(name in manifest.dependencies))).toEqual([]);
});

test('every runtime dependency is used, and has a line with its reason in docs/adr/0005-dependencies.md', () => {
  const used = new Set(
    source
      .filter(({ path }) => !isTest(path))
      .flatMap(({ imports }) => imports.map((specifier) => packageName(specifier))),
  );
  const reasons = readFileSync(`${root}/docs/adr/0005-dependencies.md`, 'utf8');
  for (const name of Object.keys(manifest.dependencies)) {
    expect(reasons, `no line for ${name}`).toMatch(new RegExp(`^\\| \`${name}\` \\| .{20,} \\|$`, 'm'));
    expect([...used], `${name} is not imported by any file of src`).toContain(name);
  }
});

test('the reasons are for dependencies that exist', () => {
  const reasons = readFileSync(`${root}/docs/adr/0005-dependencies.md`, 'utf8');
  const named = [...reasons.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
  expect(named.filter((name) => !(name in manifest.dependencies))).toEqual([]);
});

test('unfinished work names its issue', () => {
  const elsewhere = everything.filter(({ path }) => !path.startsWith('tests/architecture/'));
  const unfinished = elsewhere.flatMap(({ path, text }) =>
    [...text.matchAll(/\/[/*].*\b(?:TODO|FIXME|XXX|HACK)\b(?!\(#\d+\)).*/g)].map((match) => `${path}: ${match[0]}`),
  );
  expect(unfinished).toEqual([]);
});

/** The files of one cycle, first one repeated at the end; empty when there is none. */
function findCycle(files: readonly SourceFile[]): string[] {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.map((specifier) => resolveSpecifier(path, specifier)).filter((target) => target !== undefined),
    ]),
  );
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (finished.has(path)) return [];
    for (const target of targets.get(path) ?? []) {
      const cycle = visit(target, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    finished.add(path);
    return [];
  };
  for (const path of targets.keys()) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
