import type { Task } from '#core/tasks/task.ts';
import { todayIn } from '#web/dates/calendar-date.ts';
import type { RowSpec } from '#web/ui/row-grid/row-model.ts';

const DAY_PREFIX = 'day ';
const HEADER_HEIGHT = 48;

/** One key per line: `day <date>` heads the tasks completed on it, most recent first. */
export interface LogbookModel {
  readonly rows: readonly RowSpec[];
  readonly countByDay: ReadonlyMap<string, number>;
}

export function isLogged(task: Task): boolean {
  return task.completedAt !== null && task.deletedAt === null;
}

export function logbookModel(tasks: Iterable<Task>, timeZone: string, rowHeight: number): LogbookModel {
  const logged = [...tasks].filter(isLogged).sort(byCompletion);
  const rows: RowSpec[] = [];
  const countByDay = new Map<string, number>();
  let day = '';
  for (const task of logged) {
    const completedOn = todayIn(timeZone, Date.parse(task.completedAt ?? ''));
    if (completedOn !== day) {
      day = completedOn;
      rows.push({ key: DAY_PREFIX + day, kind: 'header', level: 1, height: HEADER_HEIGHT });
    }
    countByDay.set(day, (countByDay.get(day) ?? 0) + 1);
    rows.push({ key: task.id, kind: 'row', level: 1, height: rowHeight });
  }
  return { rows, countByDay };
}

/** The day that a key stands for; undefined for a task. */
export function dayOfKey(key: string): string | undefined {
  return key.startsWith(DAY_PREFIX) ? key.slice(DAY_PREFIX.length) : undefined;
}

/** Subtasks completed with their parent bear the same instant and follow it. */
function byCompletion(a: Task, b: Task): number {
  const [at, other] = [a.completedAt ?? '', b.completedAt ?? ''];
  if (at !== other) return at > other ? -1 : 1;
  if (a.id === b.parentId) return -1;
  if (b.id === a.parentId) return 1;
  return a.id < b.id ? -1 : 1;
}
