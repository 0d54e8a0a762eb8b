import { isKind, projectScope, type Kind, type RowOf, type ScopeId } from '#core/rows.ts';
import { memberId } from '#core/projects/member.ts';
import type { LoadedRows, Wanted } from './loaded-rows.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * What a request will look at, guessed from the names of its arguments, so that one load is mostly enough. A wrong
 * guess costs a load or an unused row, nothing else.
 */
export function guessWanted(wanted: Wanted, request: WriteRequest): void {
  const { userId } = request.actor;
  if (request.client) wanted.clients.add(request.client.id);
  for (const { uid, name, args } of request.mutations) {
    wanted.stored.add(uid);
    if (typeof args !== 'object' || args === null) continue;
    const given = args as Readonly<Record<string, unknown>>;
    const entity = name.slice(0, name.indexOf('.'));
    const want = (kind: Kind, id: unknown): void => {
      if (typeof id === 'string') wanted.row(kind, id);
    };
    if (isKind(entity)) want(entity, given['id']);
    // What a recurring task does next depends on the clock of who acts.
    if (/^task\.(complete|skip|resume)@/.test(name)) want('settings', userId);
    if (name.startsWith('undo@') && typeof given['uid'] === 'string') wanted.mutations.add(given['uid']);
    want('section', given['sectionId']);
    want('task', given['taskId']);
    if (isKind(entity)) want(entity, given['parentId']);
    for (const id of Array.isArray(given['taskIds']) ? (given['taskIds'] as unknown[]) : []) want('task', id);
    const projectId = entity === 'project' ? given['id'] : given['projectId'];
    if (typeof projectId === 'string') wantProject(wanted, projectId, userId);
  }
}

export function wantProject(wanted: Wanted, projectId: string, userId: string): void {
  wanted.row('project', projectId);
  wanted.row('member', memberId(projectId, userId));
}

const PROJECT_KINDS: ReadonlySet<Kind> = new Set(['task', 'section', 'comment']);

/** Rows that are there tell what else is going to be asked: their project, and the actors' roles in it. */
export function guessFromRows(wanted: Wanted, rows: LoadedRows, requests: readonly WriteRequest[]): void {
  const users = new Set(requests.map((request) => request.actor.userId));
  const projects = new Set<string>();
  for (const row of rows.loaded(PROJECT_KINDS)) projects.add((row as RowOf<'task'>).projectId);
  for (const projectId of projects) for (const userId of users) wantProject(wanted, projectId, userId);
  for (const list of ['taskComments', 'taskCompletions'] as const) {
    if (!wanted.lists.has(list)) continue;
    for (const task of rows.loaded(new Set<Kind>(['task']))) wanted.list(list, task.id);
  }
}

/** The scopes that a request touches where its arguments say so plainly; undefined where a run has to tell. */
export function guessScopes(request: WriteRequest): ScopeId[] | undefined {
  const scopes = new Set<ScopeId>();
  for (const { name, args } of request.mutations) {
    const projectId = (args as { projectId?: unknown } | null)?.projectId;
    if (!/^(task|section)\.create@/.test(name) || typeof projectId !== 'string') return undefined;
    scopes.add(projectScope(projectId));
  }
  return [...scopes];
}
