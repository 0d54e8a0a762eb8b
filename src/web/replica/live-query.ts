import { byRank } from '#core/ordering.ts';
import type { Kind, Row, RowOf } from '#core/rows.ts';
import { ROW_INDEXES, type RowIndexName } from './row-indexes.ts';
import type { RowChange, RowStore, StoreChanges } from './row-store.ts';

/** Rows under one key of an index, under several, or under all keys from `from` to `to`, both included. */
export type Where =
  | { readonly index: RowIndexName; readonly key: string }
  | { readonly index: RowIndexName; readonly keys: readonly string[] }
  | { readonly index: RowIndexName; readonly from?: string; readonly to?: string };

/**
 * Rows of one kind. `filter` and `sort` may look at nothing but the row; give the same function
 * each time (a module constant or a memoised one), because with `where` they are the identity of the query.
 * Without `sort` rows come by rank where the kind has one, else by id, which is the order of creation.
 */
export interface Query<K extends Kind> {
  readonly kind: K;
  readonly where?: Where;
  readonly filter?: (row: RowOf<K>) => boolean;
  readonly sort?: (a: RowOf<K>, b: RowOf<K>) => number;
}

type Compare = (a: Row, b: Row) => number;

function byId(a: Row, b: Row): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function byRankOrId(a: Row, b: Row): number {
  return 'rank' in a && 'rank' in b ? byRank(a, b) : byId(a, b);
}

/** Above this many changes one merge is cheaper than as many insertions. */
const MERGE_FROM = 16;

/**
 * A query with its result. While somebody subscribes, it is patched with each change; otherwise it is
 * computed again when read after a change. The arrays keep their identity while their content is the same.
 */
export class LiveQuery<K extends Kind = Kind> {
  readonly query: Query<K>;
  readonly #store: RowStore;
  readonly #version: () => number;
  readonly #compare: Compare;
  readonly #listeners = new Set<() => void>();
  #rows: readonly Row[] = [];
  #ids: readonly string[] = [];
  #idsOf: readonly Row[] = this.#rows;
  #at = -1;

  constructor(query: Query<K>, store: RowStore, version: () => number) {
    this.query = query;
    this.#store = store;
    this.#version = version;
    const sort = query.sort as Compare | undefined;
    this.#compare = sort ? (a, b) => sort(a, b) || byId(a, b) : byRankOrId;
  }

  get active(): boolean {
    return this.#listeners.size > 0;
  }

