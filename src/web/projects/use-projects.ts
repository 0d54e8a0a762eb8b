import { useMemo } from 'react';
import { type Member, memberId } from '#core/projects/member.ts';
import type { Project } from '#core/projects/project.ts';
import { can, type ProjectAction, type Role } from '#core/projects/role.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useLiveQuery, useReplica, useRow } from '#web/replica/use-query.ts';
import { isListed, projectTree, splitShared, type ProjectNode } from './project-tree.ts';

const listed: Query<'project'> = { kind: 'project', filter: isListed };
const inboxes: Query<'project'> = { kind: 'project', filter: (project) => project.inbox };
const others: Query<'member'> = { kind: 'member' };

export interface ProjectForest {
  readonly tree: readonly ProjectNode[];
  /** Only I am in them. */
  readonly own: readonly ProjectNode[];
  /** Others are in them as well. */
  readonly shared: readonly ProjectNode[];
}

/** The projects of the sidebar. */
export function useProjectForest(): ProjectForest {
  const projects = useLiveQuery(listed);
  const shared = useSharedProjects();
  return useMemo(() => {
    const tree = projectTree(projects);
    return { tree, ...splitShared(tree, (id) => shared.has(id)) };
  }, [projects, shared]);
}

/** The ids of the projects that have more than one member. */
export function useSharedProjects(): ReadonlySet<string> {
  const members = useLiveQuery(others);
  const { userId } = useReplica().account;
  return useMemo(
    () => new Set(members.filter((member) => member.userId !== userId).map((member) => member.projectId)),
    [members, userId],
  );
}

/** My inbox; undefined until it has arrived. */
export function useInbox(): Project | undefined {
  const { userId } = useReplica().account;
  return useLiveQuery(inboxes).find((project) => project.createdBy === userId);
}

export function useMembers(projectId: string): readonly Member[] {
  const query = useMemo<Query<'member'>>(
    () => ({ kind: 'member', where: { index: 'projectMembers', key: projectId } }),
    [projectId],
  );
  return useLiveQuery(query);
}

/** What I may do in a project. */
export function useProjectRights(projectId: string): (action: ProjectAction) => boolean {
  const { userId } = useReplica().account;
  const role: Role | undefined = useRow('member', memberId(projectId, userId))?.role;
  return useMemo(() => (action) => role !== undefined && can(role, action), [role]);
}
