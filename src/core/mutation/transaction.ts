import type { AccountCard, Actor } from '#core/actor.ts';
import { INDEXES, indexKeyOf, type IndexKind, type IndexName, type Kind, type Row, type RowOf } from '#core/rows.ts';
import { deepEqual } from './deep-equal.ts';
import type { RecordedMutation, RowEffect } from './effect.ts';

/** What a mutator sees of the world before it. A reader that lacks a row may abort the run by throwing. */
export interface RowReader {
  get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined;
  /** The rows whose index column equals `key`, in no promised order. */
  list<I extends IndexName>(index: I, key: string): readonly RowOf<IndexKind<I>>[];
  /** Known on the server only: a device has no directory of accounts. */
  account(userId: string): AccountCard | undefined;
  /** A mutation of this actor with the rows that it changed, when it is still known. */
  mutation(uid: string): RecordedMutation | undefined;
}

/** A row as mutators write it: its version and its times follow from the transaction. */
export type Draft<K extends Kind> = Omit<RowOf<K>, 'rev' | 'createdAt' | 'updatedAt'> &
  Partial<Pick<RowOf<K>, 'rev' | 'createdAt' | 'updatedAt'>>;

export interface MutatorTx extends RowReader {
  readonly actor: Actor;
  /** The instant of the mutation, RFC 3339 in UTC; the only clock that mutators have. */
  readonly now: string;
  put<K extends Kind>(kind: K, row: Draft<K>): void;
  delete(kind: Kind, id: string): void;
}

export interface Transaction extends MutatorTx {
  /** What the run changed, in the order of first touch; a row that ended as it began is left out. */
  effects(): RowEffect[];
}

interface Touched {
  readonly kind: Kind;
  readonly id: string;
  readonly before: Row | undefined;
  after: Row | undefined;
}

/** Runs over `reader` without changing it: writes stay in the transaction until `effects` is read. */
export function createTransaction(reader: RowReader, actor: Actor, now: string): Transaction {
  const touched = new Map<string, Touched>();

  function touch(kind: Kind, id: string): Touched {
    const key = `${kind} ${id}`;
    let entry = touched.get(key);
    if (!entry) {
      const before = reader.get(kind, id);
      entry = { kind, id, before, after: before };
      touched.set(key, entry);
    }
    return entry;
  }

  function get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined {
    const entry = touched.get(`${kind} ${id}`);
    return entry ? (entry.after as RowOf<K> | undefined) : reader.get(kind, id);
  }

  function list<I extends IndexName>(index: I, key: string): readonly RowOf<IndexKind<I>>[] {
    const stored = reader.list(index, key);
    if (touched.size === 0) return stored;
    const kind = INDEXES[index].kind;
    const rows = stored.filter((row) => !touched.has(`${kind} ${row.id}`)) as Row[];
    for (const entry of touched.values()) {
      if (entry.kind === kind && entry.after && indexKeyOf(index, entry.after) === key) rows.push(entry.after);
    }
    return rows as RowOf<IndexKind<I>>[];
  }

  function put<K extends Kind>(kind: K, row: Draft<K>): void {
    const entry = touch(kind, row.id);
    const rev = Math.max(entry.before?.rev ?? 0, row.rev ?? 0);
    const createdAt = entry.before?.createdAt ?? row.createdAt ?? now;
    const unchanged =
      entry.before && deepEqual({ ...row, rev, createdAt, updatedAt: entry.before.updatedAt }, entry.before);
    entry.after = unchanged
      ? entry.before
      : ({ ...row, rev: (entry.before?.rev ?? row.rev ?? 0) + 1, createdAt, updatedAt: now } as unknown as Row);
  }

  return {
    actor,
    now,
    get,
    list,
    put,
    account: (userId) => reader.account(userId),
    mutation: (uid) => reader.mutation(uid),
    delete: (kind, id) => {
      touch(kind, id).after = undefined;
    },
    effects: () => [...touched.values()].filter((entry) => entry.before !== entry.after),
  };
}
