import type { Task } from '#core/tasks/task.ts';
import type { ViewReplica } from './task-view.ts';

/**
 * Sort keys for lists across projects: projects as in the sidebar, tasks as in their project. Keys are parts joined by
 * spaces, which sort before every character of a rank.
 */
export interface TaskOrder {
  project(projectId: string): string;
  manual(task: Task): string;
  /** Timed tasks by time, then the others in manual order, those for the evening last. */
  withinDay(task: Task): string;
  reset(): void;
}

export function createTaskOrder(replica: ViewReplica): TaskOrder {
  const paths = new Map<string, string>();

  function path(projectId: string, depth: number): string {
    const known = paths.get(projectId);
    if (known !== undefined) return known;
    const project = replica.get('project', projectId);
    // The inbox comes first; a ring of parents, which a race can make, ends at the limit.
    const above = project?.parentId && depth < 8 ? path(project.parentId, depth + 1) : '';
    const own = project?.inbox ? '' : `${above} ${project?.rank ?? '~'}`;
    paths.set(projectId, own);
    return own;
  }

  const project = (projectId: string) => path(projectId, 0);
  const manual = (task: Task) => `${project(task.projectId)}  ${task.rank}`;
  return {
    project,
    manual,
    withinDay(task) {
      if (task.time !== null) return `0 ${task.time} ${manual(task)}`;
      return `${task.evening ? '2' : '1'} ${manual(task)}`;
    },
    reset: () => paths.clear(),
  };
}

/** Open, and in a project that is neither archived nor in the trash: what lists across projects show. */
export function isCurrent(replica: ViewReplica, task: Task): boolean {
  if (task.deletedAt !== null || task.completedAt !== null) return false;
  const project = replica.get('project', task.projectId);
  return project !== undefined && project.archivedAt === null && project.deletedAt === null;
}
