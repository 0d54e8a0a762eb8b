import { DESCRIPTION_MAX, TITLE_MAX } from '#core/tasks/task.ts';
import type { SourceData, SourceTask, SourceUser } from './fastapi-source.ts';

export interface PlannedTask {
  readonly sourceId: number;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  readonly createdAt: number | null;
}

export interface PlannedUser {
  readonly source: SourceUser;
  readonly tasks: readonly PlannedTask[];
}

/** Something of the source that does not arrive as it was, and why. */
export interface Remark {
  readonly subject: string;
  readonly reason: string;
}

export interface ImportPlan {
  readonly users: readonly PlannedUser[];
  /** Left out. */
  readonly skipped: readonly Remark[];
  /** Brought, but changed to fit. */
  readonly adjusted: readonly Remark[];
}

/**
 * What an import would bring. `refusal` says why an account cannot be made under a user name, or undefined.
 * Every user and every task of the source is in the plan or in a remark.
 */
export function planImport(data: SourceData, refusal: (user: SourceUser) => string | undefined): ImportPlan {
  const skipped: Remark[] = [];
  const adjusted: Remark[] = [];
  const users: PlannedUser[] = [];
  const known = new Set(data.users.map((user) => user.id));
  const byOwner = Map.groupBy(data.tasks, (task) => task.ownerId);
  for (const user of data.users) {
    const tasks = byOwner.get(user.id) ?? [];
    const reason = refusal(user);
    if (reason === undefined) {
      users.push({ source: user, tasks: tasks.map((task) => fit(task, adjusted)) });
    } else {
      skipped.push({ subject: `user ${JSON.stringify(user.username)} and ${countOf(tasks.length, 'task')}`, reason });
    }
  }
  for (const task of data.tasks) {
    if (task.ownerId === null || !known.has(task.ownerId))
      skipped.push({ subject: `task ${task.id}`, reason: 'its owner does not exist' });
  }
  return { users, skipped, adjusted };
}

export function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** The task with a title of one line and legal length; what does not fit moves to the description. */
function fit(task: SourceTask, adjusted: Remark[]): PlannedTask {
  const remark = (reason: string) => adjusted.push({ subject: `task ${task.id}`, reason });
  const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed();
  const flat = clean(task.title)
    // oxlint-disable-next-line no-control-regex -- a title is one line: control characters become spaces
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  if (flat !== task.title) remark('characters that a title cannot have were removed');
  let title = flat;
  let description = clean(task.description);
  if (title === '') {
    title = `Task ${task.id}`;
    remark('it had no title');
  } else if (title.length > TITLE_MAX) {
    title = `${flat.slice(0, TITLE_MAX - 1).toWellFormed()}…`;
    description = `${flat}\n\n${description}`.trim();
    remark('the title was too long and is kept whole in the description');
  }
  if (description.length > DESCRIPTION_MAX) {
    description = description.slice(0, DESCRIPTION_MAX).toWellFormed();
    remark(`the description was cut after ${DESCRIPTION_MAX} characters`);
  }
  return { sourceId: task.id, title, description, completed: task.completed, createdAt: task.createdAt };
}
