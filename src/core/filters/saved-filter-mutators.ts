import { Type } from 'typebox';
import { DomainError, notFound, validationFailed } from '#core/errors.ts';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { ColorName, Id, optionalFields, Rank } from '#core/schema.ts';
import { FILTERS_MAX, SavedFilter } from './saved-filter.ts';

const strict = { additionalProperties: false };
const { name, query } = SavedFilter.properties;

function authorizeFilter(tx: MutatorTx, id: string): SavedFilter {
  const filter = tx.get('filter', id);
  if (!filter || filter.userId !== tx.actor.userId) throw notFound('filter');
  return filter;
}

export const createFilter = defineMutator({
  name: 'filter.create',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, name, query, color: Type.Optional(ColorName), rank: Rank }, strict),
  authorize(tx, args) {
    if (tx.get('filter', args.id)) throw new DomainError('conflict', 'A filter with this id already exists.');
  },
  run(tx, args) {
    const { userId } = tx.actor;
    if (tx.list('userFilters', userId).length >= FILTERS_MAX)
      throw validationFailed('', `There can be at most ${FILTERS_MAX} filters.`);
    const { id, rank } = args;
    tx.put('filter', { id, userId, name: spelled(args.name), query: args.query, color: args.color ?? 'slate', rank });
  },
});

export const updateFilter = defineMutator({
  name: 'filter.update',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id, ...optionalFields({ name, query, color: ColorName, rank: Rank }) }, strict),
  authorize: (tx, args) => authorizeFilter(tx, args.id),
  run: (tx, args, filter) =>
    tx.put('filter', { ...filter, ...args, name: args.name === undefined ? filter.name : spelled(args.name) }),
});

export const deleteFilter = defineMutator({
  name: 'filter.delete',
  version: 1,
  undoable: true,
  args: Type.Object({ id: Id }, strict),
  authorize: (tx, args) => authorizeFilter(tx, args.id),
  run(tx, _args, filter) {
    for (const favourite of tx.list('userFavourites', filter.userId)) {
      if (favourite.targetId === filter.id) tx.delete('favourite', favourite.id);
    }
    tx.delete('filter', filter.id);
  },
});

function spelled(given: string): string {
  return given.trim().normalize('NFC');
}
