import { expect, test } from 'vitest';
import { dropSchemas } from './without-schemas.ts';

test('schemas go as a whole, and nothing else does', () => {
  const code = `
    import { type Static, Type } from 'typebox';
    import { Name } from '#core/schema.ts';
    export const MAX = 5;
    export const Cat = Type.Object({ name: Name(MAX), lives: Type.Integer() });
    export type Cat = Static<typeof Cat>;
    const content = { name: Name(MAX) };
    export const feed = defineMutator({ name: 'cat.feed', args: Type.Object({ ...Cat.properties }), run: () => eat() });
  `;
  expect(dropSchemas(code, '/src/core/cat.ts')).toBe(`
    ${''}
    import { Name } from '#core/schema.ts';
    export const MAX = 5;
    export const Cat = ({ properties: {} });
    export type Cat = Static<typeof Cat>;
    const content = { name: ({ properties: {} }) };
    export const feed = defineMutator({ name: 'cat.feed', args: ({ properties: {} }), run: () => eat() });
  `);
});
