import { UUID_PATTERN } from '#core/ids.ts';
import { hashDatabase } from './database-hash.ts';
import { type MatrixReport, scan, send } from './matrix.ts';
import { MUTATIONS, NEW_IDS } from './mutations.ts';
import { OPERATIONS, type Wanted } from './operations.ts';
import { push } from './push-matrix.ts';
import type { Contents, World } from './world.ts';

const UUID = new RegExp(UUID_PATTERN.slice(1, -1), 'g');

/** Requests of the owner in which every field that can name something does. */
export function fullRequests(world: World): Map<string, Wanted> {
  const { shared, private: other } = world.projects;
  const place = { projectId: shared.project, sectionId: shared.section, parentId: shared.task };
  const assigned = { ...place, assigneeId: shared.user };
  const full = new Map<string, Wanted>();
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    if (operation.on === 'project') full.set(route, operation.request(shared));
    if (operation.on === 'belonging') full.set(route, operation.request(world.own.owner));
  }
  const more: Readonly<Record<string, Wanted>> = {
    'GET /tasks': { path: `/tasks?projectId=${shared.project}&sectionId=${shared.section}` },
    'POST /tasks': { path: '/tasks', body: { title: 'New', ...assigned } },
    'PATCH /tasks/:id': { path: `/tasks/${shared.subtask}`, body: assigned },
    'POST /tasks/:id/move': { path: `/tasks/${shared.subtask}/move`, body: place },
    'PATCH /projects/:id': { path: `/projects/${shared.project}`, body: { parentId: other.project } },
    'POST /projects/:id/move': { path: `/projects/${shared.project}/move`, body: { parentId: other.project } },
  };
  for (const [route, wanted] of Object.entries(more)) full.set(route, wanted);
  return full;
}

/** Everything that the stranger has and the owner must not reach. */
function foreignIds(world: World): readonly string[] {
  const { project, section, trashedSection, task, trashedTask, comment, user } = world.projects.foreign;
  const { inbox, inboxTask, label, filter, favourite, session, mutation } = world.own.stranger;
  const inProject = [project, section, trashedSection, task, trashedTask, comment, user];
  return inProject.concat(inbox, inboxTask, label, filter, favourite, session, mutation);
}

/** Puts a foreign id into every field that names something, one at a time; nothing of it may work or differ from an absent id. */
export async function runForeignIds(world: World): Promise<MatrixReport> {
  const faults = world.newFaults();
  let cases = 0;
  const before = await hashDatabase(world.app.database);
  for (const [route, wanted] of fullRequests(world)) {
    const text = JSON.stringify(wanted);
    for (const found of text.matchAll(UUID)) {
      const replaced = (id: string): Wanted => JSON.parse(replaceAt(text, found, id)) as Wanted;
      const absent = await send(world, route, 'owner', replaced(world.nonexistent.task));
      for (const id of foreignIds(world)) {
        cases++;
        const answer = await send(world, route, 'owner', replaced(id));
        const title = `${route} with a foreign id in place of ${found[0]} of ${text}`;
        if (answer.status < 400) faults.push(`${title}: ${answer.status}`);
        else if (plain(answer.body) !== plain(absent.body)) faults.push(`${title}: told from an absent one`);
        scan(title, 'owner', answer, faults);
      }
    }
    for (const crossed of crossedRequests(world, wanted)) {
      cases++;
      const { status } = await send(world, route, 'owner', crossed);
      if (status < 400)
        faults.push(`${route} accepts a child of one project below another: ${JSON.stringify(crossed)}`);
    }
  }
  if ((await hashDatabase(world.app.database)) !== before)
    faults.push('a request with a foreign id changed the database');
  return { cases, faults };
}

function replaceAt(text: string, found: RegExpExecArray, id: string): string {
  return text.slice(0, found.index) + id + text.slice(found.index + found[0].length);
}

function plain(body: unknown): string {
  return JSON.stringify({ ...(body as object), requestId: '' });
}

/** A body that names several things, each of them in turn of another project that the owner may see. */
function crossedRequests({ projects }: World, { path, body }: Wanted): Wanted[] {
  const text = JSON.stringify(body ?? {});
  const ids = Array.from(text.matchAll(UUID));
  const kinds = Object.keys(projects.shared) as (keyof Contents)[];
  return ids.flatMap((found) => {
    const kind = kinds.find((each) => projects.shared[each] === found[0]);
    const other = kind && kind !== 'user' ? projects.private[kind] : undefined;
    return ids.length > 1 && typeof other === 'string'
      ? [{ path, body: JSON.parse(replaceAt(text, found, other)) as unknown }]
      : [];
  });
}

/** The same for the arguments of every mutator. */
export async function runForeignArguments(world: World): Promise<MatrixReport> {
  const faults = world.newFaults();
  const { newId } = world.app.context;
  const sent: { name: string; args: unknown; title: string; absent: boolean; isNew: boolean }[] = [];
  for (const [name, each] of Object.entries(MUTATIONS)) {
    if (each.on !== 'project' && each.on !== 'belonging') continue;
    const args = each.on === 'project' ? each.args(world.projects.shared, newId) : each.args(world.own.owner, newId);
    const text = JSON.stringify(args);
    for (const found of text.matchAll(UUID)) {
      const isNew = NEW_IDS[name]?.some((pointer) => valueAt(args, pointer) === found[0]) ?? false;
      const ids = isNew ? foreignOfKind(world, name) : [world.nonexistent.task, ...foreignIds(world)];
      for (const [i, id] of ids.entries()) {
        const title = `${name} with a foreign id in place of ${found[0]} of ${text}`;
        sent.push({ name, args: JSON.parse(replaceAt(text, found, id)), title, absent: i === 0, isNew });
      }
    }
  }
  const before = await hashDatabase(world.app.database, { refusals: true });
  const outcomes = await push(world, 'owner', sent, faults);
  let absent = '';
  for (const [i, each] of sent.entries()) {
    const { status, code = '', detail = '' } = (outcomes === 401 ? undefined : outcomes[i]) ?? { status: 'unanswered' };
    const told = `${code} ${detail}`;
    if (each.absent) absent = told;
    if (status !== 'rejected') faults.push(`${each.title}: ${status}`);
    else if (!each.isNew && told !== absent) faults.push(`${each.title}: ${told} instead of ${absent}`);
  }
  if ((await hashDatabase(world.app.database, { refusals: true })) !== before) {
    faults.push('a mutation with a foreign id changed the database');
  }
  return { cases: sent.length, faults };
}

/** Something that exists and has the kind of what a mutator makes: an id that is taken. */
function foreignOfKind({ projects, own }: World, name: string): string[] {
  const { project, section, task, comment } = projects.foreign;
  const kind = name.slice(0, name.indexOf('.'));
  const ids: Readonly<Record<string, string>> = { project, section, task, comment, ...own.stranger };
  const id = ids[kind];
  if (!id) throw new Error(`nothing of the kind ${kind}`);
  return [id];
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((at, key) => (at as Record<string, unknown>)[key], value);
}
