import type { Task } from '#core/tasks/task.ts';
import { type DateContext, dayWords } from '#web/dates/date-words.ts';

/** What to say of a change that came from elsewhere to the task that has focus; null where it does not show. */
export function remoteChangeWords(before: Task, after: Task, calendar: DateContext): string | null {
  const said: string[] = [];
  if (after.deletedAt !== null && before.deletedAt === null) return 'This task was deleted elsewhere.';
  if (after.title !== before.title) said.push(`the title is ${after.title}`);
  if (after.completedAt !== null && before.completedAt === null) said.push('it is completed');
  if (after.completedAt === null && before.completedAt !== null) said.push('it is open again');
  if (after.date !== before.date) said.push(dateWords('date', after.date, calendar));
  if (after.deadline !== before.deadline) said.push(dateWords('deadline', after.deadline, calendar));
  if (after.priority !== before.priority) {
    said.push(after.priority === 4 ? 'it has no priority' : `it has priority ${after.priority}`);
  }
  return said.length > 0 ? `Changed elsewhere: ${said.join(', ')}.` : null;
}

function dateWords(name: string, date: string | null, calendar: DateContext): string {
  return date === null ? `it has no ${name}` : `the ${name} is ${dayWords(date, calendar)}`;
}
