import type { AccountCard, Actor, InstanceRole } from '#core/actor.ts';
import { changeOf, type RecordedMutation, type RowEffect } from '#core/mutation/effect.ts';
import type { TypedMutator } from '#core/mutation/mutator.ts';
import { createTransaction, type RowReader } from '#core/mutation/transaction.ts';
import { INDEXES, indexKeyOf, type Kind, type Row } from '#core/rows.ts';

/** A world held in a map, in which mutators run as they do on a server. Rows are frozen: writing to one throws. */
export interface MemoryStore extends RowReader {
  readonly rows: ReadonlyMap<string, { readonly kind: Kind; readonly row: Row }>;
  addAccount(card: Pick<AccountCard, 'userId' | 'username'> & { instanceRole?: InstanceRole; active?: boolean }): Actor;
  /** Runs a mutator and keeps its effects; returns the uid under which it can be undone. */
  run<Args>(actor: Actor, mutator: TypedMutator<Args>, args: Args, now?: string): string;
  /** Runs a mutator and keeps nothing. */
  preview<Args>(actor: Actor, mutator: TypedMutator<Args>, args: Args, now?: string): RowEffect[];
}

export const NOON = '2026-11-18T12:00:00.000Z';

export function createMemoryStore(): MemoryStore {
  const rows = new Map<string, { kind: Kind; row: Row }>();
  const accounts = new Map<string, AccountCard>();
  const mutations = new Map<string, RecordedMutation>();

  const reader: RowReader = {
    get: (kind, id) => rows.get(`${kind} ${id}`)?.row as never,
    list: (index, key) =>
      [...rows.values()]
        .filter((entry) => entry.kind === INDEXES[index].kind && indexKeyOf(index, entry.row) === key)
        .map((entry) => entry.row) as never,
    account: (userId) => accounts.get(userId),
    mutation: (uid) => mutations.get(uid),
  };

  function preview<Args>(actor: Actor, mutator: TypedMutator<Args>, args: Args, now = NOON): RowEffect[] {
    const tx = createTransaction(reader, actor, now);
    mutator.apply(tx, deepFreeze(JSON.parse(JSON.stringify(args)) as Args));
    return tx.effects();
  }

  return {
    ...reader,
    rows,
    preview,
    addAccount({ userId, username, instanceRole = 'user', active = true }) {
      accounts.set(userId, { userId, username, displayName: username, instanceRole, active });
      return { userId, instanceRole, source: 'web' };
    },
    run(actor, mutator, args, now) {
      const effects = preview(actor, mutator, args, now);
      for (const { kind, id, after } of effects) {
        if (after) rows.set(`${kind} ${id}`, { kind, row: deepFreeze(after) });
        else rows.delete(`${kind} ${id}`);
      }
      const uid = testId(1_000_000 + mutations.size);
      const { name, undoable } = mutator;
      mutations.set(uid, { uid, name, undoable, userId: actor.userId, changes: effects.map(changeOf) });
      return uid;
    },
  };
}

/** A well-formed id for a number, so that failures are readable. */
export function testId(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}
