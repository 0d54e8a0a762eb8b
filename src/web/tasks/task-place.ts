import { byRank, rankAtEnd, rankAtStart, rankBetween, ranksBetween } from '#core/ordering.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';

/** Among which tasks a task stands. */
export interface TaskPlace {
  readonly projectId: string;
  readonly sectionId: string | null;
  readonly parentId: string | null;
}

export type Position = 'start' | 'end' | { readonly after: string } | { readonly before: string };

type Reader = Pick<Replica, 'get' | 'list'>;

export function placeOf({ projectId, sectionId, parentId }: Task): TaskPlace {
  return { projectId, sectionId, parentId };
}

/** The tasks that share a place, whatever their state: ranks of hidden ones count too. */
export function tasksAt(replica: Reader, { projectId, sectionId, parentId }: TaskPlace): readonly Task[] {
  if (parentId !== null) return replica.list('subtasks', parentId);
  if (sectionId !== null) return replica.list('sectionTasks', sectionId).filter((task) => task.parentId === null);
  return replica.list('projectTasks', projectId).filter((task) => task.parentId === null && task.sectionId === null);
}

/** Ranks for `count` tasks that go to a position, in order. One pass over the tasks that are there. */
export function ranksAt(replica: Reader, place: TaskPlace, position: Position, count: number): string[] {
  const tasks = tasksAt(replica, place).filter((task) => task.deletedAt === null);
  if (position === 'start') return fill(null, tasks.length > 0 ? lowest(tasks) : null, count);
  if (position === 'end') {
    const first = rankAtEnd(tasks);
    return [first, ...fill(first, null, count - 1)];
  }
  const anchor = replica.get('task', 'after' in position ? position.after : position.before);
  if (!anchor) return ranksAt(replica, place, 'end', count);
  if ('after' in position) return fill(anchor.rank, neighbour(tasks, anchor, 1)?.rank ?? null, count);
  return fill(neighbour(tasks, anchor, -1)?.rank ?? null, anchor.rank, count);
}

export function rankAt(replica: Reader, place: TaskPlace, position: Position): string {
  if (position === 'start') return rankAtStart(tasksAt(replica, place).filter((task) => task.deletedAt === null));
  return ranksAt(replica, place, position, 1)[0] ?? rankAtEnd([]);
}

function fill(before: string | null, after: string | null, count: number): string[] {
  if (count === 1) return [rankBetween(before, after)];
  return count > 1 ? ranksBetween(before, after, count) : [];
}

function lowest(tasks: readonly Task[]): string {
  return tasks.reduce((low, { rank }) => (rank < low ? rank : low), tasks[0]?.rank ?? '');
}

/** The next task in manual order. */
function neighbour(tasks: readonly Task[], anchor: Task, direction: 1 | -1): Task | undefined {
  let found: Task | undefined;
  for (const task of tasks) {
    if (task.id === anchor.id || byRank(task, anchor) * direction < 0) continue;
    if (!found || byRank(task, found) * direction < 0) found = task;
  }
  return found;
}

export type MoveDirection = 'up' | 'down' | 'top' | 'bottom';

/**
 * The rank that moves a task among `siblings`, which are in the order of ranks; null where it already is at that end.
 */
export function rankForMove(siblings: readonly Task[], id: string, direction: MoveDirection): string | null {
  const index = siblings.findIndex((task) => task.id === id);
  const last = siblings.length - 1;
  const up = direction === 'up' || direction === 'top';
  if (index < 0 || index === (up ? 0 : last)) return null;
  const rank = (at: number): string | null => siblings[at]?.rank ?? null;
  switch (direction) {
    case 'top':
      return rankBetween(null, rank(0));
    case 'bottom':
      return rankBetween(rank(last), null);
    case 'up':
      return rankBetween(rank(index - 2), rank(index - 1));
    case 'down':
      return rankBetween(rank(index + 1), rank(index + 2));
  }
}
