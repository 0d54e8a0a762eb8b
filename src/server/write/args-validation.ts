import { Compile, type Validator } from 'typebox/compile';
import { validationFailed } from '#core/errors.ts';
import type { Mutator } from '#core/mutation/mutator.ts';
import { isStorable } from '#server/http/json-body.ts';
import { invalid } from '#server/http/validation.ts';

const validators = new Map<string, Validator>();

/** Throws `validation_failed` with the path of every fault (RFC 6901, into the arguments). */
export function validateArgs(mutator: Mutator, args: unknown): void {
  let validator = validators.get(mutator.key);
  if (!validator) {
    // At first use: compiling all of them would delay the first answer of the process.
    validator = Compile(mutator.args);
    validators.set(mutator.key, validator);
  }
  if (!validator.Check(args)) throw invalid(validator.Errors(args));
  const path = findUnstorable(args, '');
  if (path !== undefined)
    throw validationFailed(path, 'must not contain the character NUL or half of a surrogate pair');
}

/** HTTP refuses such text at the door; imports and the command line come in elsewhere. */
function findUnstorable(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = findUnstorable(child, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
