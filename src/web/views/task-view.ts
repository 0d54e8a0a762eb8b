import type { Kind, RowOf } from '#core/rows.ts';
import type { TaskPatch } from '#core/tasks/task-content.ts';
import type { Task } from '#core/tasks/task.ts';
import { type ListMetrics, type RowContextMeta, taskRowHeight } from '#web/tasks/row-lines.ts';
import type { Query } from '#web/replica/live-query.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';
import type { Folds } from './folds.ts';
import { LeavingTasks } from './leaving-tasks.ts';
import type { Narrow } from './narrow.ts';
import { type GroupRows, type Place, TaskListModel } from './task-list-model.ts';

/** What a new task in a group begins with. */
export interface TaskDraft {
  readonly projectId: string;
  readonly sectionId?: string | null;
  readonly parentId?: string | null;
  readonly date?: string | null;
  readonly evening?: boolean;
  readonly labels?: readonly string[];
  /** What it has besides. */
  readonly content?: TaskPatch;
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
  /** Whether it depends on other tasks if a task is shown: then a dependency tells of those that come and go. */
  readonly ranked?: boolean;
  /** Called before all tasks are placed anew, to forget what was derived from dependencies. `leaving` stay a moment. */
  readonly prepare?: (leaving: readonly string[]) => void;
  /** Of the editor of a new task between others; one line when it is not given. */
  readonly editorHeight?: number | undefined;
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
  readonly #leaving: LeavingTasks;
  readonly #listeners = new Set<() => void>();
  #seen: (readonly Task[])[] = [];
  #seenIds: (readonly string[])[] = [];
  #rows: readonly RowSpec[] | null = null;
  #closedHeaders: ReadonlySet<string> = new Set();
  #inserted: InsertedRow | null = null;
  /** Where it stood last; -1 before it stood anywhere. */
  #insertedAt = -1;
  #narrow: Narrow | null = null;
  #source = {};
  #stop: (() => void) | null = null;

  constructor(replica: ViewReplica, definition: TaskViewDefinition) {
    const { metrics, rowMeta, nested } = definition;
    this.#replica = replica;
    this.#leaving = new LeavingTasks(replica, (ids) => this.#release(ids));
    this.definition = definition;
    this.#sources = definition.sources.map((query) => replica.query(query));
    this.#dependencies = definition.dependencies.map((query) => replica.query(query as Query<Kind>));
    this.model = new TaskListModel({
      place: (task) => this.#leaving.get(task.id)?.place ?? this.#place(task),
      heightOf: (task) => {
        const shown = this.asLeft(task.id) ?? task;
        return taskRowHeight(shown, metrics, rowMeta(shown));
      },
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
      const rows = this.model.rows(groups, (id) => this.isClosed(id));
      if (this.#inserted) this.#insertedAt = putInserted(rows, this.#inserted, this.#insertedAt);
      this.#rows = rows;
    }
    return this.#rows;
  };

  /** What the rows are of: another object when others were asked for, the same when only data have changed. */
  get source(): object {
    return this.#source;
  }

  /** Keeps the tasks that `by` lets pass, or all again. What stays is the same row; what is leaving may finish. */
  narrow(by: Narrow | null): void {
    if (by === this.#narrow) return;
    this.#narrow = by;
    this.#source = {};
    this.#load();
    this.#tell();
  }

  /** A task that was completed a moment ago, and is still in its place, as it was. */
  asLeft(id: string): Task | undefined {
    return this.#leaving.get(id)?.task;
  }

  /** The completion by which a repeating task is leaving: taking it back keeps the task. */
  leavingBy(id: string): string | null {
    return this.#leaving.get(id)?.completionId ?? null;
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
    this.#insertedAt = -1;
    this.#refresh();
  }

  /** Puts the inserted row behind a task. */
  moveInserted(afterTask: string): void {
    if (!this.#inserted) return;
    this.#inserted = { ...this.#inserted, anchor: afterTask, where: 'after' };
    this.#refresh();
  }

  #place(task: Task): Place | null {
    return this.#narrow && !this.#narrow(task) ? null : this.definition.place(task);
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
    this.definition.prepare?.(this.#leaving.ids());
    this.model.load(this.#candidates());
    this.#rows = null;
  }

  /** Each once, although several sources may have it. */
  #candidates(): Iterable<Task> {
    const leaving = this.#leaving.ids();
    const [first = [], ...others] = this.#seen;
    // Most views have one source, and this is asked with each letter of a query that narrows one.
    if (others.length === 0 && leaving.length === 0) return first;
    const tasks = new Map<string, Task>();
    for (const source of this.#seen) for (const task of source) tasks.set(task.id, task);
    for (const id of leaving) {
      const task = this.#replica.get('task', id);
      if (task) tasks.set(id, this.#leaving.counted(task));
    }
    return tasks.values();
  }

  /** True when rows moved. */
  #take(id: string): boolean {
    const task = this.#replica.get('task', id);
    if (!task) return this.model.remove(id);
    this.#note(task);
    return this.model.put(this.#leaving.counted(task));
  }

  /** Before the list takes in what became of a task. */
  #note(task: Task): void {
    const place = this.model.placeOf(task.id);
    this.#leaving.note(task, this.model.get(task.id), place, () => {
      const next = this.#place(task);
      return this.definition.ranked || next?.group !== place?.group || next?.sort !== place?.sort;
    });
  }

  #release(ids: readonly string[]): void {
    if (this.definition.ranked) this.#load();
    else for (const id of ids) this.#take(id);
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
    if (moved) {
      for (const [at, source] of this.#sources.entries()) {
        for (const id of changedIds(this.#seen[at] ?? [], source.rows())) {
          const task = this.#replica.get('task', id);
          if (task) this.#note(task);
        }
      }
      this.#load();
    }
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

/** Where it belongs; where it stood before if its anchor is gone, because somebody may be writing in it. */
function putInserted(rows: RowSpec[], inserted: InsertedRow, before: number): number {
  const at = rows.findIndex((row) => row.key === inserted.anchor);
  const anchor = rows[at];
  if (!anchor && before < 0) return -1;
  const index = anchor ? indexBeside(rows, at, inserted.where) : Math.min(before, rows.length);
  const level = anchor ? anchor.level + (inserted.where === 'child' ? 1 : 0) : (rows[index - 1]?.level ?? 1);
  rows.splice(index, 0, { ...inserted.spec, level });
  return index;
}

/** Before the row at `at`, or behind it and all that is below it. */
function indexBeside(rows: readonly RowSpec[], at: number, where: InsertedRow['where']): number {
  const anchor = rows[at];
  if (where === 'before' || !anchor) return at;
  let index = at + 1;
  while (anchor.kind === 'row' && index < rows.length && (rows[index]?.level ?? 0) > anchor.level) index++;
  return index;
}
