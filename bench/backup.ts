import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '#tests/support/postgres.ts';

/** Duration and memory of `tend backup` and `tend restore`, as processes of their own: `node bench/backup.ts`. */
const program = fileURLToPath(new URL('../bin/tend.mjs', import.meta.url));
const { tasks } = parseArgs({ options: { tasks: { type: 'string', default: '100000' } } }).values;

interface Run {
  readonly seconds: number;
  /** The most memory that the process ever had, in MiB. */
  readonly peak: number;
}

async function tend(environment: Record<string, string>, ...words: string[]): Promise<Run> {
  const begin = performance.now();
  const child = spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
  }, 20);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`tend ${words.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - begin) / 1000, peak };
}

/** The kernel's own high-water mark; 0 once the process is gone. */
function peakOf(pid: number): number {
  try {
    const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const directory = await mkdtemp(join(tmpdir(), 'tend-bench-'));
const postgres = await startPostgres();
try {
  const sqlite = { DATA_DIR: directory };
  const onPostgres = { DATA_DIR: directory, DATABASE_URL: postgres.url };
  const restored = { DATA_DIR: directory, DATABASE_URL: `sqlite:///${join(directory, 'restored.db')}` };
  const [first, second] = [join(directory, 'first.tar'), join(directory, 'second.tar')];
  await tend(sqlite, 'seed', '--tasks', tasks, '--user', 'bench', '--password', 'a password for measurements');
  const steps: [string, () => Promise<Run>][] = [
    ['backup of SQLite', () => tend(sqlite, 'backup', '--to', first)],
    ['verify', () => tend(sqlite, 'backup', 'verify', first)],
    ['restore to PostgreSQL', () => tend(onPostgres, 'restore', first)],
    ['backup of PostgreSQL', () => tend(onPostgres, 'backup', '--to', second)],
    ['restore to SQLite', () => tend(restored, 'restore', second)],
    ['restore to SQLite, replacing', () => tend(restored, 'restore', '--replace', second)],
  ];
  console.log(`${tasks} tasks`);
  for (const [name, step] of steps) {
    const { seconds, peak } = await step();
    console.log(`${name}: ${seconds.toFixed(1)} s, at most ${peak.toFixed(0)} MiB`);
  }
  const sizes = [join(directory, 'tend.db'), first].map((path) => (statSync(path).size / 1e6).toFixed(1));
  console.log(`database ${sizes[0]} MB, backup ${sizes[1]} MB`);
} finally {
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
}
