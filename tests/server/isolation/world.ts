import { createTestApp, type TestApp, type TestPrincipal } from '#tests/support/test-app.ts';
import { faultList, type WorldOptions } from './first-fault.ts';
import {
  PRINCIPALS,
  PROJECT_ROLES,
  PROJECTS,
  type PrincipalName,
  type ProjectName,
  type ProjectRole,
} from './rights.ts';
import { nobodys, nothing } from './nonexistent.ts';

/** What there is of each kind in a project, by id. `nonexistent` has ids that nothing has. */
export interface Contents {
  readonly name: ProjectName | 'nonexistent';
  readonly project: string;
  readonly section: string;
  readonly trashedSection: string;
  readonly task: string;
  readonly subtask: string;
  readonly trashedTask: string;
  /** By the owner of the project. */
  readonly comment: string;
  readonly withdrawnComment: string;
  /** By the member of that role, where there are members. */
  readonly commentBy: Readonly<Partial<Record<PrincipalName, string>>>;
  /** The owner of the project. */
  readonly user: string;
}

export interface Belongings {
  readonly inbox: string;
  readonly inboxTask: string;
  readonly label: string;
  readonly filter: string;
  readonly favourite: string;
  readonly userId: string;
  readonly session: string;
  /** Of a change that this user made. */
  readonly mutation: string;
}

/** A request that was permitted then and is not now. */
export interface FormerChange {
  readonly by: PrincipalName;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly mutation: string;
}

export interface World extends AsyncDisposable {
  readonly app: TestApp;
  /** Where a suite collects what it finds. */
  readonly newFaults: () => string[];
  /** A word of the routes that are looked at first. */
  readonly likelyRoutes: string | undefined;
  readonly principals: Readonly<Record<PrincipalName, TestPrincipal | undefined>>;
  readonly projects: Readonly<Record<ProjectName, Contents>>;
  readonly nonexistent: Contents;
  /** Of everybody with an account, and of nobody. */
  readonly own: Readonly<Record<PrincipalName, Belongings>>;
  readonly nobodys: Belongings;
  /** In the shared project: of the removed member, and of the viewer who was an editor once. */
  readonly former: readonly FormerChange[];
}

/** Every text of the world holds one of these; the word behind it says who may read it. */
export function canary(group: string): string {
  return `cnry${group.toLowerCase()}x`;
}

const CANARY = /cnry([a-z]+)x/g;

/** The groups of all canaries in a text. */
export function canariesIn(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(CANARY), (match) => match[1] ?? ''));
}

/** The groups whose canaries a principal may meet. */
export function readableBy(principal: PrincipalName): ReadonlySet<string> {
  const groups = new Set<string>([principal.toLowerCase(), 'everybody']);
  const isMember = PROJECT_ROLES.some((role) => role === principal);
  if (isMember) for (const group of ['shared', 'archived', 'trashed', ...PROJECT_ROLES]) groups.add(group);
  // Members see the names of each other, also of one whose account is disabled.
  if (isMember) groups.add('disabled');
  if (principal === 'owner') groups.add('private');
  if (principal === 'stranger') groups.add('foreign');
  return groups;
}

type Ids = { -readonly [K in keyof Contents]: Contents[K] };

