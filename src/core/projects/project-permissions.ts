import { DomainError, forbidden, notFound } from '#core/errors.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import type { Task } from '#core/tasks/task.ts';
import { memberId } from './member.ts';
import type { Project } from './project.ts';
import { can, type ProjectAction, type Role } from './role.ts';

export interface ProjectAccess {
  readonly project: Project;
  readonly role: Role;
}

/** What an archived project no longer allows. */
const CONTENT_ACTIONS: ReadonlySet<ProjectAction> = new Set(['task.write', 'section.write', 'comment.write']);

/** The actor's role in a project, undefined for strangers. */
export function roleIn(tx: MutatorTx, projectId: string): Role | undefined {
  return tx.get('member', memberId(projectId, tx.actor.userId))?.role;
}

/**
 * The project, if the actor may do `action` in it. To a stranger it does not exist; to a member
 * whose role is too weak it is forbidden. A project in the trash can only be restored or purged.
 */
export function authorizeProject(
  tx: MutatorTx,
  projectId: string,
  action: ProjectAction,
  { inTrash = false }: { inTrash?: boolean } = {},
): ProjectAccess {
  const role = roleIn(tx, projectId);
  const project = tx.get('project', projectId);
  if (!role || !project) throw notFound('project');
  if (!can(role, action)) throw forbidden(`Your role in this project is ${role}, which does not allow this.`);
  if (!inTrash && project.deletedAt) throw notFound('project');
  if (project.archivedAt && CONTENT_ACTIONS.has(action)) {
    throw new DomainError('conflict', 'This project is archived. Unarchive it to change what is in it.');
  }
  return { project, role };
}

/** The task, if the actor may do `action` in its project. */
export function authorizeTask(
  tx: MutatorTx,
  taskId: string,
  action: ProjectAction,
  { inTrash = false }: { inTrash?: boolean } = {},
): ProjectAccess & { readonly task: Task } {
  const task = tx.get('task', taskId);
  if (!task || !roleIn(tx, task.projectId)) throw notFound('task');
  const access = authorizeProject(tx, task.projectId, action);
  if (!inTrash && task.deletedAt) throw notFound('task');
  return { ...access, task };
}
