import type { AccountCard } from '#core/actor.ts';
import type { RecordedMutation, RowEffect } from '#core/mutation/effect.ts';
import type { RowReader } from '#core/mutation/transaction.ts';
import { INDEXES, indexKeyOf, type IndexKind, type IndexName, type Kind, type Row, type RowOf } from '#core/rows.ts';
import type { ClientTable, MutationTable } from '#server/db/schema.ts';

/** The record of a mutation that was decided before. */
export type StoredMutation = Pick<
  MutationTable,
  'uid' | 'client_id' | 'seq' | 'user_id' | 'name' | 'status' | 'error' | 'result'
>;

/** Thrown by a source that has to fetch something first; it remembers what. The run is then repeated. */
export class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';
}

/** What the database holds, read synchronously. May throw NotLoadedError. */
export interface RowSource extends RowReader {
  stored(uid: string): StoredMutation | undefined;
  client(id: string): ClientTable | undefined;
}

/** A row that this transaction changed: as the database has it, and as it will have it. */
export interface DirtyRow {
  readonly kind: Kind;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/**
 * The rows of a database transaction while mutations run over them. Mutations write here; the database is written
 * once, at the end. That makes a savepoint per mutation free: a mutation that throws has written nothing.
 */
export class WorkingSet implements RowReader {
  readonly #source: RowSource;
  readonly #rows = new Map<string, Row | undefined>();
  readonly #dirty = new Map<string, DirtyRow>();
  readonly #decided = new Map<string, { stored: StoredMutation; recorded: RecordedMutation | undefined }>();
  /** How to get back to an earlier state, newest last. */
  readonly #journal: (() => void)[] = [];

  constructor(source: RowSource) {
    this.#source = source;
  }

  get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined {
    const key = `${kind} ${id}`;
    const dirty = this.#dirty.get(key);
    if (dirty) return dirty.after as RowOf<K> | undefined;
    if (this.#rows.has(key)) return this.#rows.get(key) as RowOf<K> | undefined;
    const row = this.#source.get(kind, id);
    this.#rows.set(key, row);
    return row;
  }

  list<I extends IndexName>(index: I, key: string): readonly RowOf<IndexKind<I>>[] {
    const stored = this.#source.list(index, key);
    if (this.#dirty.size === 0) return stored;
    const kind = INDEXES[index].kind;
    const rows = stored.filter((row) => !this.#dirty.has(`${kind} ${row.id}`)) as Row[];
    for (const entry of this.#dirty.values()) {
      if (entry.kind === kind && entry.after && indexKeyOf(index, entry.after) === key) rows.push(entry.after);
    }
    return rows as RowOf<IndexKind<I>>[];
  }

  account(userId: string): AccountCard | undefined {
    return this.#source.account(userId);
  }

  mutation(uid: string): RecordedMutation | undefined {
    const decided = this.#decided.get(uid);
    return decided ? decided.recorded : this.#source.mutation(uid);
  }

  stored(uid: string): StoredMutation | undefined {
    return this.#decided.get(uid)?.stored ?? this.#source.stored(uid);
  }

  apply(effects: readonly RowEffect[]): void {
    for (const { kind, id, before, after } of effects) {
      const key = `${kind} ${id}`;
      const earlier = this.#dirty.get(key);
      this.#dirty.set(key, { kind, id, before: earlier ? earlier.before : before, after });
      this.#journal.push(() => {
        if (earlier) this.#dirty.set(key, earlier);
        else this.#dirty.delete(key);
      });
    }
  }

  /** Keeps what became of a mutation, so that later ones of the same transaction can meet or undo it. */
  decide(stored: StoredMutation, recorded: RecordedMutation | undefined): void {
    this.#decided.set(stored.uid, { stored, recorded });
    this.#journal.push(() => this.#decided.delete(stored.uid));
  }

  /** A point to which `rollback` returns. */
  savepoint(): number {
    return this.#journal.length;
  }

  rollback(savepoint: number): void {
    while (this.#journal.length > savepoint) this.#journal.pop()?.();
  }

  dirtyRows(): Iterable<DirtyRow> {
    return this.#dirty.values();
  }
}
