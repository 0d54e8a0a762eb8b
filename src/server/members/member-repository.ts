import { notFound } from '#core/errors.ts';
import { foldUsername } from '#core/auth/credentials.ts';
import type { Member } from '#core/projects/member.ts';
import { ROLES } from '#core/projects/role.ts';
import { projectScope } from '#core/rows.ts';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { MemberTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

const MEMBERS = prepareQuery<{ readonly userId: string; readonly scope: string }, MemberTable>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .innerJoin('member as m', 'm.scope_id', 'a.scope_id')
    .where('a.scope_id', '=', param('scope'))
    .select(columnsOf('member').map((column) => `m.${column}` as const)),
);

/** The members of a project, the strongest role first. A project that the user may not see has none. */
export async function listMembers(database: Database, userId: string, projectId: string): Promise<Member[]> {
  const stored = await MEMBERS.all(database, { userId, scope: projectScope(projectId) });
  // Whoever sees a project is in it.
  if (stored.length === 0) throw notFound('project');
  return stored
    .map((row) => decodeRow('member', row))
    .toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || (a.username < b.username ? -1 : 1));
}

export async function getMember(
  database: Database,
  userId: string,
  at: { projectId: string; userId: string },
): Promise<Member> {
  const member = (await listMembers(database, userId, at.projectId)).find((each) => each.userId === at.userId);
  if (!member) throw notFound('member');
  return member;
}

const ACCOUNT = prepareQuery<{ readonly username: string }, { id: string }>((db, param) =>
  db.selectFrom('user').where('username', '=', param('username')).select('id'),
);

/** The account of a name. That it exists must only be told to those who may add it somewhere. */
export async function findAccountId(database: Database, username: string): Promise<string | undefined> {
  return (await ACCOUNT.first(database, { username: foldUsername(username) }))?.id;
}
