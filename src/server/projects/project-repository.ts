import { notFound } from '#core/errors.ts';
import { byRank, rankAtEnd, rankAtStart } from '#core/ordering.ts';
import type { Role } from '#core/projects/role.ts';
import { projectScope } from '#core/rows.ts';
import { sql } from 'kysely';
import type { Database, Db } from '#server/db/database.ts';
import { type Param, prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { Flag, ProjectTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import type { SeenProject } from './project-wire.ts';

interface StoredProject extends ProjectTable {
  readonly seen_as: string;
  readonly parent_visible: Flag;
}

const projectColumns = columnsOf('project').map((column) => `p.${column}` as const);

function visibleProjects(db: Db, param: Param<{ readonly userId: string }>) {
  const parentVisible = sql<Flag>`case when exists (
    select 1 from access pa join project pp on pp.scope_id = pa.scope_id
    where pa.user_id = a.user_id and pp.id = p.parent_id and pp.deleted_at is null
  ) then 1 else 0 end`;
  return fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .select(projectColumns)
    .select('a.role as seen_as')
    .select(parentVisible.as('parent_visible'));
}

function seen(stored: StoredProject): SeenProject {
  return {
    project: decodeRow('project', stored),
    role: stored.seen_as as Role,
    parentVisible: stored.parent_visible === 1,
  };
}

const ALL = prepareQuery<{ readonly userId: string }, StoredProject>((db, param) =>
  visibleProjects(db, param).where('p.deleted_at', 'is', null),
);
const ONE = prepareQuery<{ readonly userId: string; readonly scope: string }, StoredProject>((db, param) =>
  visibleProjects(db, param as never).where('a.scope_id', '=', param('scope')),
);

/** The projects that the user may see and that are not in the trash, each followed by those below it. */
export async function listProjects(
  database: Database,
  userId: string,
  { archived }: { readonly archived: boolean | undefined },
): Promise<SeenProject[]> {
  const stored = (await ALL.all(database, { userId })).map(seen);
  return inTreeOrder(stored).filter(
    ({ project }) => archived === undefined || (project.archivedAt !== null) === archived,
  );
}

/** A project that the user may see, also one in the trash. */
export async function getProject(database: Database, userId: string, id: string): Promise<SeenProject> {
  const stored = await ONE.first(database, { userId, scope: projectScope(id) });
  if (!stored) throw notFound('project');
  return seen(stored);
}

function inTreeOrder(all: readonly SeenProject[]): SeenProject[] {
  const byParent = Map.groupBy(all, ({ project, parentVisible }) => (parentVisible ? project.parentId : null));
  const ordered = new Set<SeenProject>();
  const visit = (parentId: string | null): void => {
    const children = byParent.get(parentId) ?? [];
    for (const each of children.toSorted((a, b) => byRank(a.project, b.project))) {
      ordered.add(each);
      visit(each.project.id);
    }
  };
  visit(null);
  // Two moves at once can close a circle, which no walk from the top would meet.
  return [...ordered, ...all.filter((each) => !ordered.has(each))];
}

/** A rank beyond every project that the user sees, so beyond every sibling. */
export async function rankForProject(database: Database, userId: string, position: 'start' | 'end'): Promise<string> {
  const projects = (await ALL.all(database, { userId })).map(({ id, rank }) => ({ id, rank }));
  return position === 'end' ? rankAtEnd(projects) : rankAtStart(projects);
}
