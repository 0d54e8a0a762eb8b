import { PROTOCOL_VERSION, type PullResponse, SCHEMA_VERSION } from '#core/sync/protocol.ts';
import { type MatrixReport, scan } from './matrix.ts';
import { mayIn, PRINCIPALS, PROJECTS, type PrincipalName, roleIn } from './rights.ts';
import { canary, type World } from './world.ts';

/** The reads and sweeping writes that name nothing: each must keep to what its caller sees. */
export async function runScopeChecks(world: World): Promise<MatrixReport> {
  const faults = world.newFaults();
  for (const principal of PRINCIPALS) {
    if (!world.principals[principal] || principal === 'disabled') continue;
    await checkPull(world, principal, faults);
    await checkOwnScopePage(world, principal, faults);
    await checkLists(world, principal, faults);
    await checkRenamedLabel(world, principal, faults);
  }
  await checkEmptiedTrash(world, faults);
  return { cases: PRINCIPALS.length * 5, faults };
}

/** With cursors as if everything had been held before: what was never seen must not come, also not as a change. */
async function checkPull(world: World, principal: PrincipalName, faults: string[]): Promise<void> {
  const as = world.principals[principal];
  if (!as) return;
  const { database, context } = world.app;
  const commits = await database.reader
    .selectFrom('scope_commit')
    .select(['scope_id', 'ver', 'tag'])
    .where('ver', '=', 1)
    .execute();
  const cur = Object.fromEntries(commits.map(({ scope_id, ver, tag }) => [scope_id, { ver, tag, view: 'all' }]));
  const envelope = { v: PROTOCOL_VERSION, schema: SCHEMA_VERSION, instance: null, epoch: null };
  const body = { ...envelope, clientId: context.newId(), last: 0, cur };
  const answer = await world.app.call<PullResponse>('POST', '/sync/pull', { as, body });
  scan(`pull as ${principal}`, principal, answer, faults);
  const expected = new Set([`u:${as.userId}`, `p:${world.own[principal].inbox}`]);
  for (const name of PROJECTS) if (roleIn(principal, name)) expected.add(`p:${world.projects[name].project}`);
  const known = new Set(Object.values(world.projects).map(({ project }) => `p:${project}`));
  for (const { s } of answer.body.scopes) {
    if (known.has(s) && !expected.has(s)) faults.push(`pull as ${principal} shows a scope that is not theirs`);
    if (s.startsWith('u:') && !expected.has(s)) faults.push(`pull as ${principal} shows what is of another user`);
  }
  for (const scope of Object.keys(cur)) {
    const isGone = answer.body.gone.includes(scope);
    if (known.has(scope) && isGone === expected.has(scope))
      faults.push(`pull as ${principal}: gone is wrong for ${scope}`);
  }
}

/** Not every row has a text: the ids of what belongs to others must not show either. */
function scanIds(world: World, principal: PrincipalName, title: string, body: unknown, faults: string[]): void {
  const text = JSON.stringify(body);
  for (const name of PRINCIPALS) {
    const { label, filter, favourite, inbox, inboxTask, session } = world.own[name];
    const isTheirs =
      name !== principal && [label, filter, favourite, inbox, inboxTask, session].some((id) => text.includes(id));
    if (isTheirs) faults.push(`${title} as ${principal} shows something of ${name}`);
  }
  for (const name of PROJECTS) {
    const { commentBy, name: _, user: _user, ...ids } = world.projects[name];
    const isTheirs = [...Object.values(ids), ...Object.values(commentBy)].some((id) => text.includes(id));
    if (isTheirs && !roleIn(principal, name)) faults.push(`${title} as ${principal} shows something of ${name}`);
  }
}

async function checkOwnScopePage(world: World, principal: PrincipalName, faults: string[]): Promise<void> {
  const as = world.principals[principal];
  for (const other of PRINCIPALS) {
    const user = world.principals[other];
    if (!as || !user) continue;
    const answer = await world.app.call('GET', `/sync/page?s=u:${user.userId}`, { as });
    if (answer.status !== (other === principal ? 200 : 404))
      faults.push(`page of ${other} as ${principal}: ${answer.status}`);
    scan(`page of ${other} as ${principal}`, principal, answer, faults);
    if (other === principal) scanIds(world, principal, 'the own page', answer.body, faults);
  }
}

