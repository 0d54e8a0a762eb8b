import { CompiledQuery, sql } from 'kysely';
import { must } from '#core/errors.ts';
import { projectScope } from '#core/rows.ts';
import type { Database, Tx } from '#server/db/database.ts';
import { listStatement, type TaskListQuery } from '#server/tasks/task-list-repository.ts';

const TASKS_PER_PROJECT = 100;

export const OWNER = '00000000-0000-7000-8000-000000000001';

interface NamedProject {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
}

/** The first so many projects, which are OWNER's: "Project 0", "Project 1" below it, and others beside. */
export function ownProjects(count: number): readonly NamedProject[] {
  return Array.from({ length: count }, (_, n) => ({
    id: projectId(n),
    name: `Project ${n}`,
    parentId: n === 1 ? projectId(0) : null,
  }));
}

const PROJECT_ID = '00000000-0000-7000-8000-0001';

function projectId(n: number): string {
  return `${PROJECT_ID}${10_000_000 + n}`;
}

/**
 * That many tasks of many people, in projects of a hundred, in two statements: every other one completed, one of three
 * dated within the year 2026, one of ten labelled. OWNER has access to `own` projects. Statistics are up to date.
 */
export async function fillTasks(database: Database, total: number, own: number): Promise<void> {
  await database.writer.transaction().execute(async (tx) => {
    // A million rows take longer than any request may.
    if (database.engine === 'postgres') await sql`set local statement_timeout = 0`.execute(tx);
    await insertProjects(tx, total, own);
    await insertTasks(tx, total);
    await sql`analyze`.execute(tx);
  });
}

async function insertProjects(tx: Tx, total: number, own: number): Promise<void> {
  const projects = Math.ceil(total / TASKS_PER_PROJECT);
  await sql`insert into project (scope_id, id, rev, created_at, updated_at, name, color, rank, inbox, created_by)
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${sql.lit(projects - 1)})
    select ${sql.lit(`p:${PROJECT_ID}`)} || (10000000 + i), ${sql.lit(PROJECT_ID)} || (10000000 + i), 1, 0, 0,
      'Project ' || i, 'slate', 'a0', 0, ${sql.lit(OWNER)} from n`.execute(tx);
  const access = ownProjects(own).map(({ id }) => ({
    user_id: OWNER,
    scope_id: projectScope(id),
    role: 'owner',
    view: '',
  }));
  await tx.insertInto('access').values(access).execute();
}

async function insertTasks(tx: Tx, total: number): Promise<void> {
  await sql`insert into task (scope_id, id, rev, created_at, updated_at, title, description, priority, labels, evening,
      rank, created_by, date, completed_at)
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${sql.lit(total - 1)})
    select ${sql.lit(`p:${PROJECT_ID}`)} || (10000000 + i / ${sql.lit(TASKS_PER_PROJECT)}),
      '00000000-0000-7000-8000-0000' || (10000000 + i), 1, i, i, 'Task ' || i, '', 4,
      case when i % 10 = 3 then '["waiting"]' else '[]' end, 0, 'a' || (10000000 + i), ${sql.lit(OWNER)},
      case when i % 3 = 0 then '2026-' || substr('' || (101 + i / 84 % 12), 2) || '-' || substr('' || (101 + i / 3 % 28), 2) end,
      case when i % 2 = 0 then i end from n`.execute(tx);
}

/** The plan of a list, a line each. */
export async function planOf(database: Database, query: TaskListQuery): Promise<string[]> {
  const statement = must(await listStatement(database, query), 'a list that is one statement');
  const explain = database.engine === 'sqlite' ? 'explain query plan' : 'explain';
  const { rows } = await database.reader.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`${explain} ${statement.sql}`, [...statement.values]),
  );
  return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN']));
}

/** How a list gets at the table of tasks, once for each time: the index that it goes along, or "everything". */
export async function taskAccesses(database: Database, query: TaskListQuery): Promise<string[]> {
  const plan = await planOf(database, query);
  return plan.flatMap((line) => accessOf(line) ?? []);
}

/** SQLite says `SEARCH t USING INDEX task_due (…)`, PostgreSQL `Index Scan using task_due on task t`. */
function accessOf(line: string): string | undefined {
  const sqlite = /^(SEARCH|SCAN) (?:t|m)\b(?: USING (?:(?:COVERING )?INDEX (\w+)|(PRIMARY KEY)))?/.exec(line);
  if (sqlite) return sqlite[1] === 'SEARCH' ? (sqlite[2] ?? (sqlite[3] && 'task_pk')) : 'everything';
  const index = /(?:Index(?: Only)? Scan using (\w+) on task\b|Bitmap Index Scan on (task_\w+))/.exec(line);
  if (index) return index[1] ?? index[2];
  return /Seq Scan on task\b/.test(line) ? 'everything' : undefined;
}
