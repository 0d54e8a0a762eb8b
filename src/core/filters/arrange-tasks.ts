import { byRank } from '#core/ordering.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Life } from './conditions.ts';
import { foldCase, type Relatives, type Sort, type SortKey } from './filter.ts';
import { momentOf } from './match-filter.ts';

/** Names by which tasks are sorted; null where there is none. */
export interface NameLookups {
  projectName(projectId: string): string | null;
  /** As it is shown in that project. */
  personName(projectId: string, userId: string): string | null;
}

/** The order of a pane. It is total, so that it is the same wherever it is computed. */
export function sortTasks(tasks: readonly Task[], sort: readonly Sort[], lookups: NameLookups): Task[] {
  const keyed = tasks.map((task) => ({ task, values: sort.map(({ key }) => sortValue(task, key, lookups)) }));
  const orders = sort.map(({ key, descending }) => orderOf(key, descending));
  keyed.sort((a, b) => {
    for (let at = 0; at < orders.length; at++) {
      const order = orders[at]?.(a.values[at] ?? null, b.values[at] ?? null) ?? 0;
      if (order !== 0) return order;
    }
    return byRank(a.task, b.task);
  });
  return keyed.map(({ task }) => task);
}

/**
 * A text by which the tasks of a pane can be sorted one by one, as `sortTasks` would: for lists that are patched. Names
 * compare by UTF-16.
 */
export function sortText(task: Task, sort: readonly Sort[], lookups: NameLookups): string {
  const parts = sort.map(({ key, descending }) => {
    const value = sortValue(task, key, lookups);
    if (value === null) return '\u0002';
    const text = `\u0001${typeof value === 'number' ? String(value).padStart(9, '0') : value}\u0000`;
    return descending ? `\u0001${reversed(text)}` : text;
  });
  return `${parts.join('')}${task.rank}`;
}

function reversed(text: string): string {
  let turned = '';
  for (let i = 0; i < text.length; i++) turned += String.fromCharCode(0xff_ff - text.charCodeAt(i));
  return turned;
}

type SortValue = string | number | null;

function sortValue(task: Task, key: SortKey, lookups: NameLookups): SortValue {
  switch (key) {
    case 'manual':
      return task.rank;
    case 'date':
    case 'due':
      return momentOf(task, key);
    case 'deadline':
      return task.deadline;
    case 'priority':
      return task.priority;
    case 'title':
      return foldCase(task.title);
    case 'created':
      return task.createdAt;
    case 'updated':
      return task.updatedAt;
    case 'completed':
      return task.completedAt;
    case 'duration':
      return task.duration;
    case 'project':
      return folded(lookups.projectName(task.projectId));
    case 'assignee':
      return task.assigneeId === null ? null : folded(lookups.personName(task.projectId, task.assigneeId));
  }
}

function folded(name: string | null): string | null {
  return name === null ? null : foldCase(name);
}

type Order = (a: SortValue, b: SortValue) => number;

/** Without a value last in either direction. */
function orderOf(key: SortKey, descending: boolean): Order {
  const isName = key === 'title' || key === 'project' || key === 'assignee';
  const compare: Order = isName ? (a, b) => compareNames(String(a), String(b)) : compareValues;
  const sign = descending ? -1 : 1;
  return (a, b) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : sign * compare(a, b));
}

/** Numbers, dates and ranks. */
function compareValues(a: SortValue, b: SortValue): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** By code points, as databases compare bytes of UTF-8; JavaScript compares UTF-16, which differs behind U+D7FF. */
function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdf_ff;
}

export interface TreeLookups {
  task(id: string): Task | undefined;
  subtasks(id: string): readonly Task[];
}

/**
 * The tasks that a pane shows beside its matches: their subtasks at any depth, or their parents up to the top, as far
 * as they are open and outside the trash like the pane itself. In no order.
 */
export function relativesOf(
  matches: readonly Task[],
  wanted: readonly Relatives[],
  life: Life,
  lookups: TreeLookups,
): Task[] {
  const matched = new Set(matches.map(({ id }) => id));
  const found = new Map<string, Task>();
  const walk = (from: readonly Task[], next: (of: Task) => readonly (Task | undefined)[]): void => {
    const seen = new Set<string>();
    const open = [...from];
    for (let of = open.pop(); of; of = open.pop()) {
      for (const each of next(of)) {
        if (!each || seen.has(each.id) || !isAlive(each, life)) continue;
        seen.add(each.id);
        if (!matched.has(each.id)) found.set(each.id, each);
        open.push(each);
      }
    }
  };
  if (wanted.includes('subtasks')) walk(matches, ({ id }) => lookups.subtasks(id));
  if (wanted.includes('parents'))
    walk(matches, ({ parentId }) => [parentId === null ? undefined : lookups.task(parentId)]);
  return [...found.values()];
}

function isAlive({ completedAt, deletedAt }: Task, { isOpen, isKept }: Life): boolean {
  return (completedAt === null || !isOpen) && (deletedAt === null || !isKept);
}
