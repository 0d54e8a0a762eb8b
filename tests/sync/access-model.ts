import { isAtLeast, type Role } from '#core/projects/role.ts';
import { projectScope, type ScopeId, userScope } from '#core/rows.ts';

/** Project, then person, then role. */
export type AccessTable = ReadonlyMap<string, ReadonlyMap<string, Role>>;

/** Who may see and change what, as the grants of the history say; kept apart from the server's own records. */
export class AccessModel {
  table: AccessTable = new Map();

  roleOf(projectId: string, userId: string): Role | undefined {
    return this.table.get(projectId)?.get(userId);
  }

  setRole(projectId: string, userId: string, role: Role | null): void {
    const members = new Map(this.table.get(projectId));
    if (role) members.set(userId, role);
    else members.delete(userId);
    this.table = new Map(this.table).set(projectId, members);
  }

  visibleScopes(userId: string): ReadonlySet<ScopeId> {
    return this.#scopes(userId, 'viewer');
  }

  /** A person may write comments as commenter; the histories write none, so editors are the weakest writers. */
  writableScopes(userId: string): ReadonlySet<ScopeId> {
    return this.#scopes(userId, 'editor');
  }

  #scopes(userId: string, weakest: Role): ReadonlySet<ScopeId> {
    const scopes = new Set<ScopeId>([userScope(userId)]);
    for (const [projectId, members] of this.table) {
      const role = members.get(userId);
      if (role && isAtLeast(role, weakest)) scopes.add(projectScope(projectId));
    }
    return scopes;
  }
}
