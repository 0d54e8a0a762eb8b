import { Type } from 'typebox';
import { expect, test } from 'vitest';
import type { DomainError } from '#core/errors.ts';
import { createValidatorCompiler } from './validation.ts';

test('every faulty field is named, up to twenty', () => {
  const names = Array.from({ length: 30 }, (_, i) => `field${i}`);
  const schema = Type.Object(Object.fromEntries(names.map((name) => [name, Type.Integer()])));
  const validate = createValidatorCompiler({})({ schema, httpPart: 'body', method: 'POST', url: '/' });
  const { error } = validate(Object.fromEntries(names.map((name) => [name, 'no number']))) as { error: DomainError };
  expect(error.data.errors?.map(({ path }) => path)).toEqual(names.slice(0, 20).map((name) => `/${name}`));
});
