import { Type, type Static } from 'typebox';
import { ColorName, Id, Name, Rank, rowFields, Text } from '#core/schema.ts';

export const FILTER_NAME_MAX = 120;
/** Names that were bound to ids take more room than people type (QUERY_MAX). */
export const STORED_QUERY_MAX = 20_000;
export const FILTERS_MAX = 500;

/** A query that a person keeps. */
export const SavedFilter = Type.Object({
  ...rowFields,
  userId: Id,
  name: Name(FILTER_NAME_MAX),
  /** As `storeFilter` writes it: names are bound to ids. What cannot be read any more is shown as it is. */
  query: Text(STORED_QUERY_MAX),
  color: ColorName,
  rank: Rank,
});
export type SavedFilter = Static<typeof SavedFilter>;
