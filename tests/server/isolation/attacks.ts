import { PROTOCOL_VERSION, type PullResponse, type PushResponse, SCHEMA_VERSION } from '#core/sync/protocol.ts';
import type { Answer, CallOptions, Method } from '#tests/support/test-app.ts';
import { hashDatabase } from './database-hash.ts';
import type { MatrixReport } from './matrix.ts';
import type { PrincipalName } from './rights.ts';
import { canary, type World } from './world.ts';

interface Attack {
  readonly title: string;
  readonly by: PrincipalName;
  readonly method: Method;
  readonly path: string;
  readonly options?: Omit<CallOptions, 'as'>;
  readonly expected: number;
}

/** What one table of roles and objects cannot say: rights that were lost, roles above one's own, names of others' requests. */
export async function runAttacks(world: World): Promise<MatrixReport> {
  const faults = world.newFaults();
  const attacks = attacksOn(world);
  const before = await hashDatabase(world.app.database);
  for (const { title, by, method, path, options, expected } of attacks) {
    const as = world.principals[by];
    const { status }: Answer = await world.app.call(method, path, { ...options, ...(as && { as }) });
    if (status !== expected) faults.push(`${title}: ${status} instead of ${expected}`);
  }
  if ((await hashDatabase(world.app.database)) !== before) faults.push('an attack changed the database');
  await checkDevices(world, faults);
  await checkDefaults(world, faults);
  await checkNames(world, faults);
  return { cases: attacks.length + 4, faults };
}

function attacksOn(world: World): Attack[] {
  const { shared } = world.projects;
  const members = `/projects/${shared.project}/members`;
  const idOf = (name: PrincipalName): string => world.own[name].userId;
  const username = (name: PrincipalName): string => world.principals[name]?.username ?? '';
  const attacks: Attack[] = [];
  for (const { by, path, body, headers, mutation } of world.former) {
    // An answer that was given once is not given again; to undo needs the rights of today.
    const now = by === 'viewer' ? 200 : 404;
    attacks.push({
      title: `the old answer of ${by}`,
      by,
      method: 'PATCH',
      path,
      options: { body, headers },
      expected: now,
    });
    const undo = { body: { uid: mutation } };
    const refused = by === 'viewer' ? 403 : 404;
    attacks.push({
      title: `the old change of ${by}`,
      by,
      method: 'POST',
      path: '/undo',
      options: undo,
      expected: refused,
    });
  }
  const [, viewers] = world.former;
  const ofAnother = { body: { uid: viewers?.mutation } };
  attacks.push({
    title: 'undoing a change of another',
    by: 'owner',
    method: 'POST',
    path: '/undo',
    options: ofAnother,
    expected: 404,
  });
  attacks.push({
    title: 'a favourite of a label of another',
    by: 'owner',
    method: 'POST',
    path: '/favourites',
    options: { body: { targetKind: 'label', targetId: world.own.stranger.label } },
    expected: 404,
  });
  attacks.push({
    title: 'a favourite of a filter of another',
    by: 'owner',
    method: 'POST',
    path: '/favourites',
    options: { body: { targetKind: 'filter', targetId: world.own.stranger.filter } },
    expected: 404,
  });
  const role = (by: PrincipalName, of: PrincipalName, wanted: string, expected: number): Attack => ({
    title: `${by} makes ${of} ${wanted}`,
    by,
    method: 'PATCH',
    path: `${members}/${idOf(of)}`,
    options: { body: { role: wanted } },
    expected,
  });
  attacks.push(role('admin', 'viewer', 'owner', 403), role('admin', 'admin', 'owner', 403));
  attacks.push(role('editor', 'editor', 'admin', 403), role('owner', 'stranger', 'viewer', 404));
  const add = (by: PrincipalName, path: string, of: string, wanted: string, expected: number): Attack => ({
    title: `${by} adds ${of} as ${wanted}`,
    by,
    method: 'POST',
    path,
    options: { body: { username: of, role: wanted } },
    expected,
  });
  attacks.push(
    add('admin', members, 'cnryeverybodyx', 'owner', 403),
    add('owner', members, username('demo'), 'viewer', 404),
  );
  attacks.push(add('editor', members, 'nobody-has-this-name', 'viewer', 403));
  const inbox = `/projects/${world.own.owner.inbox}/members`;
  attacks.push(add('owner', inbox, 'cnryeverybodyx', 'viewer', 403));
  const taken = { uid: world.own.stranger.mutation, name: 'task.update@1', args: { id: shared.task, title: 'x' } };
  attacks.push({
    title: 'the uid of a change of somebody else',
    by: 'owner',
    method: 'POST',
    path: '/batch',
    options: { body: { mutations: [taken] } },
    expected: 409,
  });
  return attacks;
}

