import type { Method } from '#tests/support/test-app.ts';
import { type Need, type PrincipalName, type Verdict } from './rights.ts';
import type { Belongings, Contents } from './world.ts';

export interface Wanted {
  /** Below /api/v1, with its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** About something in a project. */
interface OnProject {
  readonly on: 'project';
  readonly need: Need;
  readonly request: (at: Contents) => Wanted;
  /** Where more than the role decides. */
  readonly also?: (principal: PrincipalName, at: Contents) => Verdict | undefined;
  /** What a permitted request would use up: other cases need theirs. */
  readonly uses?: 'contents' | 'project';
}

/** About something that belongs to one person: for everybody else it does not exist. */
interface OnBelonging {
  readonly on: 'belonging';
  readonly request: (of: Belongings) => Wanted;
}

/** About the caller. */
interface OnSelf {
  readonly on: 'self';
  readonly request: () => Wanted;
  readonly demo?: 'denied';
}

/** Open to everybody, or not about data; a sentence says why no verdict is needed here. */
interface Elsewhere {
  readonly on: 'nothing';
  readonly because: string;
}

export type Operation = OnProject | OnBelonging | OnSelf | Elsewhere;

const view: Need = { right: 'view' };
const edit: Need = { right: 'write' };
const write: Need = { right: 'write', content: true };
const comment: Need = { right: 'comment', content: true };
const manage: Need = { right: 'manage' };
const own: Need = { right: 'own', inTrash: true };

function on(need: Need, request: (at: Contents) => Wanted, more: Pick<OnProject, 'also' | 'uses'> = {}): OnProject {
  return { on: 'project', need, request, ...more };
}

const path = (text: string, body?: unknown): Wanted => ({ path: text, ...(body !== undefined && { body }) });
const contents = { uses: 'contents' } as const;
const project = { uses: 'project' } as const;

/** The comment of the owner: others may withdraw it when they moderate, and never rewrite it. */
const onlyAuthor = { also: (principal: PrincipalName) => (principal === 'owner' ? undefined : ('forbidden' as const)) };
const orModerator = {
  also: (principal: PrincipalName) =>
    principal === 'owner' || principal === 'admin' ? undefined : ('forbidden' as const),
};

/** Every route there is. One that is missing here fails the inventory. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /tasks': on(view, (at) => path(`/tasks?projectId=${at.project}`)),
  'POST /tasks': on(write, (at) => path('/tasks', { title: 'New', projectId: at.project })),
  'GET /tasks/:id': on(view, (at) => path(`/tasks/${at.task}`)),
  'PATCH /tasks/:id': on(write, (at) => path(`/tasks/${at.task}`, { title: 'Changed' }), contents),
  'DELETE /tasks/:id': on(write, (at) => path(`/tasks/${at.task}`), contents),
  'POST /tasks/:id/complete': on(write, (at) => path(`/tasks/${at.task}/complete`), contents),
  'GET /tasks/:id/completions': on(view, (at) => path(`/tasks/${at.task}/completions`)),
  'POST /tasks/:id/skip': on(write, (at) => path(`/tasks/${at.task}/skip`), contents),
  'POST /tasks/:id/pause': on(write, (at) => path(`/tasks/${at.task}/pause`), contents),
  'POST /tasks/:id/resume': on(write, (at) => path(`/tasks/${at.task}/resume`), contents),
  'POST /tasks/:id/reopen': on(write, (at) => path(`/tasks/${at.task}/reopen`), contents),
  'POST /tasks/:id/restore': on(write, (at) => path(`/tasks/${at.trashedTask}/restore`), contents),
  'POST /tasks/:id/move': on(write, (at) => path(`/tasks/${at.task}/move`, { position: 'start' }), contents),
  'POST /tasks/:id/duplicate': on(write, (at) => path(`/tasks/${at.task}/duplicate`)),
  'POST /quick-add': on(write, (at) => path('/quick-add', { text: 'New', projectId: at.project })),
  'DELETE /trash/tasks/:id': on(write, (at) => path(`/trash/tasks/${at.trashedTask}`), contents),
  'GET /tasks/:id/comments': on(view, (at) => path(`/tasks/${at.task}/comments`)),
  'POST /tasks/:id/comments': on(comment, (at) => path(`/tasks/${at.task}/comments`, { body: 'New' })),
  'GET /comments/:id': on(view, (at) => path(`/comments/${at.comment}`)),
  'PATCH /comments/:id': on(comment, (at) => path(`/comments/${at.comment}`, { body: 'Changed' }), {
    ...contents,
    ...onlyAuthor,
  }),
  'DELETE /comments/:id': on(comment, (at) => path(`/comments/${at.comment}`), { ...contents, ...orModerator }),
  'POST /comments/:id/restore': on(comment, (at) => path(`/comments/${at.withdrawnComment}/restore`), {
    ...contents,
    ...orModerator,
  }),

  'GET /projects': { on: 'self', request: () => path('/projects') },
  'POST /projects': on(edit, (at) => path('/projects', { name: 'New', parentId: at.project })),
  'GET /projects/:id': on({ right: 'view', inTrash: true }, (at) => path(`/projects/${at.project}`)),
  'PATCH /projects/:id': on(edit, (at) => path(`/projects/${at.project}`, { color: 'teal' }), project),
  'DELETE /projects/:id': on({ right: 'own' }, (at) => path(`/projects/${at.project}`), project),
  'DELETE /trash/projects/:id': on(own, (at) => path(`/trash/projects/${at.project}`), project),
  'POST /projects/:id/archive': on(manage, (at) => path(`/projects/${at.project}/archive`), project),
  'POST /projects/:id/unarchive': on(manage, (at) => path(`/projects/${at.project}/unarchive`), project),
  'POST /projects/:id/restore': on(own, (at) => path(`/projects/${at.project}/restore`), project),
  'POST /projects/:id/move': on(manage, (at) => path(`/projects/${at.project}/move`, { position: 'end' }), project),
  'GET /projects/:id/sections': on(view, (at) => path(`/projects/${at.project}/sections`)),
  'POST /projects/:id/sections': on(write, (at) => path(`/projects/${at.project}/sections`, { name: 'New' })),
  'GET /sections/:id': on(view, (at) => path(`/sections/${at.section}`)),
  'PATCH /sections/:id': on(write, (at) => path(`/sections/${at.section}`, { name: 'Changed' }), contents),
  'DELETE /sections/:id': on(write, (at) => path(`/sections/${at.section}`), contents),
  'POST /sections/:id/restore': on(write, (at) => path(`/sections/${at.trashedSection}/restore`), contents),
  'DELETE /trash/sections/:id': on(write, (at) => path(`/trash/sections/${at.trashedSection}`), contents),
  'GET /projects/:id/members': on(view, (at) => path(`/projects/${at.project}/members`)),
  'POST /projects/:id/members': on(
    manage,
    (at) => path(`/projects/${at.project}/members`, { username: 'cnryeverybodyx', role: 'viewer' }),
    project,
  ),
  'POST /projects/:id/leave': on(
    { right: 'view', inTrash: true },
    (at) => path(`/projects/${at.project}/leave`),
    project,
  ),
  // The owner is the strongest: nobody else may touch that role, and the last one cannot give it up.
  'PATCH /projects/:id/members/:userId': on(
    manage,
    (at) => path(`/projects/${at.project}/members/${at.user}`, { role: 'viewer' }),
    { ...project, also: (principal) => (principal === 'admin' ? 'forbidden' : undefined) },
  ),
  'DELETE /projects/:id/members/:userId': on(manage, (at) => path(`/projects/${at.project}/members/${at.user}`), {
    ...project,
    also: (principal) => (principal === 'admin' ? 'forbidden' : undefined),
  }),

  'GET /filters': { on: 'self', request: () => path('/filters') },
  'POST /filters': { on: 'self', request: () => path('/filters', { name: 'own filter', query: 'p1' }) },
  'GET /filters/:id': { on: 'belonging', request: (of) => path(`/filters/${of.filter}`) },
  'PATCH /filters/:id': { on: 'belonging', request: (of) => path(`/filters/${of.filter}`, { color: 'teal' }) },
  'DELETE /filters/:id': { on: 'belonging', request: (of) => path(`/filters/${of.filter}`) },
  'GET /labels': { on: 'self', request: () => path('/labels') },
  'POST /labels': { on: 'self', request: () => path('/labels', { name: 'own label' }) },
  'GET /labels/:id': { on: 'belonging', request: (of) => path(`/labels/${of.label}`) },
  'PATCH /labels/:id': { on: 'belonging', request: (of) => path(`/labels/${of.label}`, { color: 'teal' }) },
  'DELETE /labels/:id': { on: 'belonging', request: (of) => path(`/labels/${of.label}`) },
  'GET /favourites': { on: 'self', request: () => path('/favourites') },
  'POST /favourites': on(view, (at) => path('/favourites', { targetKind: 'section', targetId: at.section })),
  'PATCH /favourites/:id': {
    on: 'belonging',
    request: (of) => path(`/favourites/${of.favourite}`, { position: 'start' }),
  },
  'DELETE /favourites/:id': { on: 'belonging', request: (of) => path(`/favourites/${of.favourite}`) },
  // Names that nearly are those of others: what it suggests must be the caller's own.
  'POST /filters/parse': { on: 'self', request: () => path('/filters/parse', { query: '#cnry | @cnry | /cnry' }) },
  'GET /search': { on: 'self', request: () => path('/search?q=cnry&limit=50') },
  'GET /stats': on(view, (at) => path(`/stats?projectId=${at.project}&by=anyone`)),
  'GET /trash': { on: 'self', request: () => path('/trash?limit=200') },
  'DELETE /trash': { on: 'nothing', because: 'what it may remove is tested beside it, and in trash.test.ts' },
  'POST /undo': { on: 'belonging', request: (of) => path('/undo', { uid: of.mutation }) },
  'POST /batch': on(
    write,
    (at) => path('/batch', { mutations: [{ name: 'task.update@1', args: { id: at.task, title: 'Changed' } }] }),
    contents,
  ),

  'GET /me': { on: 'self', request: () => path('/me') },
  'PATCH /me': { on: 'self', request: () => path('/me', {}), demo: 'denied' },
  'POST /me/password': { on: 'self', request: () => path('/me/password', {}), demo: 'denied' },
  'GET /me/sessions': { on: 'self', request: () => path('/me/sessions') },
  'DELETE /me/sessions': { on: 'self', request: () => path('/me/sessions'), demo: 'denied' },
  'DELETE /me/sessions/:id': { on: 'belonging', request: (of) => path(`/me/sessions/${of.session}`) },

  'POST /sync/push': { on: 'nothing', because: 'every mutator has its own cases, in mutators.test.ts' },
  'POST /sync/pull': { on: 'nothing', because: 'it answers by scope, in sync.test.ts' },
  'GET /sync/page': on({ right: 'view', inTrash: true }, (at) => path(`/sync/page?s=p:${at.project}`)),
  'GET /sync/events': { on: 'nothing', because: 'it is a stream, in events.test.ts' },

  'GET /instance': { on: 'nothing', because: 'public' },
  'POST /auth/signup': { on: 'nothing', because: 'public' },
  'POST /auth/login': { on: 'nothing', because: 'public' },
  'POST /auth/refresh': { on: 'nothing', because: 'public; the cookie is its proof' },
  'POST /auth/logout': { on: 'nothing', because: 'public; the cookie is its proof' },
  'GET /openapi.json': { on: 'nothing', because: 'public' },
  'GET /healthz': { on: 'nothing', because: 'public' },
  'GET /readyz': { on: 'nothing', because: 'public' },
};

export function methodOf(route: string): Method {
  return route.slice(0, route.indexOf(' ')) as Method;
}
