import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expression } from './filter.ts';
import { compileCondition } from './match-filter.ts';
import { resolveExpression } from './resolve-filter.ts';
import { contextOf, filterClock, filterWorld, lookupsOf } from './testing/filter-world.ts';
import { randomExpression } from './testing/random-filter.ts';

const world = filterClock.chain((clock) => fc.record({ clock: fc.constant(clock), world: filterWorld(clock) }));

test('logic has two values: what an expression does not match, its negation does', () => {
  let [matched, asked] = [0, 0];
  fc.assert(
    fc.property(world, randomExpression(), randomExpression(), ({ clock, world: of }, a, b) => {
      const context = contextOf(of, clock);
      const lookups = lookupsOf(of);
      const idsOf = (where: Expression): ReadonlySet<string> => {
        const matches = compileCondition(resolveExpression(where, context));
        return new Set(of.tasks.filter((task) => matches(task, lookups)).map(({ id }) => id));
      };
      const all = new Set(of.tasks.map(({ id }) => id));
      const [inA, inB] = [idsOf(a), idsOf(b)];
      expect(idsOf({ kind: 'not', of: a })).toEqual(all.difference(inA));
      expect(idsOf({ kind: 'and', of: [a, b] })).toEqual(inA.intersection(inB));
      expect(idsOf({ kind: 'or', of: [a, b] })).toEqual(inA.union(inB));
      matched += inA.size;
      asked += all.size;
    }),
  );
  // Filters that match nothing, or everything, would show nothing.
  expect(matched / asked).toBeGreaterThan(0.15);
  expect(matched / asked).toBeLessThan(0.85);
});