async function checkLists(world: World, principal: PrincipalName, faults: string[]): Promise<void> {
  const as = world.principals[principal];
  const paths = ['/tasks?limit=200', '/tasks?limit=5&sort=date', '/tasks?skip=0', '/tasks?skip=1&sort=manual'];
  const searches = PROJECTS.flatMap((name) => [
    `/search?q=${canary(name)}`,
    `/tasks?q=${canary(name)}`,
    `/tasks?label=label%20${canary(name)}`,
  ]);
  for (const path of [
    ...paths,
    ...searches,
    '/projects',
    '/projects?archived=true',
    '/labels',
    '/filters',
    '/favourites',
    '/trash',
    '/me',
  ]) {
    const answer = await world.app.call<{ items?: { projectId?: string }[] }>('GET', path, { ...(as && { as }) });
    if (answer.status !== 200) faults.push(`${path} as ${principal}: ${answer.status}`);
    scan(`${path} as ${principal}`, principal, answer, faults);
    scanIds(world, principal, path, answer.body, faults);
  }
  const total = await world.app.call<{ total: number; items: unknown[] }>('GET', '/tasks?skip=0&limit=200', {
    ...(as && { as }),
  });
  if (total.body.total !== total.body.items.length) faults.push(`the total of ${principal} counts what is not listed`);
}

/** A label of one's own with the name of other people's: renaming it must leave theirs alone, and must work. */
async function checkRenamedLabel(world: World, principal: PrincipalName, faults: string[]): Promise<void> {
  const as = world.principals[principal];
  if (!as || mayIn(roleIn(principal, 'shared'), 'write')) return;
  const tasks = () => world.app.database.reader.selectFrom('task').select(['id', 'labels']).orderBy('id').execute();
  const before = JSON.stringify(await tasks());
  for (const name of ['shared', 'private'] as const) {
    const { body } = await world.app.call<{ id: string }>('POST', '/labels', {
      as,
      body: { name: `label ${canary(name)}` },
    });
    const renamed = await world.app.call('PATCH', `/labels/${body.id}`, { as, body: { name: `mine ${name}` } });
    const deleted = await world.app.call('DELETE', `/labels/${body.id}`, { as });
    if (renamed.status !== 200 || deleted.status !== 204)
      faults.push(`labels of ${principal}: ${renamed.status}, ${deleted.status}`);
  }
  if (JSON.stringify(await tasks()) !== before) faults.push(`renaming a label of ${principal} changed tasks of others`);
}

/** Weakest first: what somebody may not delete for good must still be there for the next. */
async function checkEmptiedTrash(world: World, faults: string[]): Promise<void> {
  const order = [
    'removed',
    'instanceAdmin',
    'demo',
    'viewer',
    'commenter',
    'editor',
    'admin',
    'stranger',
    'owner',
  ] as const;
  const emptied: PrincipalName[] = [];
  for (const principal of order) {
    const as = world.principals[principal];
    if (!as) continue;
    const answer = await world.app.call('DELETE', '/trash', { as });
    if (answer.status !== 200) faults.push(`emptying the trash of ${principal}: ${answer.status}`);
    emptied.push(principal);
    for (const name of PROJECTS) {
      const { project, trashedTask, trashedSection } = world.projects[name];
      const hasProject = name !== 'trashed' || !emptied.some((each) => mayIn(roleIn(each, name), 'own'));
      const isOpen = name !== 'trashed' && name !== 'archived';
      const hasRest = hasProject && !(isOpen && emptied.some((each) => mayIn(roleIn(each, name), 'write')));
      const expected = { project: hasProject, task: hasRest, section: hasRest };
      const ids = { project, task: trashedTask, section: trashedSection };
      for (const kind of ['project', 'task', 'section'] as const) {
        const found = await world.app.database.reader
          .selectFrom(kind)
          .select('id')
          .where('id', '=', ids[kind])
          .execute();
        if (found.length > 0 !== expected[kind]) faults.push(`${kind} in ${name} after ${principal} emptied the trash`);
      }
    }
  }
}
