import { type Static, type TOptional, type TProperties, type TSchema, Type } from 'typebox';
import { UUID_PATTERN } from './ids.ts';

/** Schema fragments that every entity uses, with the limits that the documentation states. */
export const Id = Type.String({ pattern: UUID_PATTERN, description: 'UUID, lower case' });

/** RFC 3339 in UTC with milliseconds, the only spelling in which Tend stores and sends instants. */
export const Instant = Type.String({
  pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$`,
  description: 'Instant in UTC, RFC 3339 with milliseconds',
});

export const WallDate = Type.String({ format: 'date', description: 'Calendar date, YYYY-MM-DD' });

export const WallTime = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'Wall-clock time, HH:MM',
});

export const TimeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
  description: 'IANA time zone',
});

/** Fractional index (github.com/rocicorp/fractional-indexing): compares as plain ASCII. */
export const Rank = Type.String({ minLength: 1, maxLength: 256, pattern: '^[A-Za-z0-9]+$', description: 'Position' });

/** One line: no control characters, not only white space. */
export const NAME_PATTERN = String.raw`^(?=[\s\S]*\S)[^\u0000-\u001f\u007f]*$`;

/** Text of several lines: NUL is the one character that neither database stores. */
export const TEXT_PATTERN = String.raw`^[^\u0000]*$`;

export function Name(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: NAME_PATTERN });
}

export function Text(maxLength: number) {
  return Type.String({ maxLength, pattern: TEXT_PATTERN });
}

export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/**
 * The same fields, none of them required. TypeBox has `Type.Partial` and `Type.Record`, but either brings its whole
 * type engine, 10 kB, into the web app.
 */
export function optionalFields<P extends TProperties>(fields: P): { [F in keyof P]: TOptional<P[F]> } {
  return Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)])) as {
    [F in keyof P]: TOptional<P[F]>;
  };
}

/** An object used as a map. Keys that do not match `keys` are refused. */
export function MapOf<T extends TSchema>(schema: T, keys = '') {
  return Type.Unsafe<Record<string, Static<T>>>({
    type: 'object',
    patternProperties: { [keys]: schema },
    additionalProperties: false,
  });
}

/** The colours that a project or label can have; each has a light and a dark rendering. */
export const COLORS = [
  'ruby',
  'coral',
  'amber',
  'lime',
  'fern',
  'teal',
  'sky',
  'indigo',
  'violet',
  'orchid',
  'stone',
  'slate',
] as const;

export type Color = (typeof COLORS)[number];

export const ColorName = Type.Enum([...COLORS]);

/** The columns that every synchronised row has. `rev` counts its versions from 1. */
export const rowFields = {
  id: Id,
  rev: Type.Integer({ minimum: 1 }),
  createdAt: Instant,
  updatedAt: Instant,
};
