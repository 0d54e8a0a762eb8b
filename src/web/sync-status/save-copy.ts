import { pickContent, type TaskPatch } from '#core/tasks/task-content.ts';
import { DESCRIPTION_MAX } from '#core/tasks/task.ts';
import type { RejectedMutation } from '#web/replica/outbox.ts';
import type { Replica } from '#web/replica/replica.ts';
import { cleanTitle } from '#web/tasks/pasted-titles.ts';
import { createTaskActions } from '#web/tasks/task-actions.ts';
import type { Attempt } from './attempt-memory.ts';

export interface TaskCopy {
  readonly title: string;
  readonly content: TaskPatch;
}

/** The task in which a refused change can live on; null when the person wrote nothing in it. */
export function copyOf({ name, args, text }: RejectedMutation, { subject }: Attempt): TaskCopy | null {
  if (text === null) return null;
  const ofTask = name.startsWith('task.');
  const given = ofTask ? keptContent(args) : { description: typeof args['body'] === 'string' ? args['body'] : '' };
  const title = cleanTitle(titleOf(name, args, subject));
  if (title === '') return null;
  return { title, content: { ...given, description: (given.description ?? '').slice(0, DESCRIPTION_MAX) } };
}

function titleOf(name: string, args: RejectedMutation['args'], subject: string | undefined): string {
  const written = args['title'] ?? args['name'];
  if (typeof written === 'string') return written;
  if (name.startsWith('comment.')) return subject === undefined ? 'A comment' : `Comment on ${subject}`;
  return subject ?? 'A description';
}

/** Without what means nothing outside of its project, or without a date. */
function keptContent(args: RejectedMutation['args']): TaskPatch {
  const { title: _title, assigneeId: _assigneeId, ...content } = pickContent(args);
  if (typeof content.date === 'string') return content;
  const { date: _date, time: _time, timeZone: _zone, evening: _evening, recurrence: _rule, ...undated } = content;
  return undated;
}

/** Makes a task of the copy in the inbox. Returns its id, or null when there is no inbox on this device. */
export function saveCopy(replica: Replica, { title, content }: TaskCopy): string | null {
  const { userId } = replica.account;
  const inbox = [...replica.all('project').values()].find((project) => project.inbox && project.createdBy === userId);
  if (!inbox) return null;
  const place = { projectId: inbox.id, sectionId: null, parentId: null };
  return createTaskActions(replica).create([title], place, 'end', content)[0] ?? null;
}
