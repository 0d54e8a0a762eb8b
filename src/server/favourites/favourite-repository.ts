import { notFound } from '#core/errors.ts';
import { rankAtEnd, rankAtStart } from '#core/ordering.ts';
import type { Favourite } from '#core/users/favourite.ts';
import type { Database } from '#server/db/database.ts';
import { prepareQuery } from '#server/db/prepared-query.ts';
import { columnsOf, decodeRow } from '#server/db/row-codec.ts';
import type { FavouriteTable } from '#server/db/schema.ts';
import { fromVisibleScopes } from '#server/db/visible-scopes.ts';

const ALL = prepareQuery<{ readonly userId: string }, FavouriteTable>((db, param) =>
  fromVisibleScopes(db, param('userId'))
    .innerJoin('favourite as f', 'f.scope_id', 'a.scope_id')
    .select(columnsOf('favourite').map((column) => `f.${column}` as const))
    .orderBy('f.rank')
    .orderBy('f.id'),
);

/** The favourites of the user, in their order. */
export async function listFavourites(database: Database, userId: string): Promise<Favourite[]> {
  return (await ALL.all(database, { userId })).map((row) => decodeRow('favourite', row));
}

export async function getFavourite(
  database: Database,
  userId: string,
  is: (favourite: Favourite) => boolean,
): Promise<Favourite> {
  const found = (await listFavourites(database, userId)).find(is);
  if (!found) throw notFound('favourite');
  return found;
}

export async function rankForFavourite(database: Database, userId: string, position: 'start' | 'end'): Promise<string> {
  const favourites = await listFavourites(database, userId);
  return position === 'end' ? rankAtEnd(favourites) : rankAtStart(favourites);
}
