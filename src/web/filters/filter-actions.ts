import { createFilter, deleteFilter, updateFilter } from '#core/filters/saved-filter-mutators.ts';
import type { SavedFilter } from '#core/filters/saved-filter.ts';
import { rankAtEnd, rankBetween } from '#core/ordering.ts';
import type { Color } from '#core/schema.ts';
import type { Replica } from '#web/replica/replica.ts';

export interface FilterDraft {
  readonly name: string;
  /** In its stored form. */
  readonly query: string;
  readonly color: Color;
}

export function addFilter(replica: Replica, draft: FilterDraft): string {
  const id = replica.newId();
  const rank = rankAtEnd(replica.list('userFilters', replica.account.userId));
  replica.mutate(createFilter, { ...draft, id, rank });
  return id;
}

export function editFilter(replica: Replica, { id, name, query, color }: SavedFilter, draft: FilterDraft): void {
  if (draft.name === name && draft.query === query && draft.color === color) return;
  replica.mutate(updateFilter, { id, ...draft });
}

export function removeFilter(replica: Replica, { id }: SavedFilter): void {
  replica.mutate(deleteFilter, { id });
}

export function moveFilter(
  replica: Replica,
  filters: readonly SavedFilter[],
  id: string,
  direction: 'up' | 'down',
): void {
  const rank = filterRank(filters, id, direction);
  if (rank !== null) replica.mutate(updateFilter, { id, rank });
}

/** The rank that moves a filter past its neighbour; null at that end. */
export function filterRank(filters: readonly SavedFilter[], id: string, direction: 'up' | 'down'): string | null {
  const index = filters.findIndex((filter) => filter.id === id);
  const at = (i: number): string | null => filters[i]?.rank ?? null;
  if (index < 0 || index === (direction === 'up' ? 0 : filters.length - 1)) return null;
  return direction === 'up' ? rankBetween(at(index - 2), at(index - 1)) : rankBetween(at(index + 1), at(index + 2));
}
