import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findSites, type Site, UNCHECKED, UNCHECKED_FILE } from './authorisation-sites.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WORKERS = 2;

const copies: string[] = [];

beforeAll(async () => {
  for (let i = 0; i < WORKERS; i++) copies.push(await copySources());
});
afterAll(() => Promise.all(copies.map((copy) => rm(copy, { recursive: true, force: true }))));

async function copySources(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'tend-mutant-'));
  for (const folder of ['src/core', 'src/server', 'tests/support', 'tests/server/isolation']) {
    await cp(join(ROOT, folder), join(copy, folder), { recursive: true });
  }
  await cp(join(ROOT, 'package.json'), join(copy, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  await writeFile(join(copy, UNCHECKED_FILE), UNCHECKED);
  return copy;
}

interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** Most runs end with the suite that notices, so it goes first. */
function likelySuite(file: string): string[] {
  if (file.startsWith('src/core/')) return ['push'];
  if (file.startsWith('src/server/quick-add/')) return ['attacks'];
  return file.startsWith('src/server/sync/') ? ['scopes'] : ['routes'];
}

function runMatrixIn(copy: string, suites: readonly string[] = []): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['tests/server/isolation/run-matrix.ts', ...suites], {
      cwd: copy,
      // What is compiled is the same in each run but for one file.
      env: { ...process.env, TEST_DATABASE: 'sqlite', NODE_COMPILE_CACHE: join(copy, 'compiled') },
      timeout: 300_000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => resolve({ code, output }));
  });
}

async function runDisarmed(copy: string, { file, disarmed }: Site): Promise<Run> {
  const path = join(copy, file);
  await writeFile(path, disarmed);
  try {
    return await runMatrixIn(copy, likelySuite(file));
  } finally {
    await cp(join(ROOT, file), path);
  }
}

test('the untouched source passes', { timeout: 600_000 }, async () => {
  expect(await runMatrixIn(copies[0] ?? '')).toEqual({ code: 0, output: 'no fault\n' });
});

test('removing any one authorisation is noticed', { timeout: 1_800_000 }, async () => {
  const sites = await findSites(ROOT);
  expect(sites.length).toBeGreaterThan(60);
  const unnoticed: string[] = [];
  const queue = [...sites];
  const work = async (copy: string): Promise<void> => {
    for (let site = queue.shift(); site; site = queue.shift()) {
      const { code, output } = await runDisarmed(copy, site);
      // A crash proves nothing: what was removed might not even have been reached.
      if (code !== 1 || !output.includes(' faults, such as ')) {
        unnoticed.push(`${site.file}:${site.line} ${site.call}: ${String(code)} ${output.slice(0, 300)}`);
      }
    }
  };
  await Promise.all(copies.map(work));
  expect(unnoticed).toEqual([]);
});
