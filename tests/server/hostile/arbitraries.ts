import fc from 'fast-check';
import { NAME_PATTERN, TEXT_PATTERN } from '#core/schema.ts';
import { UUID_PATTERN } from '#core/ids.ts';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from './corpus.ts';

export interface JsonSchema {
  readonly type?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostileText, weight: 3 },
  { arbitrary: fc.constantFrom(...HOSTILE_VALUES), weight: 2 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
  { arbitrary: fc.double(), weight: 1 },
);

/** Values that the schema takes, mostly: where it cannot be followed, something near. */
export function validValue(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => validValue(each, ids)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return validText(schema, ids);
    case 'integer':
    case 'number':
      return fc.integer({
        min: schema.minimum ?? -1_000,
        max: Math.max(schema.minimum ?? 0, schema.maximum ?? 1_000_000),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { items } = schema;
      if (Array.isArray(items)) return fc.tuple(...items.map((each: JsonSchema) => validValue(each, ids)));
      return fc.array(validValue((items ?? {}) as JsonSchema, ids), { maxLength: 4 });
    }
    case 'object':
      return validObject(schema, ids);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function validText(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = 60 } = schema;
  if (pattern === UUID_PATTERN) return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === 'date') return fc.constantFrom('2026-11-18', '2024-02-29', '0001-01-01', '9999-12-31', '2026-02-30');
  if (pattern && pattern !== NAME_PATTERN && pattern !== TEXT_PATTERN && !pattern.includes('(?')) {
    return fc.stringMatching(new RegExp(pattern));
  }
  return fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'grapheme' });
}

function validObject(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const { properties, patternProperties, required = [] } = schema;
  if (!properties) {
    const [pattern, value] = Object.entries(patternProperties ?? {})[0] ?? [];
    const key =
      pattern && !pattern.includes('(?') ? fc.stringMatching(new RegExp(pattern)) : fc.string({ maxLength: 12 });
    return fc.dictionary(key, value ? validValue(value, ids) : fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 });
  }
  const model = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, validValue(each, ids)]));
  return fc.record(model, { requiredKeys: required.filter((name) => Object.hasOwn(model, name)) });
}

/** What the schema takes, with at most one thing in it that it should not. */
export function almostValid(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const valid = validValue(schema, ids);
  const names = Object.keys(schema.properties ?? {});
  const spoiled = fc
    .tuple(valid, fc.constantFrom(...names, 'extra', 'id', 'constructor'), hostileValue)
    .map(([value, name, hostile]) => ({ ...(value as object), [name]: hostile }));
  return fc.oneof(
    { arbitrary: valid, weight: 3 },
    { arbitrary: spoiled, weight: 5 },
    { arbitrary: hostileValue, weight: 1 },
  );
}
