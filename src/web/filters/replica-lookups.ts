import type { NameLookups, TreeLookups } from '#core/filters/arrange-tasks.ts';
import type { FilterLookups } from '#core/filters/match-filter.ts';
import { memberId } from '#core/projects/member.ts';
import type { Task } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';

export type ReplicaLookups = FilterLookups & NameLookups & TreeLookups;

/** What tasks do not say themselves, from the rows of this device. */
export function lookupsOf(replica: Pick<Replica, 'get' | 'list'>): ReplicaLookups {
  const subtasks = (id: string): readonly Task[] => replica.list('subtasks', id).filter(isKept);
  return {
    subtasks,
    subtaskCount: (id) => subtasks(id).length,
    commentCount: (id) => replica.list('taskComments', id).filter(isKept).length,
    task: (id) => replica.get('task', id),
    projectName: (id) => replica.get('project', id)?.name ?? null,
    personName: (projectId, userId) => replica.get('member', memberId(projectId, userId))?.displayName ?? null,
  };
}

function isKept({ deletedAt }: { readonly deletedAt: string | null }): boolean {
  return deletedAt === null;
}
