import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { DomainError, type FieldError, validationFailed } from '#core/errors.ts';
import { NAME_PATTERN, TEXT_PATTERN } from '#core/schema.ts';
import { UUID_PATTERN } from '#core/ids.ts';
import { isStorable } from './json-body.ts';

const ERRORS_MAX = 20;
/** Several faults can stand behind one path, as with `anyOf`. */
Settings.Set({ maxErrors: 4 * ERRORS_MAX });

/** What a pattern means, in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  [UUID_PATTERN]: 'must be a UUID in lower case',
  [NAME_PATTERN]: 'must be one line of text that is not blank',
  [TEXT_PATTERN]: 'must not contain the character NUL',
};

/**
 * Checks requests with the same compiled schemas as the write path, so that both accept the same.
 * `shared` are the schemas that others refer to by name.
 */
export function createValidatorCompiler(shared: Readonly<Record<string, TSchema>>): FastifySchemaCompiler<TSchema> {
  return ({ schema, httpPart }) => {
    let validator: Validator | undefined;
    const isText = httpPart !== 'body';
    return (input: unknown) => {
      // At first use: compiling every schema at the start would double the time to the first answer.
      validator ??= Compile<Record<string, TSchema>, TSchema>({ ...shared }, schema);
      const unstorable = isText && unstorableIn(input);
      if (unstorable) return { error: unstorable };
      const value = isText ? fromText(schema, input) : input;
      if (validator.Check(value)) return { value };
      return { error: invalid(validator.Errors(value)) };
    };
  };
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export function invalid(errors: readonly SchemaError[]): DomainError {
  const fields = new Map<string, string>();
  for (const error of errors) {
    for (const { path, message } of describe(error)) {
      // The first fault of a value is its most telling one; later ones follow from it or from `anyOf`.
      if (!fields.has(path) && fields.size < ERRORS_MAX) fields.set(path, message);
    }
  }
  const list = [...fields].map(([path, message]) => ({ path, message }));
  const [first] = list;
  const detail = first
    ? `${first.path === '' ? 'The input' : first.path} ${first.message}.`
    : 'The input is not valid.';
  return new DomainError('validation_failed', detail, { errors: list });
}

function describe({ keyword, instancePath: path, params, message }: SchemaError): readonly FieldError[] {
  switch (keyword) {
    case 'required': {
      const names = params['requiredProperties'] as readonly string[];
      return names.map((name) => ({
        path: `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        message: 'is required',
      }));
    }
    case 'additionalProperties':
      return [];
    case 'boolean':
      return [{ path, message: 'is not a field that can be sent here' }];
    case 'enum':
      return [{ path, message: `must be one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}` }];
    case 'pattern':
      return [{ path, message: PATTERNS[String(params['pattern'])] ?? message }];
    default:
      return [{ path, message }];
  }
}

/** PostgreSQL refuses NUL; percent-decoding can make one. Bodies are checked where they are parsed. */
function unstorableIn(input: unknown): DomainError | undefined {
  for (const [name, given] of Object.entries(input ?? {}) as [string, unknown][]) {
    const texts = Array.isArray(given) ? (given as unknown[]) : [given];
    if (!isStorable(name) || texts.some((text) => typeof text === 'string' && !isStorable(text))) {
      return validationFailed(isStorable(name) ? `/${name}` : '', 'must not contain the character NUL');
    }
  }
  return undefined;
}

/** Query strings and paths are text; numbers and truth values in them are recognised by what the schema expects. */
function fromText(schema: TSchema, input: unknown): unknown {
  const { properties = {} } = schema as { properties?: Readonly<Record<string, PropertySchema>> };
  const values: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(input ?? {}) as [string, unknown][]) {
    values[name] = convert(properties[name], given);
  }
  for (const [name, property] of Object.entries(properties)) {
    if (property.default !== undefined && !Object.hasOwn(values, name)) values[name] = property.default;
  }
  return values;
}

interface PropertySchema {
  readonly type?: string;
  readonly items?: PropertySchema;
  readonly default?: unknown;
}

function convert(schema: PropertySchema | undefined, given: unknown): unknown {
  if (schema?.type === 'array') {
    const items: readonly unknown[] = Array.isArray(given) ? given : [given];
    return items.map((item) => convert(schema.items, item));
  }
  if (typeof given !== 'string') return given;
  if ((schema?.type === 'integer' || schema?.type === 'number') && /^-?\d{1,15}(\.\d{1,15})?$/.test(given)) {
    return Number(given);
  }
  if (schema?.type === 'boolean') {
    if (given === 'true' || given === '1') return true;
    if (given === 'false' || given === '0') return false;
  }
  return given;
}