export async function createWorld({ stopAtFirst = false, likelyRoutes }: WorldOptions = {}): Promise<World> {
  const app = await createTestApp();
  const principals = await signUpAll(app);
  const as = (name: PrincipalName): TestPrincipal => {
    const principal = principals[name];
    if (!principal) throw new Error(`${name} has no account`);
    return principal;
  };
  const projects = {} as Record<ProjectName, Contents>;
  for (const name of PROJECTS) projects[name] = await addProject(app, principals, name);
  const former = [
    await changeAndLose(app, 'removed', as('removed'), projects.shared),
    await changeAndLose(app, 'viewer', as('viewer'), projects.shared),
  ];
  await app.call('PATCH', `/projects/${projects.shared.project}/members/${as('viewer').userId}`, {
    as: as('owner'),
    body: { role: 'viewer' },
  });
  await app.call('POST', `/projects/${projects.archived.project}/archive`, { as: as('owner') });
  await app.call('DELETE', `/projects/${projects.trashed.project}`, { as: as('owner') });
  for (const name of ['shared', 'archived', 'trashed'] as const)
    await dismiss(app, as('owner'), projects[name].project, as('removed'));
  const own = {} as Record<PrincipalName, Belongings>;
  for (const name of PRINCIPALS) own[name] = principals[name] ? await addBelongings(app, name, as(name)) : nobodys(app);
  // Whom the permitted requests add to projects.
  await app.signUp(canary('everybody'));
  await disable(app, as('disabled'));
  return {
    app,
    likelyRoutes,
    newFaults: () => faultList({ stopAtFirst }),
    principals,
    projects,
    own,
    former,
    nonexistent: nothing(app),
    nobodys: nobodys(app),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

async function signUpAll(app: TestApp): Promise<Record<PrincipalName, TestPrincipal | undefined>> {
  const principals = {} as Record<PrincipalName, TestPrincipal | undefined>;
  for (const name of PRINCIPALS) {
    const role = name === 'instanceAdmin' ? 'admin' : name === 'demo' ? 'demo' : 'user';
    principals[name] = name === 'anonymous' ? undefined : await app.signUp(canary(name), role);
  }
  return principals;
}

/** A request that must succeed; the id of what it made. */
export async function make(app: TestApp, as: TestPrincipal, path: string, body: unknown): Promise<string> {
  const answer = await app.call<{ id: string }>('POST', path, { as, body });
  if (answer.status !== 201) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

async function must(
  app: TestApp,
  as: TestPrincipal,
  method: 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<void> {
  const answer = await app.call(method, path, { as, ...(body !== undefined && { body }) });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
}

async function addProject(
  app: TestApp,
  principals: Readonly<Record<PrincipalName, TestPrincipal | undefined>>,
  name: ProjectName,
): Promise<Contents> {
  const owner = principals[name === 'foreign' ? 'stranger' : 'owner'] as TestPrincipal;
  const text = canary(name);
  const project = await make(app, owner, '/projects', { name: `Project ${text}` });
  const contents = await fill(app, owner, project, text);
  if (name === 'private' || name === 'foreign') return { ...contents, name };
  // The viewer of the shared project was an editor once.
  await addMembers(app, owner, project, principals, name === 'shared' ? { viewer: 'editor' } : {});
  for (const name of ['removed', 'disabled'] as const) await addMember(app, owner, project, principals[name], 'editor');
  const commentBy: Ids['commentBy'] = {};
  for (const role of PROJECT_ROLES) {
    const author = principals[role];
    if (author && role !== 'viewer') {
      Object.assign(commentBy, { [role]: await make(app, author, `/tasks/${contents.task}/comments`, { body: text }) });
    }
  }
  return { ...contents, name, commentBy };
}

export async function addMembers(
  app: TestApp,
  owner: TestPrincipal,
  project: string,
  principals: Readonly<Record<PrincipalName, TestPrincipal | undefined>>,
  roles: Readonly<Partial<Record<ProjectRole, ProjectRole>>> = {},
): Promise<void> {
  for (const role of PROJECT_ROLES) {
    if (role !== 'owner') await addMember(app, owner, project, principals[role], roles[role] ?? role);
  }
}

async function addMember(
  app: TestApp,
  owner: TestPrincipal,
  project: string,
  member: TestPrincipal | undefined,
  role: ProjectRole,
): Promise<void> {
  await must(app, owner, 'POST', `/projects/${project}/members`, { username: member?.username, role });
}

/** One of everything that a project can hold, made in one request. */
export async function fill(
  app: TestApp,
  owner: TestPrincipal,
  project: string,
  text: string,
): Promise<Omit<Contents, 'name'>> {
  const id = (): string => app.context.newId();
  const made = {
    section: id(),
    trashedSection: id(),
    task: id(),
    subtask: id(),
    trashedTask: id(),
    comment: id(),
    withdrawnComment: id(),
  };
  const { section, trashedSection, task, subtask, trashedTask, comment, withdrawnComment } = made;
  const inProject = { projectId: project, rank: 'a0' };
  const aTask = { ...inProject, description: `About ${text}`, labels: [`label ${text}`] };
  const recurrence = { rule: 'FREQ=DAILY', anchor: 'schedule', intendedDay: null };
  await must(app, owner, 'POST', '/batch', {
    mutations: [
      mutation('section.create', { ...inProject, id: section, name: `Section ${text}` }),
      mutation('section.create', { ...inProject, id: trashedSection, name: `Trashed section ${text}` }),
      mutation('section.delete', { id: trashedSection }),
      mutation('task.create', {
        ...aTask,
        id: task,
        title: `Task ${text}`,
        sectionId: section,
        date: '2026-11-18',
        recurrence,
      }),
      // An occurrence of it is over: there is a completion to be seen, or not.
      mutation('task.complete', { id: task }),
      mutation('task.create', { ...aTask, id: subtask, title: `Subtask ${text}`, parentId: task }),
      mutation('task.create', { ...aTask, id: trashedTask, title: `Trashed ${text}` }),
      mutation('task.delete', { id: trashedTask }),
      mutation('comment.create', { id: comment, taskId: task, body: `Comment ${text}` }),
      mutation('comment.create', { id: withdrawnComment, taskId: task, body: `Withdrawn ${text}` }),
      mutation('comment.delete', { id: withdrawnComment }),
    ],
  });
  return { ...made, project, commentBy: {}, user: owner.userId };
}

function mutation(name: string, args: Record<string, unknown>) {
  return { name: `${name}@1`, args };
}

async function changeAndLose(
  app: TestApp,
  by: PrincipalName,
  as: TestPrincipal,
  { project, task }: Contents,
): Promise<FormerChange> {
  const request = { body: { priority: by === 'viewer' ? 2 : 1 }, headers: { 'idempotency-key': `former-${by}` } };
  const path = `/tasks/${task}`;
  const answer = await app.call('PATCH', path, { as, ...request });
  if (answer.status !== 200)
    throw new Error(`${by} cannot change a task of ${project}: ${JSON.stringify(answer.body)}`);
  return { by, path, ...request, mutation: String(answer.headers['mutation-uid']) };
}

async function dismiss(app: TestApp, owner: TestPrincipal, project: string, member: TestPrincipal): Promise<void> {
  // A project that is archived or in the trash is no place to change members of: do it where they still can.
  const answer = await app.call('DELETE', `/projects/${project}/members/${member.userId}`, { as: owner });
  if (answer.status === 204) return;
  await must(app, owner, 'POST', `/projects/${project}/restore`);
  await must(app, owner, 'DELETE', `/projects/${project}/members/${member.userId}`);
  await must(app, owner, 'DELETE', `/projects/${project}`);
}

async function addBelongings(app: TestApp, name: PrincipalName, as: TestPrincipal): Promise<Belongings> {
  const text = canary(name);
  // From the database: the world must also stand where reads are not what they should be.
  const { id: inbox } = await app.database.reader
    .selectFrom('project')
    .select('id')
    .where('inbox', '=', 1)
    .where('created_by', '=', as.userId)
    .executeTakeFirstOrThrow();
  const inboxTask = await make(app, as, '/tasks', {
    projectId: inbox,
    title: `In the inbox ${text}`,
    description: text,
  });
  const label = await make(app, as, '/labels', { name: `own label ${text}` });
  const filter = await make(app, as, '/filters', { name: `own filter ${text}`, query: `search: "${text}"` });
  const favourite = await make(app, as, '/favourites', { targetKind: 'project', targetId: inbox });
  const change = await app.call('PATCH', `/tasks/${inboxTask}`, { as, body: { priority: 1 } });
  const session = await app.database.reader
    .selectFrom('session')
    .select('id')
    .where('user_id', '=', as.userId)
    .executeTakeFirstOrThrow();
  return {
    inbox,
    inboxTask,
    label,
    filter,
    favourite,
    userId: as.userId,
    session: session.id,
    mutation: String(change.headers['mutation-uid']),
  };
}

async function disable(app: TestApp, { userId }: TestPrincipal): Promise<void> {
  await app.database.writer.updateTable('user').set({ status: 'disabled' }).where('id', '=', userId).execute();
  // Longer than a server may go on believing in a session.
  app.clock.advance(5_000);
}
