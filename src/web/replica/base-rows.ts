import { KINDS, type Kind, type Row, type ScopeId, scopeOf } from '#core/rows.ts';
import { addToChecksum, removeFromChecksum } from '#core/sync/checksum.ts';
import type { Cursor, RowKey, RowsByKind, ScopeDelta, Version } from '#core/sync/protocol.ts';
import type { RowStore } from './row-store.ts';

const KNOWN: ReadonlySet<string> = new Set(KINDS);

/** Rows of a scope that were fetched page by page and wait for the pull that closes them. */
export interface StagedScope {
  readonly s: string;
  readonly target: Version;
  readonly view: string;
  readonly rows: RowsByKind;
}

/** A page as it is kept on the device, so that a first synchronisation that was cut off goes on where it ended. */
export interface StagedPage {
  readonly s: string;
  /** Counts the pages of a scope from 0. */
  readonly n: number;
  readonly target: Version;
  readonly view: string;
  readonly count: number;
  readonly rows: RowsByKind;
  readonly hi: Version;
  readonly after: string | null;
  readonly done: boolean;
}

/** All that one pull changes; applied as a whole or not at all. */
export interface PullUpdate {
  readonly gone: readonly string[];
  readonly staged: readonly StagedScope[];
  readonly scopes: readonly ScopeDelta[];
  readonly last: number;
}

/** Which server, and which of its histories; a deliberate restore begins a new epoch. */
export interface ServerIdentity {
  readonly instance: string;
  readonly epoch: string;
}

export interface CacheState {
  readonly identity: ServerIdentity | null;
  readonly cursors: ReadonlyMap<string, Cursor>;
  readonly last: number;
}

export interface BaseChange {
  readonly kind: Kind;
  readonly id: string;
  readonly row: Row | undefined;
}

/** What a cache holds at a start. */
export interface KeptRows {
  readonly state: CacheState;
  readonly rows: readonly BaseChange[];
  readonly stage?: readonly StagedPage[];
}

/** Keeps rows as the server sent them, never optimistic ones. Each call is one transaction, in the order of the calls. */
export interface CacheStorage {
  read(): KeptRows | null;
  /** `update` is the pull that made the changes. Kept pages have served their purpose and go. */
  commit(state: CacheState, changes: readonly BaseChange[], update: PullUpdate | null): void;
  putPage(page: StagedPage): void;
  dropPages(scopes: readonly string[]): void;
}

/**
 * What the server said: its rows, the cursor of each scope, and the last own mutation that they contain.
 * The rows live in the store, which must show them without optimistic effects whenever this class writes.
 */
export class BaseRows {
  protected readonly store: RowStore;
  readonly #storage: CacheStorage | null;
  readonly #sums = new Map<string, number>();
  /**
   * Rows of kinds that only a newer version of the app knows: kept and counted like all others, or no checksum would be
   * right, and shown by nobody. The version that knows them finds them on the disk.
   */
  readonly #unknown = new Map<string, BaseChange>();
  #cursors = new Map<string, Cursor>();
  #written: BaseChange[] = [];
  last = 0;
  /** Kept with the next pull. */
  identity: ServerIdentity | null = null;
  #keptPages: readonly StagedPage[] = [];

  constructor(store: RowStore, storage: CacheStorage | null) {
    this.store = store;
    this.#storage = storage;
    const kept = storage?.read();
    if (kept) this.replace(kept);
  }

