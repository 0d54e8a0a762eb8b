import { type TSchema, Type } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { validationFailed } from '#core/errors.ts';

/** Room for the longest title, by which filters may sort. */
const CURSOR_MAX = 4096;

export const CursorParam = Type.String({
  maxLength: CURSOR_MAX,
  pattern: '^[A-Za-z0-9_-]+$',
  description: '`nextCursor` of the page before',
});

/** The place behind which a page begins, for clients to hand back unread. It grants nothing. */
export function encodeCursor(list: string, place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

export interface CursorCodec<Place> {
  decode(cursor: string): Place;
  encode(place: Place): string;
}

/** `list` names the list and its order: a cursor of another one is refused. */
export function createCursorCodec<Place extends readonly (string | number)[]>(
  list: string,
  schema: TSchema,
): CursorCodec<Place> {
  let validator: Validator | undefined;
  return {
    encode: (place) => encodeCursor(list, place),
    decode(cursor) {
      const [name, ...values] = parse(cursor);
      validator ??= Compile(schema);
      if (name !== list || !validator.Check(values)) {
        throw validationFailed('/cursor', 'This is not a cursor of this list in this order.');
      }
      // Just checked.
      return values as unknown as Place;
    },
  };
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    // Not ours; the caller says so.
    return [];
  }
}
