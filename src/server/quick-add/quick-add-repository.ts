import { projectScope, userScope } from '#core/rows.ts';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

export interface NamedProject {
  readonly id: string;
  readonly name: string;
  readonly isInbox: boolean;
  readonly isArchived: boolean;
}

const PROJECTS = prepareQuery<
  { readonly userId: string },
  { id: string; name: string; inbox: number; archived_at: unknown }
>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .select(['p.id', 'p.name', 'p.inbox', 'p.archived_at'])
    .orderBy('p.rank')
    .orderBy('p.id'),
);

/** Every project that the user may see, but for those in the trash. */
export async function listNamedProjects(database: Database, userId: string): Promise<NamedProject[]> {
  const stored = await PROJECTS.all(database, { userId });
  return stored.map(({ id, name, inbox, archived_at: archivedAt }) => ({
    id,
    name,
    isInbox: inbox === 1,
    isArchived: archivedAt !== null,
  }));
}

const SECTIONS = prepareQuery<{ readonly scope: string }, { id: string; name: string }>((db, param) =>
  db
    .selectFrom('section')
    .where('scope_id', '=', param('scope'))
    .where('deleted_at', 'is', null)
    .select(['id', 'name'])
    .orderBy('rank')
    .orderBy('id'),
);
const MEMBERS = prepareQuery<{ readonly scope: string }, { user_id: string; display_name: string; username: string }>(
  (db, param) =>
    db
      .selectFrom('member')
      .where('scope_id', '=', param('scope'))
      .select(['user_id', 'display_name', 'username'])
      .orderBy('username'),
);

/** Sections and members of a project that `listNamedProjects` gave: whoever sees it may see these. */
export async function listNamesOf(database: Database, projectId: string) {
  const scope = projectScope(projectId);
  const [sections, members] = await Promise.all([SECTIONS.all(database, { scope }), MEMBERS.all(database, { scope })]);
  return {
    sections: sections.map(({ id, name }) => ({ id, name, projectId })),
    members: members.map((each) => ({
      projectId,
      userId: each.user_id,
      displayName: each.display_name,
      username: each.username,
    })),
  };
}

const LABELS = prepareQuery<{ readonly scope: string }, { id: string; name: string; rank: string }>((db, param) =>
  db.selectFrom('label').where('scope_id', '=', param('scope')).select(['id', 'name', 'rank']),
);
/** The labels of a user, in no order. */
export function listOwnLabels(database: Database, userId: string) {
  return LABELS.all(database, { scope: userScope(userId) });
}
