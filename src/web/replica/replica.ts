import type { AccountCard } from '#core/actor.ts';
import { DomainError } from '#core/errors.ts';
import { type RandomBytes, uuidv7 } from '#core/ids.ts';
import type { ArgsOf, Mutator } from '#core/mutation/mutator.ts';
import { findDeviceMutator } from '#core/device-mutators.ts';
import type { IndexKind, IndexName, Kind, RowOf } from '#core/rows.ts';
import type { Overlap, PendingMutation, Rejection } from '#core/sync/protocol.ts';
import { undo } from '#core/undo/undo-mutator.ts';
import { BaseRows, type CacheStorage, type KeptRows, type PullUpdate } from './base-rows.ts';
import { countWhere, type LiveQuery, type Query, type Where } from './live-query.ts';
import { Observable } from './observable.ts';
import { type FindMutator, OptimisticRows } from './optimistic-rows.ts';
import type { OutboxChange, OutboxState, RejectedMutation } from './outbox-state.ts';
import { Outbox, type OutboxStorage } from './outbox.ts';
import { QueryCache } from './query-cache.ts';
import { RowStore, type StoreChanges } from './row-store.ts';
import type { StorageProblem } from './storage/journal.ts';
import { type Connection, describeStatus, type SyncProgress, type SyncStatus } from './sync-status.ts';
import { type Gesture, UndoStack } from './undo-stack.ts';

export interface ReplicaOptions {
  /** Who is signed in on this device: `GET /me`. */
  readonly account: AccountCard;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: RandomBytes;
  /** Without storage the outbox and the rows end with the page. */
  readonly outbox?: OutboxStorage | null;
  readonly cache?: CacheStorage | null;
  readonly findMutator?: FindMutator;
}

export interface UndoState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/**
 * The local database of one account. What it shows is the server's rows with the device's own unconfirmed
 * mutations applied on top; each pull takes these off, changes the rows and applies them again (docs/sync.md).
 *
 * - `replica.mutate(createTask, { … })` shows the change at once and queues it for the server.
 * - `replica.query({ kind: 'task', where: { index: 'openByDate', to: today } })` is a live, ordered result.
 * - In components: `useReplica`, `useRow`, `useLiveQuery`, `useLiveIds`, `useCount` of `use-query.ts`.
 */
