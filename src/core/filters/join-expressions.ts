import type { Expression } from './filter.ts';

/** What is missing is left out; like goes into like. Null when nothing is left. */
export function joined(kind: 'and' | 'or', parts: readonly (Expression | null)[]): Expression | null {
  const of = parts.filter((part) => part !== null).flatMap((part) => (part.kind === kind ? part.of : [part]));
  return of.length > 1 ? { kind, of } : (of[0] ?? null);
}

export function negated(of: Expression): Expression {
  return of.kind === 'not' ? of.of : { kind: 'not', of };
}
