import { type TSchema, Type } from 'typebox';
import { CursorParam } from './cursor.ts';

export const LIMIT_MAX = 200;
export const LIMIT_DEFAULT = 50;

export const limitParam = Type.Integer({
  minimum: 1,
  maximum: LIMIT_MAX,
  default: LIMIT_DEFAULT,
  description: 'Rows of a page',
});

export const pageParams = {
  limit: Type.Optional(limitParam),
  cursor: Type.Optional(CursorParam),
};

export function Page<S extends TSchema>(item: S) {
  return Type.Object({
    items: Type.Array(item),
    nextCursor: Type.Union([Type.String(), Type.Null()], { description: 'Null on the last page' }),
  });
}

/** `rows` holds one more than `limit` where there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  cursorOf: (last: Row) => string,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(present), nextCursor: last !== undefined && rows.length > limit ? cursorOf(last) : null };
}