  /** Takes over what is kept, in place of everything held. */
  replace({ state, rows, stage = [] }: KeptRows): void {
    this.#keptPages = stage;
    for (const scope of this.#cursors.keys()) this.sweep(scope);
    for (const { kind, id, row } of rows) this.#set(kind, id, row);
    this.#cursors = new Map(state.cursors);
    this.last = state.last;
    this.identity = state.identity;
    this.#written = [];
  }

  /**
   * The browser cleared what was kept, under the open page. The queue is a new one too, so that the acknowledged point
   * of the old one says nothing about its numbers.
   */
  keepAnew(): void {
    this.last = 0;
    if (this.#cursors.size === 0) return;
    const shown = KINDS.flatMap((kind) => [...this.store.all(kind)].map(([id, row]) => ({ kind, id, row })));
    this.#written = [...shown, ...this.#unknown.values()];
    this.save();
  }

  /**
   * Pages of a first synchronisation that ended before its end. They go on from the rows that were kept with them: on
   * top of later ones a row that has moved meanwhile would be taken away.
   */
  get keptPages(): readonly StagedPage[] {
    return this.#keptPages;
  }

  keepPage(page: StagedPage): void {
    this.#storage?.putPage(page);
  }

  dropPages(scopes: readonly string[]): void {
    this.#keptPages = this.#keptPages.filter(({ s }) => !scopes.includes(s));
    if (scopes.length > 0) this.#storage?.dropPages(scopes);
  }

  get cursors(): ReadonlyMap<string, Cursor> {
    return this.#cursors;
  }

  /** Returns the scopes whose checksum is not the one that the server told. */
  apply(update: PullUpdate): string[] {
    for (const scope of update.gone) {
      this.#cursors.delete(scope);
      this.sweep(scope);
    }
    this.swap(update.staged.filter(({ s }) => !update.gone.includes(s)));
    this.change(update.scopes);
    for (const { s, to, view } of update.scopes) this.#cursors.set(s, { ...to, view });
    const isNews = update.last !== this.last || update.gone.length + update.staged.length + update.scopes.length > 0;
    this.last = update.last;
    if (isNews) this.save(update);
    return update.scopes.filter(({ s, sum }) => this.sumOf(s) !== sum >>> 0).map(({ s }) => s);
  }

  /** Moves the acknowledged point back: the server forgot what came after it. */
  forgetAfter(last: number): void {
    this.last = Math.min(this.last, last);
    this.save();
  }

  /** Another server, or one that gave up its later history: nothing held here counts any more. */
  clear(): void {
    for (const scope of this.#cursors.keys()) this.sweep(scope);
    this.#cursors.clear();
    this.last = 0;
    this.save();
  }

  sumOf(scope: string): number {
    return this.#sums.get(scope) ?? 0;
  }

  /** Deletions before additions: a row that moved is deleted in one scope and put in the other. */
  protected change(scopes: readonly ScopeDelta[]): void {
    for (const { s, del } of scopes) this.deleteRows(s, del);
    for (const { put } of scopes) this.putRows(put);
  }

  /**
   * All of them at once. A row that moved while they were fetched may be in the pages of both scopes: it is where its
   * newer version is, and the deletion that the old scope tells next must not find it there.
   */
  protected swap(staged: readonly StagedScope[]): void {
    const scopes = new Set(staged.map(({ s }) => s));
    for (const { s } of staged) this.sweep(s);
    for (const { s, rows, target, view } of staged) {
      const isNewest = (kind: Kind, row: Row): boolean => {
        const held = this.#get(kind, row.id);
        return !held || held.rev <= row.rev || !scopes.has(scopeOf(kind, held));
      };
      this.putRows(
        Object.fromEntries(
          Object.entries(rows).map(([kind, each]) => [
            kind,
            each.filter((row) => isNewest(kind as Kind, row as unknown as Row)),
          ]),
        ),
      );
      this.#cursors.set(s, { ...target, view });
    }
  }

  /** Removes every row of a scope, also those of which no log tells any more. */
  protected sweep(scope: string): void {
    for (const kind of KINDS) {
      for (const [id, row] of this.store.all(kind)) if (scopeOf(kind, row) === scope) this.#set(kind, id, undefined);
    }
    for (const { kind, id, row } of this.#unknown.values()) {
      if (row && scopeOf(kind, row) === scope) this.#set(kind, id, undefined);
    }
  }

  protected deleteRows(scope: string, keys: readonly RowKey[]): void {
    for (const [kind, id] of keys as readonly [Kind, string][]) {
      const row = this.#get(kind, id);
      if (row && scopeOf(kind, row) === scope) this.#set(kind, id, undefined);
    }
  }

  protected putRows(rows: RowsByKind): void {
    for (const kind of Object.keys(rows) as Kind[]) {
      for (const row of rows[kind] as unknown as Row[]) this.#set(kind, row.id, row);
    }
  }

  /** Rows, cursors and `last` in one transaction: none of them is true without the others. */
  protected save(update: PullUpdate | null = null): void {
    this.#keptPages = [];
    const { identity, last } = this;
    this.#storage?.commit({ identity, cursors: new Map(this.#cursors), last }, this.#written, update);
    this.#written = [];
  }

  /** Whether this version of the app has the kind. */
  protected knows(kind: string): boolean {
    return KNOWN.has(kind);
  }

  /** By kind and id, what only a newer version can show. */
  protected get unknown(): ReadonlyMap<string, BaseChange> {
    return this.#unknown;
  }

  #get(kind: Kind, id: string): Row | undefined {
    return this.knows(kind) ? this.store.get(kind, id) : this.#unknown.get(`${kind} ${id}`)?.row;
  }

  #set(kind: Kind, id: string, row: Row | undefined): void {
    const before = this.#get(kind, id);
    if (before) this.#sum(scopeOf(kind, before), removeFromChecksum, before);
    if (row) this.#sum(scopeOf(kind, row), addToChecksum, row);
    if (this.#storage) this.#written.push({ kind, id, row });
    if (this.knows(kind)) this.store.set(kind, id, row);
    else if (row) this.#unknown.set(`${kind} ${id}`, { kind, id, row });
    else this.#unknown.delete(`${kind} ${id}`);
  }

  #sum(scope: ScopeId, change: typeof addToChecksum, { id, rev }: Row): void {
    this.#sums.set(scope, change(this.#sums.get(scope) ?? 0, id, rev));
  }
}
