import { must, notFound } from '#core/errors.ts';
import { rankBetween } from '#core/ordering.ts';
import type { Task } from '#core/tasks/task.ts';
import type { ServerContext } from '#server/context.ts';
import { findInbox, findProjectOfSection, findTask, nextRank, outermostRank } from './task-repository.ts';

/** Where a task goes, as a request says it. */
export interface WantedPlace {
  readonly projectId?: string | undefined;
  readonly sectionId?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly position?: 'start' | 'end' | undefined;
}

/** The project that a new task belongs to: the one named, that of its parent or section, or the inbox. */
export async function projectForNew({ database }: ServerContext, userId: string, place: WantedPlace): Promise<string> {
  if (place.projectId) return place.projectId;
  const implied = place.parentId
    ? (await findTask(database, userId, place.parentId))?.projectId
    : place.sectionId
      ? await findProjectOfSection(database, userId, place.sectionId)
      : undefined;
  return implied ?? must(await findInbox(database, userId), 'every user has an inbox');
}

export async function rankAt(
  { database }: ServerContext,
  projectId: string,
  position: 'start' | 'end' = 'end',
): Promise<string> {
  const outermost = await outermostRank(database, projectId, position === 'end' ? 'last' : 'first');
  return position === 'end' ? rankBetween(outermost, null) : rankBetween(null, outermost);
}

export async function rankBehind({ database }: ServerContext, task: Task): Promise<string> {
  return rankBetween(task.rank, await nextRank(database, task));
}

/** Arguments of a move: a task that comes to another list gets a place in it, one that stays keeps its own. */
export async function placeArgs(ctx: ServerContext, userId: string, id: string, wanted: WantedPlace) {
  const task = await getTask(ctx, userId, id);
  const { projectId, sectionId, parentId, position } = wanted;
  const leaves =
    (projectId !== undefined && projectId !== task.projectId) ||
    (sectionId !== undefined && sectionId !== task.sectionId) ||
    (parentId !== undefined && parentId !== task.parentId);
  const rank = leaves || position ? await rankAt(ctx, projectId ?? task.projectId, position) : undefined;
  return {
    id,
    ...(projectId !== undefined && { projectId }),
    ...(sectionId !== undefined && { sectionId }),
    ...(parentId !== undefined && { parentId }),
    ...(rank !== undefined && { rank }),
  };
}

export async function getTask({ database }: ServerContext, userId: string, id: string): Promise<Task> {
  const task = await findTask(database, userId, id);
  if (!task) throw notFound('task');
  return task;
}
