import type { Completion } from '#core/tasks/completion.ts';
import type { Task } from '#core/tasks/task.ts';
import { todayIn } from '#web/dates/calendar-date.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';

const DAY_PREFIX = 'day ';
const OCCURRENCE_PREFIX = 'occurrence ';
const HEADER_HEIGHT = 48;

/** One key per line: `day <date>` heads what was completed on it, most recent first. */
export interface LogbookModel {
  readonly rows: readonly RowSpec[];
  readonly countByDay: ReadonlyMap<string, number>;
}

/** Where the person is, and when their day begins. */
export interface LogbookDays {
  readonly timeZone: string;
  readonly dayStart: number;
}

export function isLogged(task: Task): boolean {
  return task.completedAt !== null && task.deletedAt === null;
}

interface Entry {
  readonly key: string;
  readonly at: string;
  readonly parentId: string | null;
}

/** Completed tasks, and the occurrences that were done of tasks that repeat. */
export function logbookModel(
  tasks: Iterable<Task>,
  occurrences: Iterable<Completion>,
  days: LogbookDays,
  rowHeight: number,
): LogbookModel {
  const logged: Entry[] = [
    ...[...tasks]
      .filter(isLogged)
      .map(({ id, completedAt, parentId }) => ({ key: id, at: completedAt ?? '', parentId })),
    ...[...occurrences].map(({ id, completedAt }) => ({
      key: OCCURRENCE_PREFIX + id,
      at: completedAt,
      parentId: null,
    })),
  ].sort(byCompletion);
  const rows: RowSpec[] = [];
  const countByDay = new Map<string, number>();
  let day = '';
  for (const { key, at } of logged) {
    const completedOn = todayIn(days.timeZone, Date.parse(at), days.dayStart);
    if (completedOn !== day) {
      day = completedOn;
      rows.push({ key: DAY_PREFIX + day, kind: 'header', level: 1, height: HEADER_HEIGHT });
    }
    countByDay.set(day, (countByDay.get(day) ?? 0) + 1);
    rows.push({ key, kind: 'row', level: 1, height: rowHeight });
  }
  return { rows, countByDay };
}

/** What a key of the logbook stands for. */
export type LogbookKey = { readonly type: 'day' | 'task' | 'occurrence'; readonly id: string };

export function parseLogbookKey(key: string): LogbookKey {
  if (key.startsWith(DAY_PREFIX)) return { type: 'day', id: key.slice(DAY_PREFIX.length) };
  if (key.startsWith(OCCURRENCE_PREFIX)) return { type: 'occurrence', id: key.slice(OCCURRENCE_PREFIX.length) };
  return { type: 'task', id: key };
}

/** Subtasks completed with their parent bear the same instant and follow it. */
function byCompletion(a: Entry, b: Entry): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  if (a.key === b.parentId) return -1;
  if (b.key === a.parentId) return 1;
  return a.key < b.key ? -1 : 1;
}
