import type { Static, TObject } from 'typebox';
import { validationFailed } from '#core/errors.ts';
import { isRank } from '#core/ordering.ts';
import type { MutatorTx } from './transaction.ts';

/**
 * A named change of data, the only kind there is. `authorize` says whether the actor may do it
 * and hands what it looked up to `run`; both are pure functions of the transaction and the arguments.
 * They throw a DomainError to refuse, and then nothing is changed.
 */
export interface MutatorDefinition<S extends TObject, Found> {
  /** Entity and verb, as in `task.create`. */
  readonly name: string;
  /** Raised when the meaning of the arguments changes; older versions stay registered for 90 days or more. */
  readonly version: number;
  readonly args: S;
  /** Whether `undo` may invert it. */
  readonly undoable: boolean;
  /** It reads what only the server has; devices cannot predict it and must not send it. */
  readonly serverOnly?: boolean;
  readonly authorize: (tx: MutatorTx, args: Static<S>) => Found;
  readonly run: (tx: MutatorTx, args: Static<S>, found: Found) => void;
}

export interface Mutator {
  /** `task.create@1`: how a mutation names it on the wire. */
  readonly key: string;
  readonly name: string;
  readonly args: TObject;
  readonly undoable: boolean;
  readonly serverOnly: boolean;
  /** Authorises and runs. `args` must satisfy the schema. Throws DomainError. */
  readonly apply: (tx: MutatorTx, args: unknown) => void;
}

/** A mutator together with the type of its arguments, so that callers are checked. */
export interface TypedMutator<Args> extends Mutator {
  /** Exists for the type only. */
  readonly argsType?: Args;
}

export type ArgsOf<M> = M extends TypedMutator<infer Args> ? Args : never;

// What nobody uses of it can be left out of the web app.
/* @__NO_SIDE_EFFECTS__ */
export function defineMutator<S extends TObject, Found>(
  definition: MutatorDefinition<S, Found>,
): TypedMutator<Static<S>> {
  const { name, version, args, undoable, serverOnly = false, authorize, run } = definition;
  return {
    key: `${name}@${version}`,
    name,
    args,
    undoable,
    serverOnly,
    apply: (tx, given) => {
      const typed = given as Static<S>;
      const { rank } = typed as { readonly rank?: string };
      if (rank !== undefined && !isRank(rank)) throw validationFailed('/rank', 'This is not a fractional index.');
      run(tx, typed, authorize(tx, typed));
    },
  };
}
