import { useMemo } from 'react';
import { purgeProject, restoreProject } from '#core/projects/project-mutators.ts';
import { memberId } from '#core/projects/member.ts';
import { can, type ProjectAction } from '#core/projects/role.ts';
import { purgeSection, restoreSection } from '#core/sections/section-mutators.ts';
import { purgeTask, restoreTask } from '#core/tasks/task-lifecycle-mutators.ts';
import type { Query } from '#web/replica/live-query.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useLiveQuery, useReplica } from '#web/replica/use-query.ts';
import { type TrashItem, type TrashKind, trashItems } from './trash-model.ts';

const tasksQuery: Query<'task'> = { kind: 'task', where: { index: 'trashedTasks' } };
const sectionsQuery: Query<'section'> = { kind: 'section', where: { index: 'trashedSections' } };
const projectsQuery: Query<'project'> = { kind: 'project', where: { index: 'trashedProjects' } };

/** What can be restored, most recently deleted first. */
export function useTrash(): readonly TrashItem[] {
  const replica = useReplica();
  const tasks = useLiveQuery(tasksQuery);
  const sections = useLiveQuery(sectionsQuery);
  const projects = useLiveQuery(projectsQuery);
  return useMemo(() => {
    const deleted = new Set(projects.map((project) => project.id));
    const elsewhere = tasks.filter((task) => !deleted.has(task.projectId));
    const inside = projects.flatMap((project) => replica.list('projectTasks', project.id));
    return trashItems({ projects, sections, tasks: [...elsewhere, ...inside] });
  }, [replica, tasks, sections, projects]);
}

const RESTORE = { task: restoreTask, section: restoreSection, project: restoreProject } as const;
const PURGE = { task: purgeTask, section: purgeSection, project: purgeProject } as const;
const NEEDS: Readonly<Record<TrashKind, ProjectAction>> = {
  task: 'task.write',
  section: 'section.write',
  project: 'project.delete',
};

/** Whether the person may restore an item or delete it for good. */
export function mayHandle(replica: Replica, item: TrashItem): boolean {
  const projectId = item.projectId ?? item.id;
  const role = replica.get('member', memberId(projectId, replica.account.userId))?.role;
  const archived = item.kind !== 'project' && replica.get('project', projectId)?.archivedAt;
  return role !== undefined && !archived && can(role, NEEDS[item.kind]);
}

export function restoreItem(replica: Replica, { kind, id }: TrashItem): void {
  replica.mutate(RESTORE[kind], { id });
}

export function purgeItem(replica: Replica, { kind, id }: TrashItem): void {
  replica.mutate(PURGE[kind], { id });
}

/** Deletes for good everything that the person may. */
export function emptyTrash(replica: Replica, items: readonly TrashItem[]): void {
  replica.batch(() => {
    for (const item of items) if (mayHandle(replica, item)) purgeItem(replica, item);
  });
}
