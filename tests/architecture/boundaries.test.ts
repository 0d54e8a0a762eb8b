import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faults, permitted } from './faults.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CONFIGURATION = [
  'package.json',
  '.oxlintrc.json',
  'scripts/lint-rules.mjs',
  'tsconfig.base.json',
  'tsconfig.json',
  'src/core/tsconfig.json',
  'src/server/tsconfig.json',
  'src/web/tsconfig.json',
  'src/cli/tsconfig.json',
  'tests/tsconfig.json',
];

let project: string;
/** By file: the rules of oxlint and the errors of TypeScript. */
const found = new Map<string, Set<string>>();

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'tend-boundaries-'));
  await linkPackages(project);
  for (const path of CONFIGURATION) await cp(join(root, path), join(project, path));
  const files = [...Object.entries(permitted), ...faults.map(({ file, code }) => [file, code] as const)];
  for (const [path, code] of files) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), code);
  }
  await Promise.all([lint(), compile()]);
});

afterAll(() => rm(project, { recursive: true, force: true }));

test.each(faults.map((fault) => [fault.title, fault] as const))('the check finds %s', (_, { file, finds }) => {
  const rules = [...(found.get(file) ?? [])];
  // 'TS' stands for any error of the compiler: it words an unknown name in several ways.
  expect(finds === 'TS' ? rules.filter((rule) => rule.startsWith('TS')).map(() => 'TS') : rules).toContain(finds);
});

test.each(Object.keys(permitted))('the check lets %s pass', (file) => {
  expect([...(found.get(file) ?? [])]).toEqual([]);
});

/** A node_modules of its own, because the compiler writes its cache there. */
async function linkPackages(to: string): Promise<void> {
  await mkdir(join(to, 'node_modules'));
  const names = await readdir(join(root, 'node_modules'));
  const packages = names.filter((name) => !name.startsWith('.'));
  await Promise.all(packages.map((name) => symlink(join(root, 'node_modules', name), join(to, 'node_modules', name))));
}

async function lint(): Promise<void> {
  const output = await run('oxlint/bin/oxlint', ['--type-aware', '-f', 'json', 'src', 'tests']);
  const report = JSON.parse(output) as { diagnostics: { filename: string; code: string }[] };
  for (const { filename, code } of report.diagnostics) note(filename, code);
}

async function compile(): Promise<void> {
  const output = await run('typescript/bin/tsc', ['-b', '--pretty', 'false']);
  for (const [, file, code] of output.matchAll(/^(\S+?)\(\d+,\d+\): error (TS\d+):/gm)) {
    if (file && code) note(file, code);
  }
}

function note(file: string, code: string): void {
  const codes = found.get(file) ?? new Set();
  found.set(file, codes.add(code));
}

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const path = join(root, 'node_modules', program);
    // Both tools exit with a failure here: that is what they are run for.
    execFile(process.execPath, [path, ...args], { cwd: project, maxBuffer: 1 << 24 }, (_, stdout) => resolve(stdout));
  });
}
