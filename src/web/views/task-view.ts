import type { Kind, RowOf } from '#core/rows.ts';
import type { Task } from '#core/tasks/task.ts';
import { type ListMetrics, type RowContextMeta, taskRowHeight } from '#web/tasks/row-lines.ts';
import type { Query } from '#web/replica/live-query.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import type { Folds } from './folds.ts';
import { type GroupRows, type Place, TaskListModel } from './task-list-model.ts';

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

/** How long a completed task stays where it was. */
export const LEAVE_AFTER_MS = 1200;

function foldOfTask(id: string): string {
  return `task:${id}`;
}

/** A definition brought to life: its rows, kept up to date for as long as somebody watches. */
export class TaskView {
  readonly definition: TaskViewDefinition;
  readonly model: TaskListModel;
  readonly #replica: ViewReplica;
  readonly #sources: readonly WatchedQuery<'task'>[];
  readonly #dependencies: readonly WatchedQuery<Kind>[];
  readonly #leaving = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #seen: (readonly Task[])[] = [];
  #seenIds: (readonly string[])[] = [];
  #rows: readonly RowSpec[] | null = null;
  #closedHeaders: ReadonlySet<string> = new Set();
  #inserted: InsertedRow | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | null = null;

  constructor(replica: ViewReplica, definition: TaskViewDefinition) {
    const { metrics, rowMeta, nested } = definition;
    this.#replica = replica;
    this.definition = definition;
    this.#sources = definition.sources.map((query) => replica.query(query));
    this.#dependencies = definition.dependencies.map((query) => replica.query(query as Query<Kind>));
    this.model = new TaskListModel({
      place: (task) => definition.place(this.#leaving.has(task.id) ? { ...task, completedAt: null } : task),
      heightOf: (task) => taskRowHeight(task, metrics, rowMeta(task)),
      nested,
    });
    this.#load();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#stop ??= this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  };

  /** Keeps its identity while no row comes, goes, moves or changes height. */
  readonly rows = (): readonly RowSpec[] => {
    if (!this.#rows) {
      const groups = this.definition.groups(this.model);
      this.#closedHeaders = new Set(groups.flatMap(({ before }) => before.filter(isFolded).map((row) => row.key)));
      this.#rows = withInserted(
        this.model.rows(groups, (id) => this.isClosed(id)),
        this.#inserted,
      );
    }
    return this.#rows;
  };

  /** Completed a moment ago: still in its place, so that the list does not move under the pointer. */
  isLeaving(id: string): boolean {
    return this.#leaving.has(id);
  }

  /** Whether the subtasks of a task are folded away. */
  isClosed(id: string): boolean {
    return this.definition.folds.isClosed(foldOfTask(id), false);
  }

  setClosed(id: string, closed: boolean): void {
    this.definition.folds.set(foldOfTask(id), closed);
    this.#refresh();
  }

  /** Whether the header with this key shows its group closed. */
  isHeaderClosed(key: string): boolean {
    this.rows();
    return this.#closedHeaders.has(key);
  }

  setGroupClosed(group: string, closed: boolean): void {
    this.definition.folds.set(group, closed);
    this.#refresh();
  }

  insert(row: InsertedRow | null): void {
    this.#inserted = row;
    this.#refresh();
  }

  /** Puts the inserted row behind a task. */
  moveInserted(afterTask: string): void {
    if (this.#inserted) this.insert({ ...this.#inserted, anchor: afterTask, where: 'after' });
  }

  #refresh(): void {
    this.#rows = null;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #load(): void {
    this.#seen = this.#sources.map((source) => source.rows());
    this.#seenIds = this.#dependencies.map((dependency) => dependency.ids());
    this.definition.prepare?.();
    const tasks = new Map<string, Task>();
    for (const source of this.#seen) for (const task of source) tasks.set(task.id, task);
    for (const id of this.#leaving) {
      const task = this.#replica.get('task', id);
      if (task) tasks.set(id, task);
    }
    this.model.load(tasks.values());
    this.#rows = null;
  }

  /** True when rows moved. */
  #take(id: string): boolean {
    const task = this.#replica.get('task', id);
    if (!task) return this.model.remove(id);
    const before = this.model.get(id);
    if (task.completedAt === null) this.#leaving.delete(id);
    else if (before && before.completedAt === null) {
      this.#leaving.add(id);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#release(), LEAVE_AFTER_MS);
    }
    return this.model.put(task);
  }

  /** What was completed in quick succession goes together. */
  #release(): void {
    const gone = [...this.#leaving];
    this.#leaving.clear();
    for (const id of gone) this.#take(id);
    this.#refresh();
  }

  #handleTasks(at: number): void {
    const before = this.#seen[at] ?? [];
    const after = this.#sources[at]?.rows() ?? [];
    this.#seen[at] = after;
    let moved = false;
    for (const id of changedIds(before, after)) moved = this.#take(id) || moved;
    if (moved) this.#rows = null;
    this.#tell();
  }

  #handleDependencies(): void {
    const moved = this.#dependencies.some((dependency, at) => dependency.ids() !== this.#seenIds[at]);
    if (moved) this.#load();
    this.#refresh();
  }

  #start(): () => void {
    const stops = [
      ...this.#sources.map((source, at) => source.subscribe(() => this.#handleTasks(at))),
      ...this.#dependencies.map((dependency) => dependency.subscribe(() => this.#handleDependencies())),
    ];
    // Between making the view and watching it, data may have changed.
    if (this.#sources.some((source, at) => source.rows() !== this.#seen[at])) this.#load();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.#timer);
      this.#leaving.clear();
    };
  }
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
