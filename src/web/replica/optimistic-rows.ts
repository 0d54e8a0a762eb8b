import type { AccountCard, Actor } from '#core/actor.ts';
import { DomainError } from '#core/errors.ts';
import { changeOf, type RecordedMutation, type RowEffect } from '#core/mutation/effect.ts';
import type { Mutator } from '#core/mutation/mutator.ts';
import { createTransaction, type RowReader } from '#core/mutation/transaction.ts';
import type { Kind, Row } from '#core/rows.ts';
import type { PendingMutation } from '#core/sync/protocol.ts';
import type { RowStore } from './row-store.ts';

/** Mutations of this session that undo can still invert. */
const RECORDED_MAX = 2000;

export type FindMutator = (key: string) => Mutator | undefined;

interface Beneath {
  readonly kind: Kind;
  readonly id: string;
  readonly row: Row | undefined;
}

/**
 * The effects of mutations that the server has not confirmed, drawn over its rows. Only the rows they touch
 * are remembered as they are beneath, so that taking the effects off costs no more than putting them on.
 */
export class OptimisticRows {
  readonly #store: RowStore;
  readonly #actor: Actor;
  readonly #findMutator: FindMutator;
  readonly #reader: RowReader;
  readonly #beneath = new Map<string, Beneath>();
  readonly #recorded = new Map<string, RecordedMutation>();

  constructor(store: RowStore, account: AccountCard, findMutator: FindMutator) {
    this.#store = store;
    this.#actor = { userId: account.userId, instanceRole: account.instanceRole, source: 'web' };
    this.#findMutator = findMutator;
    this.#reader = {
      get: (kind, id) => store.get(kind, id),
      list: (index, key) => store.list(index, key) as never,
      account: (userId) => (userId === account.userId ? account : undefined),
      mutation: (uid) => this.#recorded.get(uid),
    };
  }

  /** Shows the effect of a mutation. Throws the mutator's DomainError, and then shows nothing of it. */
  run(mutation: Omit<PendingMutation, 'seq'>): void {
    const mutator = this.#findMutator(mutation.name);
    if (!mutator) throw new Error(`invariant: there is no mutator ${mutation.name}`);
    const tx = createTransaction(this.#reader, this.#actor, mutation.at);
    mutator.apply(tx, mutation.args);
    const effects = tx.effects();
    for (const { kind, id, before, after } of effects) {
      const key = `${kind} ${id}`;
      if (!this.#beneath.has(key)) this.#beneath.set(key, { kind, id, row: before });
      this.#store.set(kind, id, after);
    }
    this.#record(mutation, mutator, effects);
  }

  /** Takes all effects off: the store then shows the rows of the server. */
  rewind(): void {
    for (const { kind, id, row } of this.#beneath.values()) this.#store.set(kind, id, row);
    this.#beneath.clear();
  }

  /**
   * Draws the effects again. One that no longer applies has none until the server answers it, and so has one that only
   * a newer version of the app knows: it made it in another tab, or before this version came back.
   */
  replay(pending: readonly PendingMutation[]): void {
    for (const mutation of pending) {
      if (!this.#findMutator(mutation.name)) continue;
      try {
        this.run(mutation);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
  }

  /** The row as the server has it. */
  baseRow(kind: Kind, id: string): Row | undefined {
    const beneath = this.#beneath.get(`${kind} ${id}`);
    return beneath ? beneath.row : this.#store.get(kind, id);
  }

  #record({ uid }: Omit<PendingMutation, 'seq'>, { name, undoable }: Mutator, effects: readonly RowEffect[]): void {
    const recorded = { uid, name, undoable, userId: this.#actor.userId, changes: effects.map(changeOf) };
    this.#recorded.set(uid, recorded);
    if (this.#recorded.size <= RECORDED_MAX) return;
    const [oldest] = this.#recorded.keys();
    if (oldest !== undefined) this.#recorded.delete(oldest);
  }
}
