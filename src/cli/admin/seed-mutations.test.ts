import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { findMutator } from '#core/mutators.ts';
import { createMemoryStore, testId } from '#core/testing/memory-store.ts';
import { seedMutations } from './seed-mutations.ts';

const now = Date.parse('2026-11-18T09:00:00.000Z');

function seeded(seed: number) {
  let ids = 1;
  return [...seedMutations({ tasks: 500, projects: 7, now, seed, newId: () => testId(ids++) })];
}

test('exactly the wanted number of tasks is made, by mutations that are accepted', () => {
  const store = createMemoryStore();
  const actor = store.addAccount({ userId: testId(0xfff), username: 'seed' });
  for (const { name, args, at } of seeded(1)) {
    const mutator = findMutator(name);
    expect(mutator && Compile(mutator.args).Check(args), JSON.stringify(args)).toBe(true);
    if (mutator) store.run(actor, mutator, args, at);
  }
  const kinds = [...store.rows.values()].map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'task')).toHaveLength(500);
  expect(kinds.filter((kind) => kind === 'project')).toHaveLength(7);
});

test('the same seed gives the same tasks', () => {
  expect(seeded(1)).toEqual(seeded(1));
  expect(seeded(1)).not.toEqual(seeded(2));
});
