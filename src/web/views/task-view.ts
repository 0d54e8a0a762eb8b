import type { Kind, RowOf } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';
import { type ListMetrics, type RowContextMeta, taskRowHeight } from '#web/tasks/row-lines.ts';
import type { Query } from '#web/replica/live-query.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import type { Folds } from './folds.ts';
import { createTaskListModel, type GroupRows, type Place, type TaskListModel } from './task-list-model.ts';

/** What a new task in a group begins with. */
export interface TaskDraft {
  readonly projectId: string;
  readonly sectionId?: string | null;
  readonly parentId?: string | null;
  readonly date?: string | null;
  readonly evening?: boolean;
  readonly labels?: readonly string[];
}

export type AnyQuery = { [K in Kind]: Query<K> }[Kind];

/** Which tasks a view shows, where, and what stands around them. It must not change while it is shown. */
export interface TaskViewDefinition {
  /** Candidates; `place` decides. */
  readonly sources: readonly Query<'task'>[];
  /** Rows besides tasks that `place` and `groups` read. */
  readonly dependencies: readonly AnyQuery[];
  readonly nested: boolean;
  readonly place: (task: Task) => Place | null;
  readonly metrics: ListMetrics;
  readonly rowMeta: (task: Task) => RowContextMeta;
  /** Groups and, with the prefix of `foldOfTask`, parents that are closed on this device. */
  readonly folds: Folds;
  readonly groups: (model: TaskListModel) => readonly GroupRows[];
  /** Called before all tasks are placed anew, to forget what was derived from dependencies. */
  readonly prepare?: () => void;
  /** Null where tasks cannot be added. */
  readonly draft: (group: string) => TaskDraft | null;
}

/** The part of the replica that views read. */
export interface ViewReplica {
  get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined;
  query<K extends Kind>(query: Query<K>): WatchedQuery<K>;
}

interface WatchedQuery<K extends Kind> {
  rows(): readonly RowOf<K>[];
  ids(): readonly string[];
  subscribe(listener: () => void): () => void;
}

/** A row that is not data: the editor of a new task. */
export interface InsertedRow {
  readonly anchor: string;
  readonly where: 'before' | 'after' | 'child';
  readonly spec: Omit<RowSpec, 'level'>;
}

export interface TaskView {
  readonly subscribe: (listener: () => void) => () => void;
  /** Keeps its identity while no row comes, goes, moves or changes height. */
  readonly rows: () => readonly RowSpec[];
  readonly model: TaskListModel;
  readonly definition: TaskViewDefinition;
  /** Completed a moment ago: still in its place, so that the list does not move under the pointer. */
  readonly isLeaving: (id: string) => boolean;
  readonly isClosed: (id: string) => boolean;
  readonly setClosed: (id: string, closed: boolean) => void;
  readonly insert: (row: InsertedRow | null) => void;
  /** Puts the inserted row behind a task. */
  readonly moveInserted: (afterTask: string) => void;
  /** Whether the header with this key shows its group closed. */
  readonly isHeaderClosed: (key: string) => boolean;
  readonly setGroupClosed: (group: string, closed: boolean) => void;
}

/** How long a completed task stays where it was. */
export const LEAVE_AFTER_MS = 1200;

function foldOfTask(id: string): string {
  return `task:${id}`;
}

