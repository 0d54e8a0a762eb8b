import { notFound } from '#core/errors.ts';
import type { SavedFilter } from '#core/filters/saved-filter.ts';
import { rankAtEnd, rankAtStart } from '#core/ordering.ts';
import type { Database, Db } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { FilterTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

function visibleFilters(db: Db, userId: string) {
  return fromVisibleScopes(db, userId)
    .innerJoin('filter as f', 'f.scope_id', 'a.scope_id')
    .select(columnsOf('filter').map((column) => `f.${column}` as const));
}

const ALL = prepareQuery<{ readonly userId: string }, FilterTable>((db, param) =>
  visibleFilters(db, param('userId')).orderBy('f.rank').orderBy('f.id'),
);
const ONE = prepareQuery<{ readonly userId: string; readonly id: string }, FilterTable>((db, param) =>
  visibleFilters(db, param('userId')).where('f.id', '=', param('id')),
);

/** The filters that the user keeps, in their order. */
export async function listFilters(database: Database, userId: string): Promise<SavedFilter[]> {
  return (await ALL.all(database, { userId })).map((row) => decodeRow('filter', row));
}

export async function getFilter(database: Database, userId: string, id: string): Promise<SavedFilter> {
  const stored = await ONE.first(database, { userId, id });
  if (!stored) throw notFound('filter');
  return decodeRow('filter', stored);
}

export async function rankForFilter(database: Database, userId: string, position: 'start' | 'end'): Promise<string> {
  const filters = await listFilters(database, userId);
  return position === 'end' ? rankAtEnd(filters) : rankAtStart(filters);
}
