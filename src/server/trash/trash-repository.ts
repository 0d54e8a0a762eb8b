import { sql } from 'kysely';
import { can, ROLES, type ProjectAction } from '#core/projects/role.ts';
import type { Database, Db } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { formatInstant } from '#server/db/instant.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { LIMIT_MAX } from '#server/rest/page.ts';

export interface TrashedItem {
  readonly kind: 'project' | 'section' | 'task';
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly rev: number;
  readonly deletedAt: string;
}

interface TrashParams {
  readonly userId: string;
  readonly deletedAt: number;
  readonly id: string;
}

interface StoredItem {
  readonly id: string;
  readonly scope_id: string;
  readonly name: string;
  readonly rev: number;
  readonly deleted_at: number;
}

/** Of a project in the trash only the project itself is listed: the rest comes back with it. */
function activeProjects(db: Db, userId: string) {
  return fromVisibleScopes(db, userId)
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null);
}

/** Whether a task went to the trash by itself and not together with what it is in. */
const wentAlone = sql<boolean>`not exists (
    select 1 from task q where q.id = t.parent_id and q.deleted_at = t.deleted_at
  ) and not exists (
    select 1 from section s where s.id = t.section_id and s.deleted_at = t.deleted_at
  )`;

const PROJECTS = prepareQuery<TrashParams, StoredItem>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('project as x', 'x.scope_id', 'a.scope_id')
    .where((eb) => eb(eb.refTuple('x.deleted_at', 'x.id'), '<', eb.tuple(param('deletedAt'), param('id'))))
    .orderBy('x.deleted_at', 'desc')
    .orderBy('x.id', 'desc')
    .limit(sql.lit(LIMIT_MAX + 1))
    .select(['x.id', 'x.scope_id', 'x.name', 'x.rev', 'x.deleted_at'])
    .$narrowType<{ deleted_at: number }>(),
);

const SECTIONS = prepareQuery<TrashParams, StoredItem>((db, param) =>
  activeProjects(db, param('userId'))
    .innerJoin('section as x', 'x.scope_id', 'a.scope_id')
    .where((eb) => eb(eb.refTuple('x.deleted_at', 'x.id'), '<', eb.tuple(param('deletedAt'), param('id'))))
    .orderBy('x.deleted_at', 'desc')
    .orderBy('x.id', 'desc')
    .limit(sql.lit(LIMIT_MAX + 1))
    .select(['x.id', 'x.scope_id', 'x.name', 'x.rev', 'x.deleted_at'])
    .$narrowType<{ deleted_at: number }>(),
);

const TASKS = prepareQuery<TrashParams, StoredItem>((db, param) =>
  activeProjects(db, param('userId'))
    .innerJoin('task as t', 't.scope_id', 'a.scope_id')
    .where((eb) => eb(eb.refTuple('t.deleted_at', 't.id'), '<', eb.tuple(param('deletedAt'), param('id'))))
    .where('t.deleted_at', 'is not', null)
    .where(wentAlone)
    .orderBy('t.deleted_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(sql.lit(LIMIT_MAX + 1))
    .select(['t.id', 't.scope_id', 't.title as name', 't.rev', 't.deleted_at'])
    .$narrowType<{ deleted_at: number }>(),
);

const LISTS = { project: PROJECTS, section: SECTIONS, task: TASKS } as const;
const BEGINNING: readonly [number, string] = [Number.MAX_SAFE_INTEGER, ''];

/** What the user may see in the trash, the last deleted first. */
export async function listTrash(
  database: Database,
  userId: string,
  { limit, after: [deletedAt, id] = BEGINNING }: { limit: number; after: readonly [number, string] | undefined },
): Promise<TrashedItem[]> {
  const items: TrashedItem[] = [];
  for (const kind of ['project', 'section', 'task'] as const) {
    for (const row of await LISTS[kind].all(database, { userId, deletedAt, id })) {
      const { scope_id: scope, deleted_at: at, ...rest } = row;
      items.push({ kind, ...rest, projectId: scope.slice(2), deletedAt: formatInstant(at) });
    }
  }
  return items.toSorted(byLastDeleted).slice(0, limit);
}

function byLastDeleted(a: TrashedItem, b: TrashedItem): number {
  if (a.deletedAt !== b.deletedAt) return a.deletedAt < b.deletedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

const rolesFor = (action: ProjectAction) => ROLES.filter((role) => can(role, action));

const DISPOSABLE_PROJECTS = prepareQuery<{ readonly userId: string }, { id: string }>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .where('a.role', 'in', rolesFor('project.delete'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is not', null)
    .select('p.id'),
);

const DISPOSABLE_SECTIONS = prepareQuery<{ readonly userId: string }, { id: string }>((db, param) =>
  activeProjects(db, param('userId'))
    .where('a.role', 'in', rolesFor('section.write'))
    .where('p.archived_at', 'is', null)
    .innerJoin('section as s', 's.scope_id', 'a.scope_id')
    .where('s.deleted_at', 'is not', null)
    .select('s.id'),
);

const DISPOSABLE_TASKS = prepareQuery<{ readonly userId: string }, { id: string }>((db, param) =>
  activeProjects(db, param('userId'))
    .where('a.role', 'in', rolesFor('task.write'))
    .where('p.archived_at', 'is', null)
    .innerJoin('task as t', 't.scope_id', 'a.scope_id')
    .where('t.deleted_at', 'is not', null)
    // A task goes with the one above it, and with its section.
    .where(sql<boolean>`not exists (select 1 from task q where q.id = t.parent_id and q.deleted_at is not null)`)
    .where(sql<boolean>`not exists (select 1 from section s where s.id = t.section_id and s.deleted_at is not null)`)
    .select('t.id'),
);

export interface Disposable {
  readonly projects: readonly string[];
  readonly tasks: readonly string[];
  readonly sections: readonly string[];
}

/** What emptying the trash of a user removes: what they may delete for good. */
export async function listDisposable(database: Database, userId: string): Promise<Disposable> {
  const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id);
  return {
    projects: ids(await DISPOSABLE_PROJECTS.all(database, { userId })),
    tasks: ids(await DISPOSABLE_TASKS.all(database, { userId })),
    sections: ids(await DISPOSABLE_SECTIONS.all(database, { userId })),
  };
}