/** The queue of a device belongs to one account. */
async function checkDevices(world: World, faults: string[]): Promise<void> {
  const { app } = world;
  const { context } = app;
  const { owner, stranger } = world.principals;
  if (!owner || !stranger) return;
  const envelope = {
    v: PROTOCOL_VERSION,
    schema: SCHEMA_VERSION,
    instance: null,
    epoch: null,
    clientId: context.newId(),
  };
  const push = (as: typeof owner, seq: number) => {
    const at = new Date(context.clock.now()).toISOString();
    const muts = [{ seq, uid: context.newId(), name: 'settings.update@1', args: { weekStart: 1 }, at }];
    return app.call<PushResponse>('POST', '/sync/push', { as, body: { ...envelope, muts } });
  };
  await push(owner, 1);
  const pushed = await push(stranger, 2);
  if (pushed.body.stop !== 'wrong_user') faults.push(`a stranger pushes from the device of the owner`);
  const pulled = await app.call<PullResponse>('POST', '/sync/pull', {
    as: stranger,
    body: { ...envelope, last: 0, cur: {} },
  });
  if (pulled.body.stop !== 'wrong_user') faults.push(`a stranger pulls for the device of the owner`);
}

interface ParsedQuery {
  readonly ast: {
    readonly panes: readonly { readonly where: { readonly name: { readonly ids: readonly string[] } } }[];
  };
}

/** A line or a filter finds what it names among the things of its author only. */
async function checkNames({ app, principals, own, projects }: World, faults: string[]): Promise<void> {
  for (const name of ['owner', 'stranger'] as const) {
    const as = principals[name];
    if (!as) continue;
    const seen = name === 'owner' ? projects.shared : projects.foreign;
    for (const group of ['shared', 'foreign'] as const) {
      const body = { text: `x #"Project ${canary(group)}"`, dryRun: true };
      const found = await app.call('POST', '/quick-add', { as, body });
      const expected = seen.name === group ? seen.project : null;
      if (found.body['projectId'] !== expected) faults.push(`a line of ${name} names the ${group} project`);
      const query = `#"Project ${canary(group)}"`;
      const { body: filter } = await app.call<ParsedQuery>('POST', '/filters/parse', { as, body: { query } });
      const [pane] = filter.ast.panes;
      if (pane?.where.name.ids[0] !== (expected ?? undefined)) {
        faults.push(`a filter of ${name} names the ${group} project`);
      }
    }
    const ofStranger = { text: `x @"own label ${canary('stranger').toUpperCase()}"`, dryRun: true };
    const labels = (await app.call('POST', '/quick-add', { as, body: ofStranger })).body['labels'] as string[];
    const isKnown = labels[0] === `own label ${canary('stranger')}`;
    if (isKnown !== (own[name] === own.stranger)) faults.push(`a line of ${name} names a label of the stranger`);
  }
}

/** What goes to the inbox goes to one's own; the demo account shares nothing. */
async function checkDefaults(world: World, faults: string[]): Promise<void> {
  const { app } = world;
  for (const name of ['owner', 'stranger', 'viewer'] as const) {
    const as = world.principals[name];
    if (!as) continue;
    const { status, body } = await app.call('POST', '/tasks', { as, body: { title: 'To the inbox' } });
    if (status !== 201 || body['projectId'] !== world.own[name].inbox) faults.push(`the inbox of ${name}: ${status}`);
    const { section, task } = world.projects.foreign;
    for (const place of [{ sectionId: section }, { parentId: task }]) {
      const given = (value: object) => app.call('POST', '/tasks', { as, body: { title: 'x', ...value } });
      const absent = Object.fromEntries(Object.keys(place).map((key) => [key, world.nonexistent.task]));
      const [foreign, none] = [await given(place), await given(absent)];
      const isSame =
        JSON.stringify({ ...foreign.body, requestId: '' }) === JSON.stringify({ ...none.body, requestId: '' });
      if (name !== 'stranger' && !isSame)
        faults.push(`${name} tells a foreign place from an absent one: ${Object.keys(place).join()}`);
    }
  }
  const as = world.principals.demo;
  if (!as) return;
  const project = await app.call('POST', '/projects', { as, body: { name: 'Demo' } });
  const path = `/projects/${String(project.body['id'])}/members`;
  const shared = await app.call('POST', path, { as, body: { username: 'cnryeverybodyx', role: 'viewer' } });
  if (shared.status !== 403) faults.push(`the demo account shares a project: ${shared.status}`);
}
