import { notFound } from '#core/errors.ts';
import { rankAtEnd, rankAtStart } from '#core/ordering.ts';
import { projectScope } from '#core/rows.ts';
import type { Section } from '#core/sections/section.ts';
import type { Database, Db } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { SectionTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

const sectionColumns = columnsOf('section').map((column) => `s.${column}` as const);

/** Projects that the user may see, with their sections where they have any. */
function visibleSections(db: Db, userId: string) {
  return fromVisibleScopes(db, userId)
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('p.deleted_at', 'is', null)
    .innerJoin('section as s', 's.scope_id', 'a.scope_id')
    .select(sectionColumns);
}

const ONE = prepareQuery<{ readonly userId: string; readonly id: string }, SectionTable>((db, param) =>
  visibleSections(db, param('userId')).where('s.id', '=', param('id')),
);
const OF_PROJECT = prepareQuery<{ readonly userId: string; readonly scope: string }, SectionTable>((db, param) =>
  visibleSections(db, param('userId'))
    .where('a.scope_id', '=', param('scope'))
    .where('s.deleted_at', 'is', null)
    .orderBy('s.rank')
    .orderBy('s.id'),
);
const PROJECT = prepareQuery<{ readonly userId: string; readonly scope: string }, { id: string }>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('project as p', 'p.scope_id', 'a.scope_id')
    .where('a.scope_id', '=', param('scope'))
    .where('p.deleted_at', 'is', null)
    .select('p.id'),
);
const RANKS = prepareQuery<{ readonly scope: string }, { id: string; rank: string }>((db, param) =>
  db.selectFrom('section').where('scope_id', '=', param('scope')).select(['id', 'rank']),
);

/** A section that the user may see; in the trash or not. */
export async function getSection(database: Database, userId: string, id: string): Promise<Section> {
  const stored = await ONE.first(database, { userId, id });
  if (!stored) throw notFound('section');
  return decodeRow('section', stored);
}

/** The sections of a project in their order. Throws `not_found` for a project that the user may not see. */
export async function listSections(database: Database, userId: string, projectId: string): Promise<Section[]> {
  const params = { userId, scope: projectScope(projectId) };
  const stored = await OF_PROJECT.all(database, params);
  if (stored.length === 0 && !(await PROJECT.first(database, params))) throw notFound('project');
  return stored.map((row) => decodeRow('section', row));
}

/** A rank tells nothing; the mutator that receives the new one decides whether the user may write here. */
export async function rankForSection(
  database: Database,
  projectId: string,
  position: 'start' | 'end',
): Promise<string> {
  const ranks = await RANKS.all(database, { scope: projectScope(projectId) });
  return position === 'end' ? rankAtEnd(ranks) : rankAtStart(ranks);
}
