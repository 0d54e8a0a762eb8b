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
export interface TaskListModel {
  load(tasks: Iterable<Task>): void;
  /** Takes in a new or changed task; true when rows came, went, moved or changed height. */
  put(task: Task): boolean;
  remove(id: string): boolean;
  has(id: string): boolean;
  get(id: string): Task | undefined;
  /** The group in which the view shows a task. */
  groupOf(id: string): string | undefined;
  /** Open tasks in a group, with the subtasks below them. */
  count(group: string): number;
  hasChildren(id: string): boolean;
  /** How many parents a task is shown below. */
  depthOf(id: string): number;
  /** Those with anything to show. */
  groups(): readonly string[];
  /** Top-level tasks of a group, or the subtasks of a task, in order. */
  tasksIn(bucket: string): readonly Task[];
  /** Those beside which a task stands, itself included, in order. */
  siblings(id: string): readonly Task[];
  rows(groups: readonly GroupRows[], isClosed: (id: string) => boolean): RowSpec[];
}

export function createTaskListModel(options: TaskListOptions): TaskListModel {
  const entries = new Map<string, Entry>();
  const buckets = new Map<string, Entry[]>();
  const childIds = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  /** As counts, with completed tasks that are shown. */
  const sizes = new Map<string, number>();

  function draft(task: Task): Entry | null {
    const place = options.place(task);
    if (!place) return null;
    const below = options.nested && task.parentId !== null && entries.has(task.parentId);
    return {
      id: task.id,
      task,
      ...place,
      height: options.heightOf(task),
      bucket: below && task.parentId !== null ? task.parentId : place.group,
      spec: null,
    };
  }

  function tally(entry: Entry, by: 1 | -1): void {
    sizes.set(entry.group, (sizes.get(entry.group) ?? 0) + by);
    if (entry.task.completedAt === null) counts.set(entry.group, (counts.get(entry.group) ?? 0) + by);
  }

  function link(entry: Entry): void {
    entries.set(entry.id, entry);
    tally(entry, 1);
    if (options.nested && entry.task.parentId !== null) addTo(childIds, entry.task.parentId, entry.id);
  }

  function unlink(entry: Entry): void {
    entries.delete(entry.id);
    tally(entry, -1);
    if (entry.task.parentId !== null) childIds.get(entry.task.parentId)?.delete(entry.id);
    const bucket = buckets.get(entry.bucket) ?? [];
    bucket.splice(positionIn(bucket, entry), 1);
  }

  function insert(entry: Entry): void {
    let bucket = buckets.get(entry.bucket);
    if (!bucket) buckets.set(entry.bucket, (bucket = []));
    bucket.splice(positionIn(bucket, entry), 0, entry);
    link(entry);
  }

  /** A parent came or went: its subtasks move below it, or back among the tasks of their group. */
  function rehome(parentId: string): void {
    for (const id of [...(childIds.get(parentId) ?? [])]) {
      const child = entries.get(id);
      if (child) put(child.task, true);
    }
  }

  function put(task: Task, force = false): boolean {
    const entry = entries.get(task.id);
    const next = draft(task);
    if (!next) return remove(task.id);
    if (entry && !force && isSamePlace(entry, next)) {
      tally(entry, -1);
      entry.task = task;
      tally(entry, 1);
      return false;
    }
    if (entry) unlink(entry);
    insert(next);
    if (!entry) rehome(task.id);
    return true;
  }

  function remove(id: string): boolean {
    const entry = entries.get(id);
    if (!entry) return false;
    unlink(entry);
    rehome(id);
    return true;
  }

  function load(tasks: Iterable<Task>): void {
    entries.clear();
    buckets.clear();
    childIds.clear();
    counts.clear();
    sizes.clear();
    const drafts: Entry[] = [];
    for (const task of tasks) {
      const entry = draft(task);
      if (!entry) continue;
      link(entry);
      drafts.push(entry);
    }
    for (const entry of drafts) {
      const { parentId } = entry.task;
      entry.bucket = options.nested && parentId !== null && entries.has(parentId) ? parentId : entry.group;
      const bucket = buckets.get(entry.bucket);
      if (bucket) bucket.push(entry);
      else buckets.set(entry.bucket, [entry]);
    }
    for (const bucket of buckets.values()) bucket.sort(inOrder);
  }

  return {
    load,
    put: (task) => put(task),
    remove,
    has: (id) => entries.has(id),
    get: (id) => entries.get(id)?.task,
    groupOf: (id) => entries.get(id)?.group,
    count: (group) => counts.get(group) ?? 0,
    groups: () => [...sizes].filter(([, size]) => size > 0).map(([group]) => group),
    hasChildren: (id) => (buckets.get(id)?.length ?? 0) > 0,
    depthOf(id) {
      let depth = 0;
      for (let at = entries.get(id); at && at.bucket !== at.group; at = entries.get(at.bucket)) depth++;
      return depth;
    },
    tasksIn: (bucket) => (buckets.get(bucket) ?? []).map((entry) => entry.task),
    siblings(id) {
      const entry = entries.get(id);
      return entry ? (buckets.get(entry.bucket) ?? []).map((each) => each.task) : [];
    },
    rows: (groups, isClosed) => flatten(groups, buckets, isClosed),
  };
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
