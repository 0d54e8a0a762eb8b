import type { Task } from '#core/tasks/task.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';

/** Where a view shows a task: in which group, and where in it (compared as text, ids break ties). */
export interface Place {
  readonly group: string;
  readonly sort: string;
}

export interface TaskListOptions {
  /** Null where the view does not show the task. */
  place(task: Task): Place | null;
  heightOf(task: Task): number;
  /** Subtasks stand below their parent when the view shows it too. */
  readonly nested: boolean;
}

interface Entry {
  readonly id: string;
  task: Task;
  group: string;
  sort: string;
  height: number;
  /** Group, or the id of the parent that it stands below. */
  bucket: string;
  spec: RowSpec | null;
}

/** A group as rows: what stands before its tasks, and after them. */
export interface GroupRows {
  readonly group: string;
  readonly before: readonly RowSpec[];
  readonly after: readonly RowSpec[];
  /** A closed group shows no tasks. */
  readonly closed: boolean;
  /** `aria-level` of its tasks: 2 below a header. */
  readonly level: number;
}

/**
 * The tasks of a view in their groups, patched change by change: a change of a task costs a search in its group,
 * never a pass over the list. Only `rows` is linear, and it is asked for when something moved.
 */
export class TaskListModel {
  readonly #options: TaskListOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #buckets = new Map<string, Entry[]>();
  readonly #childIds = new Map<string, Set<string>>();
  readonly #counts = new Map<string, number>();
  /** As counts, with completed tasks that are shown. */
  readonly #sizes = new Map<string, number>();

  constructor(options: TaskListOptions) {
    this.#options = options;
  }

