/**
 * What filters cost in the database, of somebody with 10,000 of the tasks in it, and how the database goes about them:
 * part of `npm run bench`; alone `node bench/filters-sql.ts`, with `--tasks` and `--rounds`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { parseFilter } from '#core/filters/parse-filter.ts';
import { resolveFilter } from '#core/filters/resolve-filter.ts';
import { type Database, openDatabase } from '#server/db/database.ts';
import { listTasks, type TaskListQuery } from '#server/tasks/task-list-repository.ts';
import { fillTasks, OWNER, ownProjects, planOf } from '#tests/support/many-tasks.ts';
import { startPostgres } from '#tests/support/postgres.ts';
import { createPostgresDatabase } from '#tests/support/postgres-database.ts';
import { median } from './median.ts';

const OWN_PROJECTS = 100;
const QUERIES = [
  'today',
  'overdue',
  'today | overdue',
  '7 days & p4',
  '@waiting',
  '##"Project 0"',
  '#"Project 2" & no date',
  'search: "task 77"',
  '!no date & !@waiting sort:title-',
];

type Record = (what: string, row: { readonly [name: string]: string | number }) => void;

export async function measureFilterSql(tasks: number, rounds: number, record: Record): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'tend-bench-filters-'));
  try {
    await using database = await openDatabase({ engine: 'sqlite', path: join(directory, 'tend.db') });
    await measureEngine(database, tasks, rounds, record);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  await using postgres = await startPostgres();
  await using created = await createPostgresDatabase(postgres.url);
  await using database = await openDatabase({ engine: 'postgres', url: created.url });
  await measureEngine(database, tasks, rounds, record);
}

async function measureEngine(database: Database, tasks: number, rounds: number, record: Record): Promise<void> {
  await fillTasks(database, tasks, OWN_PROJECTS);
  for (const text of QUERIES) {
    const query = listOf(text);
    const times: number[] = [];
    let found = 0;
    for (let n = -3; n < rounds; n++) {
      const began = performance.now();
      found = (await listTasks(database, query)).length;
      if (n >= 0) times.push(performance.now() - began);
    }
    const sorted = times.toSorted((a, b) => a - b);
    record(`filter ${text}, ${database.engine}, ${tasks} tasks`, {
      found,
      'median ms': median(times).toFixed(2),
      'p95 ms': (sorted[Math.floor(rounds * 0.95)] ?? 0).toFixed(2),
      plan: (await planOf(database, query)).filter((line) => /\btask_|\b(on )?task\b|^S\w+ t\b/.test(line)).join('; '),
    });
  }
}

function listOf(text: string): TaskListQuery {
  const names = { projects: ownProjects(OWN_PROJECTS), sections: [], labels: [], members: [] };
  const context = {
    ...names,
    now: Date.UTC(2026, 5, 16, 12),
    timeZone: 'UTC',
    weekStart: 1,
    dayStart: 0,
    userId: OWNER,
  };
  const parsed = parseFilter(text, { ...context, locale: 'en' });
  if (!parsed.ok) throw new Error(`${text}: ${parsed.errors[0]?.message ?? ''}`);
  const filter = { panes: resolveFilter(parsed.filter, context), isOrdered: true };
  return { userId: OWNER, sort: 'newest', limit: 50, filter };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { tasks: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '50' } },
  });
  await measureFilterSql(Number(values.tasks), Number(values.rounds), (what, { plan, ...row }) => {
    const figures = Object.entries(row).map(([name, value]) => `${name} ${value}`);
    console.log(`${what.padEnd(60)} ${figures.join('   ')}\n    ${String(plan).trim()}`);
  });
}
