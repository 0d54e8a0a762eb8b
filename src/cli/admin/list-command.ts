import { Command } from 'commander';
import { DomainError } from '#core/errors.ts';
import type { Fault } from '#core/filters/fault.ts';
import type { ResolvedPane } from '#core/filters/conditions.ts';
import { compareGroups, groupOf, groupWords } from '#core/filters/group-tasks.ts';
import { printFilter } from '#core/filters/print-filter.ts';
import type { Task } from '#core/tasks/task.ts';
import type { UserFilterContext } from '#server/filters/filter-context.ts';
import { type ReadFilter, readFilter } from '#server/filters/read-filter.ts';
import { countTasks, listTasks } from '#server/tasks/task-list-repository.ts';
import { presentTask } from '#server/tasks/task-wire.ts';
import type { ServerContext } from '#server/context.ts';
import { type Output, tableOf } from '#cli/output.ts';
import type { CommandEnvironment } from './instance.ts';
import { wholeNumber } from './whole-number.ts';
import { whoseTasks } from './whose-tasks.ts';

interface ListFlags {
  readonly user?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** One list of the query. */
interface List {
  readonly title: string | null;
  readonly tasks: readonly Task[];
  readonly total: number;
  /** In order; empty where the query asks for none. */
  readonly groups: readonly Group[];
}

interface Group {
  readonly title: string;
  readonly tasks: readonly Task[];
}

/** `tend list "…"`: the tasks that a query of the filter language shows. */
export function listCommand({ output, openInstance }: CommandEnvironment): Command {
  return new Command('list')
    .description('the tasks that a filter shows, such as "today | overdue" or "#Work & p1"')
    .argument('[query]', 'in the filter language (docs/filters.md)', 'today | overdue')
    .option('-u, --user <name>', 'whose tasks; not needed while there is one account')
    .option('--limit <n>', 'how many of each list', wholeNumber, 100)
    .option('--json', 'for programs')
    .action(async (query: string, { user: name, limit, json = false }: ListFlags) => {
      await using instance = await openInstance({ besideServer: true });
      const { context } = instance;
      const user = await whoseTasks(context, name);
      const read = await readFilter(context, user.id, query, '/query').catch((error: unknown) => {
        throw withPlace(error, query);
      });
      for (const warning of read.warnings) output.err(pictureOf(query, warning));
      const lists: List[] = [];
      for (const pane of read.panes) lists.push(await readList(context, pane, read, limit));
      if (json) {
        output.out(JSON.stringify(lists.map(shownList), null, 2));
        return;
      }
      for (const [n, list] of lists.entries()) {
        if (n > 0) output.out('');
        printList(output, list, read, lists.length > 1 ? headingOf(read, n) : list.title);
      }
    });
}

async function readList(
  { database }: ServerContext,
  pane: ResolvedPane,
  { context }: ReadFilter,
  limit: number,
): Promise<List> {
  const query = { userId: context.userId, sort: 'newest', limit, filter: { panes: [pane], isOrdered: true } } as const;
  const tasks = await listTasks(database, query);
  const total = tasks.length < limit ? tasks.length : await countTasks(database, query);
  return { title: pane.title, tasks, total, groups: groupsOf(pane, tasks, context) };
}

/** As the app shows them: subtasks that the query adds stand with the task above them. */
function groupsOf(pane: ResolvedPane, tasks: readonly Task[], context: UserFilterContext): Group[] {
  if (pane.group === 'none') return [];
  const shown = new Map(tasks.map((task) => [task.id, task]));
  const topOf = (task: Task): Task => {
    const above = pane.with.length > 0 && task.parentId !== null ? shown.get(task.parentId) : undefined;
    return above ? topOf(above) : task;
  };
  const byGroup = Map.groupBy(tasks, (task) => groupOf(topOf(task), pane.group, context));
  const names = {
    projectName: (of: string) => context.projects.find(({ id }) => id === of)?.name ?? null,
    sectionName: (of: string) => context.sections.find(({ id }) => id === of)?.name ?? null,
    memberName: (of: string) => context.members.find(({ userId }) => userId === of)?.displayName ?? null,
  };
  const titleOf = (group: string) => groupWords(group, pane.group, names, (date) => date);
  return [...byGroup]
    .sort(([a], [b]) => compareGroups(pane.group, titleOf)(a, b))
    .map(([group, of]) => ({ title: titleOf(group), tasks: of }));
}

function shownList({ title, tasks, total, groups }: List) {
  const titles = groups.map((group) => ({ title: group.title, ids: group.tasks.map(({ id }) => id) }));
  return { title, total, tasks: tasks.map(presentTask), ...(groups.length > 0 && { groups: titles }) };
}

/** Without a title the list is called by its query. */
function headingOf({ filter: { panes }, context }: ReadFilter, n: number): string | null {
  const pane = panes[n];
  return pane ? (pane.title ?? printFilter({ panes: [pane] }, context, context.locale)) : null;
}

function printList(output: Output, list: List, { context }: ReadFilter, heading: string | null): void {
  const { tasks, total, groups } = list;
  if (heading !== null) output.out(`${heading} (${total})`);
  if (tasks.length === 0) {
    output.out('Nothing to show.');
    return;
  }
  const projects = new Map(context.projects.map(({ id, name }) => [id, name]));
  const inOrder = groups.length > 0 ? groups.flatMap((group) => group.tasks) : tasks;
  const rows = inOrder.map((task) => [
    dayOf(task),
    task.priority === 4 ? '' : `p${task.priority}`,
    task.title,
    projects.get(task.projectId) ?? '',
    task.labels.map((label) => `@${label}`).join(' '),
  ]);
  const lines = tableOf(['DATE', 'PRIORITY', 'TITLE', 'PROJECT', 'LABELS'], rows);
  for (const line of groups.length > 0 ? inSections(lines, groups, total === tasks.length) : lines) output.out(line);
  if (total > tasks.length) output.out(`… and ${total - tasks.length} more; --limit shows them.`);
}

/** The lines of a table below the titles of their groups, which tell how many there are where all are shown. */
function inSections([head = '', ...lines]: readonly string[], groups: readonly Group[], isWhole: boolean): string[] {
  const sections = [`  ${head}`];
  let at = 0;
  for (const { title, tasks } of groups) {
    sections.push(isWhole ? `${title} (${tasks.length})` : title);
    for (const line of lines.slice(at, at + tasks.length)) sections.push(`  ${line}`);
    at += tasks.length;
  }
  return sections;
}

function dayOf({ date, time, deadline }: Task): string {
  if (date !== null) return time === null ? date : `${date} ${time}`;
  return deadline === null ? '' : `by ${deadline}`;
}

/** A refused query with a mark below the place where it is wrong. */
function withPlace(error: unknown, query: string): unknown {
  if (!(error instanceof DomainError) || !Array.isArray(error.data['faults'])) return error;
  const faults = error.data['faults'] as readonly Fault[];
  return new DomainError(error.code, faults.map((fault) => pictureOf(query, fault)).join('\n\n'));
}

function pictureOf(query: string, { start, end, message, fixes }: Fault): string {
  const width = (text: string): number => Array.from(text).length;
  const mark = `${' '.repeat(width(query.slice(0, start)))}${'^'.repeat(Math.max(1, width(query.slice(start, end))))}`;
  const meant = fixes.map((fix) => `  ${fix.label}: ${query.slice(0, fix.start)}${fix.text}${query.slice(fix.end)}`);
  return [query, mark, message, ...meant].join('\n');
}