  load(tasks: Iterable<Task>): void {
    for (const map of [this.#entries, this.#buckets, this.#childIds, this.#counts, this.#sizes]) map.clear();
    const drafts: Entry[] = [];
    for (const task of tasks) {
      const entry = this.#draft(task);
      if (!entry) continue;
      this.#link(entry);
      drafts.push(entry);
    }
    for (const entry of drafts) {
      entry.bucket = this.#bucketOf(entry.task, entry.group);
      const bucket = this.#buckets.get(entry.bucket);
      if (bucket) bucket.push(entry);
      else this.#buckets.set(entry.bucket, [entry]);
    }
    for (const bucket of this.#buckets.values()) bucket.sort(inOrder);
  }

  /** Takes in a new or changed task; true when rows came, went, moved or changed height. */
  put(task: Task): boolean {
    const entry = this.#entries.get(task.id);
    const next = this.#draft(task);
    if (!next) return this.remove(task.id);
    if (entry && isSamePlace(entry, next)) {
      this.#tally(entry, -1);
      entry.task = task;
      this.#tally(entry, 1);
      return false;
    }
    if (entry) this.#unlink(entry);
    this.#insert(next);
    if (!entry) this.#rehome(task.id);
    return true;
  }

  remove(id: string): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    this.#unlink(entry);
    this.#rehome(id);
    return true;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  get(id: string): Task | undefined {
    return this.#entries.get(id)?.task;
  }

  /** The group in which the view shows a task. */
  groupOf(id: string): string | undefined {
    return this.#entries.get(id)?.group;
  }

  placeOf(id: string): Place | undefined {
    const entry = this.#entries.get(id);
    return entry && { group: entry.group, sort: entry.sort };
  }

  /** Open tasks in a group, with the subtasks below them. */
  count(group: string): number {
    return this.#counts.get(group) ?? 0;
  }

  /** Those with anything to show. */
  groups(): readonly string[] {
    return [...this.#sizes].filter(([, size]) => size > 0).map(([group]) => group);
  }

  hasChildren(id: string): boolean {
    return (this.#buckets.get(id)?.length ?? 0) > 0;
  }

  /** How many parents a task is shown below. */
  depthOf(id: string): number {
    let depth = 0;
    for (let at = this.#entries.get(id); at && at.bucket !== at.group; at = this.#entries.get(at.bucket)) depth++;
    return depth;
  }

  /** Top-level tasks of a group, or the subtasks of a task, in order. */
  tasksIn(bucket: string): readonly Task[] {
    return (this.#buckets.get(bucket) ?? []).map((entry) => entry.task);
  }

  /** Those beside which a task stands, itself included, in order. */
  siblings(id: string): readonly Task[] {
    const entry = this.#entries.get(id);
    return entry ? this.tasksIn(entry.bucket) : [];
  }

  rows(groups: readonly GroupRows[], isClosed: (id: string) => boolean): RowSpec[] {
    return flatten(groups, this.#buckets, isClosed);
  }

  #draft(task: Task): Entry | null {
    const place = this.#options.place(task);
    if (!place) return null;
    const height = this.#options.heightOf(task);
    return { id: task.id, task, ...place, height, bucket: this.#bucketOf(task, place.group), spec: null };
  }

  #bucketOf({ parentId }: Task, group: string): string {
    return this.#options.nested && parentId !== null && this.#entries.has(parentId) ? parentId : group;
  }

  #tally(entry: Entry, by: 1 | -1): void {
    const { group, task } = entry;
    this.#sizes.set(group, (this.#sizes.get(group) ?? 0) + by);
    if (task.completedAt === null) this.#counts.set(group, (this.#counts.get(group) ?? 0) + by);
  }

  #link(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    this.#tally(entry, 1);
    if (this.#options.nested && entry.task.parentId !== null) addTo(this.#childIds, entry.task.parentId, entry.id);
  }

  #unlink(entry: Entry): void {
    this.#entries.delete(entry.id);
    this.#tally(entry, -1);
    if (entry.task.parentId !== null) this.#childIds.get(entry.task.parentId)?.delete(entry.id);
    const bucket = this.#buckets.get(entry.bucket) ?? [];
    bucket.splice(positionIn(bucket, entry), 1);
  }

  #insert(entry: Entry): void {
    const bucket = this.#buckets.get(entry.bucket) ?? [];
    this.#buckets.set(entry.bucket, bucket);
    bucket.splice(positionIn(bucket, entry), 0, entry);
    this.#link(entry);
  }

  /** A parent came or went: its subtasks move below it, or back among the tasks of their group. */
  #rehome(parentId: string): void {
    for (const id of [...(this.#childIds.get(parentId) ?? [])]) {
      const child = this.#entries.get(id);
      if (child) this.put(child.task);
    }
  }
}

function flatten(
  groups: readonly GroupRows[],
  buckets: ReadonlyMap<string, readonly Entry[]>,
  isClosed: (id: string) => boolean,
): RowSpec[] {
  const rows: RowSpec[] = [];
  const walk = (bucket: readonly Entry[], level: number): void => {
    for (const entry of bucket) {
      const children = buckets.get(entry.id);
      const expanded = children && children.length > 0 ? !isClosed(entry.id) : undefined;
      rows.push(specOf(entry, level, expanded));
      if (expanded && children) walk(children, level + 1);
    }
  };
  for (const { group, before, after, closed, level } of groups) {
    rows.push(...before);
    if (!closed) walk(buckets.get(group) ?? [], level);
    rows.push(...after);
  }
  return rows;
}

/** Keeps the identity of a row that did not change. */
function specOf(entry: Entry, level: number, expanded: boolean | undefined): RowSpec {
  const { spec, height } = entry;
  if (spec && spec.level === level && spec.expanded === expanded && spec.height === height) return spec;
  entry.spec = { key: entry.id, kind: 'row', level, height, expanded };
  return entry.spec;
}

function isSamePlace(a: Entry, b: Entry): boolean {
  return (
    a.group === b.group &&
    a.sort === b.sort &&
    a.height === b.height &&
    a.bucket === b.bucket &&
    a.task.parentId === b.task.parentId
  );
}

function inOrder(a: Entry, b: Entry): number {
  if (a.sort !== b.sort) return a.sort < b.sort ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Index of the entry, or where it belongs. */
function positionIn(bucket: readonly Entry[], entry: Entry): number {
  let low = 0;
  let high = bucket.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = bucket[middle];
    if (found && inOrder(found, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
