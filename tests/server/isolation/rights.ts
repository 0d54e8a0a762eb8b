/**
 * Who may do what: the one table that decides every expected verdict. It is written by hand and on purpose
 * not taken from `src/core`, whose mistakes it must be able to show.
 */
export const PROJECT_ROLES = ['owner', 'admin', 'editor', 'commenter', 'viewer'] as const;
export type ProjectRole = (typeof PROJECT_ROLES)[number];

export type Right = 'view' | 'comment' | 'write' | 'manage' | 'own';

const RIGHTS: Readonly<Record<Right, readonly ProjectRole[]>> = {
  view: ['owner', 'admin', 'editor', 'commenter', 'viewer'],
  comment: ['owner', 'admin', 'editor', 'commenter'],
  write: ['owner', 'admin', 'editor'],
  manage: ['owner', 'admin'],
  own: ['owner'],
};

export function mayIn(role: ProjectRole | undefined, right: Right): boolean {
  return role !== undefined && RIGHTS[right].includes(role);
}

/**
 * What an answer says about access; `allowed` leaves open what else it finds to object to. `refused` stands for
 * either refusal, where a member with too weak a role asks for something in a project in the trash.
 */
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden' | 'invisible' | 'archived' | 'refused';

export const PRINCIPALS = [
  'anonymous',
  'owner',
  'admin',
  'editor',
  'commenter',
  'viewer',
  'removed',
  'stranger',
  'disabled',
  'instanceAdmin',
  'demo',
] as const;
export type PrincipalName = (typeof PRINCIPALS)[number];

/** `shared`, `archived` and `trashed` have members of every role, `private` its owner, `foreign` the stranger only. */
export const PROJECTS = ['shared', 'archived', 'trashed', 'private', 'foreign'] as const;
export type ProjectName = (typeof PROJECTS)[number];

export function roleIn(principal: PrincipalName, project: ProjectName): ProjectRole | undefined {
  if (project === 'foreign') return principal === 'stranger' ? 'owner' : undefined;
  if (project === 'private') return principal === 'owner' ? 'owner' : undefined;
  return PROJECT_ROLES.find((role) => role === principal);
}

export interface Need {
  readonly right: Right;
  /** Also in a project that is in the trash. */
  readonly inTrash?: boolean;
  /** Changes what is in the project, which an archived one does not allow. */
  readonly content?: boolean;
}

/** The verdict for something in a project. Weak roles learn that they are weak, strangers learn nothing. */
export function verdictFor(principal: PrincipalName, project: ProjectName | 'nonexistent', need: Need): Verdict {
  if (principal === 'anonymous' || principal === 'disabled') return 'unauthenticated';
  const role = project === 'nonexistent' ? undefined : roleIn(principal, project);
  if (!role) return 'invisible';
  const isGone = project === 'trashed' && !need.inTrash;
  if (!mayIn(role, need.right)) return isGone ? 'refused' : 'forbidden';
  if (isGone) return 'invisible';
  return project === 'archived' && need.content ? 'archived' : 'allowed';
}

export function isVerdict(expected: Verdict, status: number): boolean {
  const verdict = verdictOf(status);
  if (expected === 'archived') return status === 409;
  return expected === 'refused' ? verdict === 'forbidden' || verdict === 'invisible' : verdict === expected;
}

export function verdictOf(status: number): Verdict {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  return status === 404 ? 'invisible' : 'allowed';
}
