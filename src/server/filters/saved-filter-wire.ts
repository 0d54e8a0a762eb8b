import { type Static, Type } from 'typebox';
import { SavedFilter } from '#core/filters/saved-filter.ts';

const { properties } = SavedFilter;

export const WireFilter = Type.Object(
  {
    id: properties.id,
    name: properties.name,
    query: Type.String({ description: 'With the names of today; as it was stored when it cannot be read any more' }),
    color: properties.color,
    rank: properties.rank,
    rev: properties.rev,
    createdAt: properties.createdAt,
    updatedAt: properties.updatedAt,
  },
  { $id: 'Filter', title: 'Filter' },
);
export type WireFilter = Static<typeof WireFilter>;

export const FilterRef = Type.Unsafe<WireFilter>({ $ref: 'Filter#' });

export function presentFilter(filter: SavedFilter, query: string): WireFilter {
  const { id, name, color, rank, rev, createdAt, updatedAt } = filter;
  return { id, name, query, color, rank, rev, createdAt, updatedAt };
}