export class Replica {
  readonly account: AccountCard;
  readonly outbox: Outbox;
  readonly base: BaseRows;
  /** `online`, `offline` and so on, as the sync client finds it. */
  readonly connection = new Observable<Connection>('online');
  readonly progress = new Observable<SyncProgress | null>(null);
  /** When the last complete pull was applied, in milliseconds since 1970; null before the first one. */
  readonly lastSyncedAt = new Observable<number | null>(null);
  /** Why new changes cannot be kept on this device at the moment; null when they are. */
  readonly storageProblem = new Observable<StorageProblem | null>(null);
  readonly status: Observable<SyncStatus>;
  /** What the server refused, oldest first. */
  readonly rejected = new Observable<readonly RejectedMutation[]>([]);
  readonly undoState = new Observable<UndoState>({ canUndo: false, canRedo: false });
  /** Called when a mutation waits; the sync client sends it. */
  onPending: () => void = () => {};
  /** Called after each mutation that a person made on this device; undo and redo are none. */
  onMutated: (mutator: Mutator, args: Readonly<Record<string, unknown>>, uid: string) => void = () => {};
  /** Called when others changed the same fields while a change of this device waited. */
  onOverlap: (mutation: PendingMutation, overlaps: readonly Overlap[]) => void = () => {};
  readonly #options: ReplicaOptions;
  readonly #store = new RowStore();
  readonly #queries = new QueryCache(this.#store);
  readonly #optimistic: OptimisticRows;
  readonly #undo = new UndoStack();
  #batch: { readonly group: string } | null = null;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.account = options.account;
    this.outbox = new Outbox(this.newId, options.outbox ?? null);
    this.base = this.createBase(this.#store, options.cache ?? null);
    this.#optimistic = new OptimisticRows(this.#store, options.account, options.findMutator ?? findDeviceMutator);
    this.outbox.onSendable = () => {
      this.#updateStatus();
      this.onPending();
    };
    this.outbox.settle(this.base.last);
    this.#optimistic.replay(this.outbox.state.pending);
    this.#queries.publish(this.#store.takeChanges());
    this.status = new Observable(this.#describe());
    this.connection.subscribe(() => this.#updateStatus());
    this.progress.subscribe(() => this.#updateStatus());
    this.#updateStatus();
  }

  protected createBase(store: RowStore, cache: CacheStorage | null): BaseRows {
    return new BaseRows(store, cache);
  }

  // Reading

  get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined {
    return this.#store.get(kind, id);
  }

  /** The row without the effects of mutations that the server has not confirmed. */
  baseRow<K extends Kind>(kind: K, id: string): RowOf<K> | undefined {
    return this.#optimistic.baseRow(kind, id) as RowOf<K> | undefined;
  }

  all<K extends Kind>(kind: K): ReadonlyMap<string, RowOf<K>> {
    return this.#store.all(kind);
  }

  /** The rows of an index under a key, in no promised order. */
  list<I extends IndexName>(index: I, key: string): readonly RowOf<IndexKind<I>>[] {
    return this.#store.list(index, key) as RowOf<IndexKind<I>>[];
  }

  /** The live result of a query: the same object for the same query. */
  query<K extends Kind>(query: Query<K>): LiveQuery<K> {
    return this.#queries.query(query);
  }

  /** How many rows an index lists; costs nothing per row. */
  count(where: Where): number {
    return countWhere(this.#store, where);
  }

  subscribeRow(kind: Kind, id: string, listener: () => void): () => void {
    return this.#queries.subscribeRow(kind, id, listener);
  }

  subscribeKind(kind: Kind, listener: () => void): () => void {
    return this.#queries.subscribeKind(kind, listener);
  }

  /** Tells which rows changed, for indexes of one's own. */
  subscribeChanges(listener: (changes: StoreChanges) => void): () => void {
    return this.#queries.subscribeChanges(listener);
  }

  // Writing

  readonly newId = (): string => uuidv7(this.#options.clock(), this.#options.random);

  /**
   * Carries out a mutation on this device, in this frame, and queues it for the server. Returns its uid,
   * by which `undo` finds it. Throws the DomainError of a mutator that refuses; then nothing has changed.
   */
  mutate<M extends Mutator>(mutator: M, args: ArgsOf<M>): string {
    const group = this.#batch?.group ?? this.newId();
    const uid = this.#run(mutator, args as Record<string, unknown>, group);
    if (mutator.undoable) this.#undo.add(group, uid);
    this.#afterWrite();
    this.onMutated(mutator, args as Record<string, unknown>, uid);
    return uid;
  }

  /**
   * Queues a mutation that this device cannot carry out, because the row or the right to change it is gone. The server
   * refuses it too, and then it stands in `rejected` with everything that the person wrote.
   */
  submit<M extends Mutator>(mutator: M, args: ArgsOf<M>): void {
    this.#append(mutator.key, args as Record<string, unknown>);
    this.#afterWrite();
  }

  /** All mutations made inside are one gesture: one notice to the views, one step of undo. */
  batch<T>(work: () => T): T {
    if (this.#batch) return work();
    this.#batch = { group: this.newId() };
    try {
      return work();
    } finally {
      this.#batch = null;
      this.#afterWrite();
    }
  }

  /**
   * Turns back the newest gesture, or the one that made the mutation `uid`. Returns whether there was one.
   * Throws the DomainError when nothing of it can be turned back any more.
   */
  undo(uid?: string): boolean {
    const gesture = this.#undo.takeDone(uid);
    if (gesture) this.#invert(gesture, (inverse) => this.#undo.pushUndone(inverse));
    return gesture !== undefined;
  }

  /** Does again what was undone last. */
  redo(): boolean {
    const gesture = this.#undo.takeUndone();
    if (gesture) this.#invert(gesture, (inverse) => this.#undo.pushDone(inverse));
    return gesture !== undefined;
  }

  /** Takes a refused change off the list, once the person has decided about it. */
  dismissRejected(uid: string): void {
    this.outbox.dismiss(uid);
    this.#updateStatus();
  }

  /** Tries a refused change once more, as a new mutation. Throws the DomainError if it cannot work here either. */
  retryRejected(uid: string): void {
    const found = this.outbox.state.rejected.find((mutation) => mutation.uid === uid);
    if (!found) return;
    const { name, args } = found;
    const group = this.newId();
    const mutator = (this.#options.findMutator ?? findDeviceMutator)(name);
    if (mutator) {
      const again = this.#enqueue(name, args, group);
      if (mutator.undoable) this.#undo.add(group, again);
    } else {
      // A newer version of the app made it; what it does here, the server knows.
      this.#append(name, args);
    }
    this.outbox.dismiss(uid);
    this.#afterWrite();
  }

  // For the sync client

  /** Applies a pull in one step. Returns the scopes whose checksum shows that they must be fetched anew. */
  applyPull(update: PullUpdate, rejections: readonly Rejection[]): string[] {
    let broken: string[] = [];
    this.rebase(() => {
      // Refusals first: once `last` is stored the server does not tell them again.
      for (const { uid, code, detail } of rejections) this.outbox.reject(uid, code, detail);
      broken = this.base.apply(update);
      this.outbox.settle(update.last);
    });
    this.lastSyncedAt.set(this.#options.clock());
    return broken;
  }

  // For the other tabs of the same account

  /** Shows what was done in another tab. */
  insertPending(mutations: readonly PendingMutation[]): void {
    this.rebase(() => this.outbox.insert(mutations));
    this.onPending();
  }

  mirrorOutbox(change: OutboxChange): void {
    this.rebase(() => this.outbox.mirror(change));
  }

  /** Takes over what the disk holds in place of what was read or heard of before. */
  reload(outbox: OutboxState, rows: KeptRows | null): void {
    this.rebase(() => {
      if (rows) this.base.replace(rows);
      else this.base.keepAnew();
      this.outbox.adopt(outbox, this.base.last);
      this.outbox.settle(this.base.last);
    });
    this.onPending();
  }

  /** Changes the rows of the server or the queue, below the optimistic effects. */
  rebase(change: () => void): void {
    this.#optimistic.rewind();
    change();
    this.#optimistic.replay(this.outbox.state.pending);
    this.#publish();
  }

  #run(mutator: Mutator, args: Record<string, unknown>, group: string): string {
    if (mutator.serverOnly) throw new Error(`invariant: only the server can run ${mutator.key}`);
    return this.#enqueue(mutator.key, args, group);
  }

  /** Queues without showing anything. */
  #append(name: string, args: Readonly<Record<string, unknown>>): void {
    const at = new Date(this.#options.clock()).toISOString();
    this.outbox.append({ uid: this.newId(), name, args, at });
  }

  #enqueue(name: string, args: Record<string, unknown>, group: string): string {
    const at = new Date(this.#options.clock()).toISOString();
    const mutation: Omit<PendingMutation, 'seq'> = { uid: this.newId(), name, args, at, group };
    this.#optimistic.run(mutation);
    this.outbox.append(mutation);
    return mutation.uid;
  }

  /** Parts that can no longer be undone are left; if that is all of them, the reason is thrown. */
  #invert(gesture: Gesture, keep: (inverse: Gesture) => void): void {
    const group = this.newId();
    const uids: string[] = [];
    let refusal: DomainError | undefined;
    for (const uid of gesture.uids.toReversed()) {
      try {
        uids.push(this.#run(undo, { uid }, group));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refusal ??= error;
      }
    }
    if (uids.length > 0) keep({ group, uids });
    this.#afterWrite();
    if (uids.length === 0 && refusal) throw refusal;
  }

  #afterWrite(): void {
    if (this.#batch) return;
    this.#publish();
    if (this.outbox.state.pending.length > 0) this.onPending();
  }

  #publish(): void {
    this.#queries.publish(this.#store.takeChanges());
    this.#updateStatus();
  }

  #updateStatus(): void {
    const { canUndo, canRedo } = this.#undo;
    const known = this.undoState.get();
    if (known.canUndo !== canUndo || known.canRedo !== canRedo) this.undoState.set({ canUndo, canRedo });
    this.rejected.set(this.outbox.state.rejected);
    const next = this.#describe();
    const shown = this.status.get();
    const same = (Object.keys(next) as (keyof SyncStatus)[]).every((key) => next[key] === shown[key]);
    if (!same) this.status.set(next);
  }

  #describe(): SyncStatus {
    const { pending, rejected } = this.outbox.state;
    return describeStatus(this.connection.get(), {
      pending: pending.length,
      rejected: rejected.length,
      loaded: this.base.cursors.size > 0,
      progress: this.progress.get(),
    });
  }
}

export function createReplica(options: ReplicaOptions): Replica {
  return new Replica(options);
}
