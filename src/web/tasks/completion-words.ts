import { longDate } from '#web/dates/date-words.ts';
import type { Replica } from '#web/replica/replica.ts';

/** What is said after a task was completed or reopened; of a repeating one, when it is next. */
export function completionWords(replica: Replica, id: string, done: boolean): string {
  const task = replica.get('task', id);
  const said = `${done ? 'Completed' : 'Reopened'} ${task?.title ?? ''}.`;
  if (!done || !task?.date || task.completedAt !== null) return said;
  return `${said} Next ${longDate(task.date, replica.get('settings', replica.account.userId)?.locale ?? 'en')}.`;
}
