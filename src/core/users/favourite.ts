import { Type, type Static } from 'typebox';
import { Id, Rank, rowFields } from '#core/schema.ts';

export const FavouriteKind = Type.Enum(['project', 'section', 'label', 'filter']);

/** A shortcut in the sidebar. Its target may have vanished for this person; then it is not shown. */
export const Favourite = Type.Object({
  ...rowFields,
  userId: Id,
  targetKind: FavouriteKind,
  targetId: Id,
  rank: Rank,
});
export type Favourite = Static<typeof Favourite>;