export function createTaskView(replica: ViewReplica, definition: TaskViewDefinition): TaskView {
  const { folds, metrics, rowMeta, nested } = definition;
  const leaving = new Set<string>();
  const listeners = new Set<() => void>();
  const place = (task: Task) => definition.place(leaving.has(task.id) ? { ...task, completedAt: null } : task);
  const isClosed = (id: string) => folds.isClosed(foldOfTask(id), false);
  const model = createTaskListModel({ place, heightOf: (task) => taskRowHeight(task, metrics, rowMeta(task)), nested });
  const sources = definition.sources.map((query) => replica.query(query));
  const dependencies = definition.dependencies.map((query) => replica.query(query as Query<Kind>));
  let seen: (readonly Task[])[] = [];
  let seenIds: (readonly string[])[] = [];
  let rows: readonly RowSpec[] | null = null;
  let closedHeaders: ReadonlySet<string> = new Set();
  let inserted: InsertedRow | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function load(): void {
    seen = sources.map((source) => source.rows());
    seenIds = dependencies.map((dependency) => dependency.ids());
    definition.prepare?.();
    const tasks = new Map<string, Task>();
    for (const source of seen) for (const task of source) tasks.set(task.id, task);
    for (const id of leaving) {
      const task = replica.get('task', id);
      if (task) tasks.set(id, task);
    }
    model.load(tasks.values());
    rows = null;
  }

  /** True when rows moved. */
  function take(id: string): boolean {
    const task = replica.get('task', id);
    if (!task) return model.remove(id);
    const before = model.get(id);
    if (task.completedAt === null) leaving.delete(id);
    else if (before && before.completedAt === null) {
      leaving.add(id);
      clearTimeout(timer);
      timer = setTimeout(release, LEAVE_AFTER_MS);
    }
    return model.put(task);
  }

  /** What was completed in quick succession goes together. */
  function release(): void {
    const gone = [...leaving];
    leaving.clear();
    for (const id of gone) take(id);
    rows = null;
    changed();
  }

  function handleTasks(at: number): void {
    const before = seen[at] ?? [];
    const after = sources[at]?.rows() ?? [];
    seen[at] = after;
    let moved = false;
    for (const id of changedIds(before, after)) moved = take(id) || moved;
    if (moved) rows = null;
    changed();
  }

  function handleDependencies(): void {
    if (dependencies.some((dependency, at) => dependency.ids() !== seenIds[at])) load();
    else rows = null;
    changed();
  }

  function isCurrent(): boolean {
    return sources.every((source, at) => source.rows() === seen[at]);
  }

  function start(): () => void {
    const stops = [
      ...sources.map((source, at) => source.subscribe(() => handleTasks(at))),
      ...dependencies.map((dependency) => dependency.subscribe(handleDependencies)),
    ];
    if (!isCurrent()) load();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
      leaving.clear();
    };
  }

  function getRows(): readonly RowSpec[] {
    if (!rows) {
      const groups = definition.groups(model);
      closedHeaders = new Set(groups.flatMap(({ before }) => before.filter(isFolded).map((row) => row.key)));
      rows = withInserted(model.rows(groups, isClosed), inserted);
    }
    return rows;
  }

  let stop: (() => void) | null = null;
  load();

  return {
    subscribe(listener) {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
    rows: getRows,
    model,
    definition,
    isLeaving: (id) => leaving.has(id),
    isClosed,
    isHeaderClosed(key) {
      getRows();
      return closedHeaders.has(key);
    },
    setClosed(id, closed) {
      folds.set(foldOfTask(id), closed);
      rows = null;
      changed();
    },
    insert(row) {
      inserted = row;
      rows = null;
      changed();
    },
    moveInserted(afterTask) {
      if (inserted) inserted = { ...inserted, anchor: afterTask, where: 'after' };
      rows = null;
      changed();
    },
    setGroupClosed(group, closed) {
      folds.set(group, closed);
      rows = null;
      changed();
    },
  };
}

/** Ids of the rows in which two results of one query differ. Results share most rows and mostly their order. */
export function changedIds(before: readonly Task[], after: readonly Task[]): string[] {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const old = new Map<string, Task>();
  for (let i = start; i < before.length - end; i++) {
    const task = before[i];
    if (task) old.set(task.id, task);
  }
  const ids: string[] = [];
  for (let i = start; i < after.length - end; i++) {
    const task = after[i];
    if (!task) continue;
    if (old.get(task.id) !== task) ids.push(task.id);
    old.delete(task.id);
  }
  // Those that are left over are no longer in the result.
  return [...old.keys(), ...ids];
}

function isFolded(row: RowSpec): boolean {
  return row.expanded === false;
}

function withInserted(rows: RowSpec[], inserted: InsertedRow | null): RowSpec[] {
  if (!inserted) return rows;
  const at = rows.findIndex((row) => row.key === inserted.anchor);
  const anchor = rows[at];
  if (!anchor) return rows;
  const level = inserted.where === 'child' ? anchor.level + 1 : anchor.level;
  let index = at;
  if (inserted.where !== 'before') {
    index++;
    while (anchor.kind === 'row' && index < rows.length && (rows[index]?.level ?? 0) > anchor.level) index++;
  }
  rows.splice(index, 0, { ...inserted.spec, level });
  return rows;
}
