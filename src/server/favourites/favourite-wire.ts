import { type Static, Type } from 'typebox';
import { Favourite } from '#core/users/favourite.ts';

const { properties } = Favourite;

export const WireFavourite = Type.Object(
  {
    id: properties.id,
    targetKind: properties.targetKind,
    targetId: properties.targetId,
    rank: properties.rank,
    rev: properties.rev,
    createdAt: properties.createdAt,
    updatedAt: properties.updatedAt,
  },
  { $id: 'Favourite', title: 'Favourite' },
);
export type WireFavourite = Static<typeof WireFavourite>;

export const FavouriteRef = Type.Unsafe<WireFavourite>({ $ref: 'Favourite#' });

export function presentFavourite(favourite: Favourite): WireFavourite {
  return {
    id: favourite.id,
    targetKind: favourite.targetKind,
    targetId: favourite.targetId,
    rank: favourite.rank,
    rev: favourite.rev,
    createdAt: favourite.createdAt,
    updatedAt: favourite.updatedAt,
  };
}
