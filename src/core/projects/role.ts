/** Roles in a project, strongest first. */
export const ROLES = ['owner', 'admin', 'editor', 'commenter', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What can be done with a project and what is in it. */
export type ProjectAction =
  | 'project.view'
  | 'project.edit'
  | 'project.manage'
  | 'project.delete'
  | 'member.manage'
  | 'section.write'
  | 'task.write'
  | 'comment.write'
  | 'comment.moderate';

/** The weakest role that may do each action: the one table of permissions. */
const WEAKEST_ROLE: Readonly<Record<ProjectAction, Role>> = {
  'project.view': 'viewer',
  'comment.write': 'commenter',
  'task.write': 'editor',
  'section.write': 'editor',
  'project.edit': 'editor',
  'comment.moderate': 'admin',
  'member.manage': 'admin',
  'project.manage': 'admin',
  'project.delete': 'owner',
};

export const PROJECT_ACTIONS = Object.keys(WEAKEST_ROLE) as readonly ProjectAction[];

export function isAtLeast(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(other);
}

export function can(role: Role, action: ProjectAction): boolean {
  return isAtLeast(role, WEAKEST_ROLE[action]);
}
