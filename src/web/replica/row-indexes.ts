import { labelKey } from '#core/labels/label.ts';
import { INDEXES, type IndexName, type Kind, type RowOf } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';

/** Under which keys an index lists a row: none, one or several. */
export type IndexKeys = string | null | readonly string[];

export interface IndexDefinition<K extends Kind = Kind> {
  readonly kind: K;
  /** `hidden` holds the projects that are archived or in the trash. */
  readonly keys: (row: RowOf<K>, hidden: ReadonlySet<string>) => IndexKeys;
  /** Whether the keys of a row depend on `hidden`. */
  readonly visibility: boolean;
}

function index<K extends Kind>(kind: K, keys: (row: RowOf<K>) => IndexKeys): IndexDefinition<K> {
  return { kind, keys, visibility: false };
}

/** Lists open tasks of projects that are neither archived nor in the trash. */
function openTasks(keys: (task: Task) => IndexKeys): IndexDefinition<'task'> {
  return {
    kind: 'task',
    visibility: true,
    keys: (task, hidden) => (isOpen(task) && !hidden.has(task.projectId) ? keys(task) : null),
  };
}

export function isOpen(task: Task): boolean {
  return task.completedAt === null && task.deletedAt === null;
}

/** The one key of an index that only asks whether a row belongs. */
export const ALL = 'all';

function trashed(row: { readonly deletedAt: string | null }): string | null {
  return row.deletedAt === null ? null : ALL;
}

/** What views look up, beyond what mutators do. Days are YYYY-MM-DD and can be asked for as a range. */
const VIEW_INDEXES = {
  openByDate: openTasks((task) => task.date),
  openByDeadline: openTasks((task) => task.deadline),
  openByLabel: openTasks((task) => task.labels.map(labelKey)),
  openByAssignee: openTasks((task) => task.assigneeId),
  /** Also of archived projects: a project's own page shows them. */
  openByProject: index('task', (task) => (isOpen(task) ? task.projectId : null)),
  openBySection: index('task', (task) => (isOpen(task) ? task.sectionId : null)),
  /** By the day in UTC; views group by their own time zone. */
  completedByDay: index('task', (task) =>
    task.deletedAt === null && task.completedAt !== null ? task.completedAt.slice(0, 10) : null,
  ),
  /** What was done of repeating tasks, which went on. */
  completionsByDay: index('completion', (row) => row.completedAt.slice(0, 10)),
  trashedTasks: index('task', trashed),
  trashedSections: index('section', trashed),
  trashedProjects: index('project', trashed),
} as const;

export type RowIndexName = IndexName | keyof typeof VIEW_INDEXES;

function byColumn(name: IndexName): IndexDefinition {
  const { kind, column } = INDEXES[name];
  return { kind, visibility: false, keys: (row) => (row as unknown as Record<string, string | null>)[column] ?? null };
}

/** Every index of the replica. */
export const ROW_INDEXES: Readonly<Record<RowIndexName, IndexDefinition>> = {
  ...(Object.fromEntries((Object.keys(INDEXES) as IndexName[]).map((name) => [name, byColumn(name)])) as Record<
    IndexName,
    IndexDefinition
  >),
  ...(VIEW_INDEXES as unknown as Record<keyof typeof VIEW_INDEXES, IndexDefinition>),
};
