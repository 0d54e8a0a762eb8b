import type { FilterContext } from '#core/filters/filter-context.ts';
import { userScope } from '#core/rows.ts';
import type { ServerContext } from '#server/context.ts';
import type { Database, Db } from '#server/db/database.ts';
import { type Param, prepareQuery } from '#server/db/prepared-query.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';
import { getOwnSettings } from '#server/settings/own-settings.ts';

type Of = { readonly userId: string };

/** The projects that a filter can name: visible, and neither archived nor in the trash. */
function namedProjects(db: Db, param: Param<Of>) {
  return fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .where('p.archived_at', 'is', null);
}

const PROJECTS = prepareQuery<Of, { id: string; name: string; parent_id: string | null }>((db, param) =>
  namedProjects(db, param).select(['p.id', 'p.name', 'p.parent_id']),
);
const SECTIONS = prepareQuery<Of, { id: string; project_id: string; name: string }>((db, param) =>
  namedProjects(db, param)
    .innerJoin('section as s', 's.scope_id', 'a.scope_id')
    .where('s.deleted_at', 'is', null)
    .select(['s.id', 'p.id as project_id', 's.name']),
);
const MEMBERS = prepareQuery<Of, { project_id: string; user_id: string; display_name: string; username: string }>(
  (db, param) =>
    namedProjects(db, param)
      .innerJoin('member as m', 'm.scope_id', 'a.scope_id')
      .select(['p.id as project_id', 'm.user_id', 'm.display_name', 'm.username']),
);
const LABELS = prepareQuery<{ readonly scope: string }, { id: string; name: string }>((db, param) =>
  db.selectFrom('label').where('scope_id', '=', param('scope')).select(['id', 'name']),
);
/** With whose words dates are written. */
export interface UserFilterContext extends FilterContext {
  readonly locale: string;
}

/** Everything that a filter can mean to a user at this moment, and nothing that they cannot see. */
export async function readFilterContext(
  { database, clock }: ServerContext,
  userId: string,
): Promise<UserFilterContext> {
  const scope = userScope(userId);
  const [names, labels, settings] = await Promise.all([
    readSharedNames(database, userId),
    LABELS.all(database, { scope }),
    getOwnSettings(database, userId),
  ]);
  return {
    ...names,
    labels,
    ...settings,
    userId,
    now: clock.now(),
  };
}

async function readSharedNames(database: Database, userId: string) {
  const [projects, sections, members] = await Promise.all([
    PROJECTS.all(database, { userId }),
    SECTIONS.all(database, { userId }),
    MEMBERS.all(database, { userId }),
  ]);
  return {
    projects: projects.map(({ id, name, parent_id: parentId }) => ({ id, name, parentId })),
    sections: sections.map(({ id, project_id: projectId, name }) => ({ id, projectId, name })),
    members: members.map((each) => ({
      projectId: each.project_id,
      userId: each.user_id,
      displayName: each.display_name,
      username: each.username,
    })),
  };
}