  /** The rows in order. The array changes whenever one of them does. */
  readonly rows = (): readonly RowOf<K>[] => {
    if (this.#at !== this.#version()) {
      if (!this.active || this.#at === -1) this.#replace(this.#compute());
      this.#at = this.#version();
    }
    return this.#rows as readonly RowOf<K>[];
  };

  /** The ids in order. The array changes only when rows come, go or swap places. */
  readonly ids = (): readonly string[] => {
    const rows = this.rows();
    if (this.#idsOf !== rows) {
      this.#idsOf = rows;
      const ids = this.#ids;
      if (rows.length !== ids.length || rows.some((row, i) => row.id !== ids[i])) this.#ids = rows.map((row) => row.id);
    }
    return this.#ids;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.rows();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes in what changed; returns whom to tell, which is nobody when the result is the same. */
  update(changes: StoreChanges): Iterable<() => void> {
    const before = this.#rows;
    const { kind, where } = this.query;
    const changed = changes.byKind.get(kind);
    if (changes.visibility && where && ROW_INDEXES[where.index].visibility) this.#replace(this.#compute());
    else if (changed && changed.length > MERGE_FROM) this.#merge(changed);
    else if (changed) this.#patch(changed);
    this.#at = this.#version();
    return this.#rows === before ? [] : this.#listeners;
  }

  #replace(rows: readonly Row[]): void {
    const old = this.#rows;
    if (rows.length !== old.length || rows.some((row, i) => row !== old[i])) this.#rows = rows;
  }

  #compute(): Row[] {
    const rows = this.#store.all(this.query.kind);
    const filter = this.query.filter as ((row: Row) => boolean) | undefined;
    const found: Row[] = [];
    const take = (row: Row | undefined): void => {
      if (row && (!filter || filter(row))) found.push(row);
    };
    if (!this.query.where) for (const row of rows.values()) take(row);
    else for (const id of idsWhere(this.#store, this.query.where)) take(rows.get(id));
    return found.sort(this.#compare);
  }

  #holds(row: Row | undefined): boolean {
    const { where, filter } = this.query as unknown as Query<Kind>;
    if (!row) return false;
    return (!where || isWhere(this.#store, where, row)) && (!filter || filter(row));
  }

  #patch(changes: readonly RowChange[]): void {
    let rows: Row[] | undefined;
    for (const { before, after } of changes) {
      const was = this.#holds(before);
      const is = this.#holds(after);
      if (!was && !is) continue;
      rows ??= [...this.#rows];
      const from = was ? this.#position(rows, before as Row) : -1;
      // Somebody read this query between a write and its notice: what it holds is already newer.
      if (was && rows[from]?.id !== before?.id) return this.#replace(this.#compute());
      if (was && is && this.#fits(rows, from, after as Row)) {
        rows[from] = after as Row;
        continue;
      }
      if (was) rows.splice(from, 1);
      if (is) rows.splice(this.#position(rows, after as Row), 0, after as Row);
    }
    if (rows) this.#rows = rows;
  }

  #merge(changes: readonly RowChange[]): void {
    const gone = new Set<string>();
    const come: Row[] = [];
    for (const { id, before, after } of changes) {
      if (this.#holds(before)) gone.add(id);
      if (this.#holds(after)) come.push(after as Row);
    }
    if (gone.size === 0 && come.length === 0) return;
    come.sort(this.#compare);
    const merged: Row[] = [];
    let next = 0;
    for (const row of this.#rows) {
      if (gone.has(row.id)) continue;
      while (next < come.length && this.#compare(come[next] as Row, row) < 0) merged.push(come[next++] as Row);
      merged.push(row);
    }
    while (next < come.length) merged.push(come[next++] as Row);
    this.#rows = merged;
  }

  /** Where `row` stands, or where it belongs. */
  #position(rows: readonly Row[], row: Row): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(rows[middle] as Row, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #fits(rows: readonly Row[], at: number, row: Row): boolean {
    const left = rows[at - 1];
    const right = rows[at + 1];
    return (!left || this.#compare(left, row) < 0) && (!right || this.#compare(row, right) < 0);
  }
}

/** The ids that an index lists; an id under several of the keys comes once. */
function idsWhere(store: RowStore, where: Where): Iterable<string> {
  const buckets = store.index(where.index);
  if ('key' in where) return buckets.get(where.key) ?? [];
  const found = new Set<string>();
  for (const [key, bucket] of buckets) {
    if (isKeyWhere(where, key)) for (const id of bucket) found.add(id);
  }
  return found;
}

function isWhere(store: RowStore, where: Where, row: Row): boolean {
  const keys = ROW_INDEXES[where.index].keys(row, store.hiddenProjects);
  if (keys === null) return false;
  return typeof keys === 'string' ? isKeyWhere(where, keys) : keys.some((key) => isKeyWhere(where, key));
}

function isKeyWhere(where: Where, key: string): boolean {
  if ('key' in where) return key === where.key;
  if ('keys' in where) return where.keys.includes(key);
  return (where.from === undefined || key >= where.from) && (where.to === undefined || key <= where.to);
}

/** How many rows an index lists, from the sizes of its buckets alone. */
export function countWhere(store: RowStore, where: Where): number {
  const buckets = store.index(where.index);
  if ('key' in where) return buckets.get(where.key)?.size ?? 0;
  let count = 0;
  for (const [key, bucket] of buckets) if (isKeyWhere(where, key)) count += bucket.size;
  return count;
}
