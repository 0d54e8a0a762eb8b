import type { Kind } from '#core/rows.ts';
import { LiveQuery, type Query } from './live-query.ts';
import type { RowStore, StoreChanges } from './row-store.ts';

/** Queries that nobody watches are kept for coming back to a view, up to this many. */
const IDLE_MAX = 100;

/** One live query per distinct query, and everyone who watches single rows or kinds. */
export class QueryCache {
  readonly #store: RowStore;
  readonly #queries = new Map<string, LiveQuery[]>();
  readonly #rowListeners = new Map<string, Set<() => void>>();
  readonly #kindListeners = new Map<Kind, Set<() => void>>();
  readonly #changeListeners = new Set<(changes: StoreChanges) => void>();
  #size = 0;
  #version = 0;

  constructor(store: RowStore) {
    this.#store = store;
  }

  query<K extends Kind>(query: Query<K>): LiveQuery<K> {
    const key = `${query.kind} ${JSON.stringify(query.where)}`;
    const siblings = this.#queries.get(key) ?? [];
    const known = siblings.find((each) => each.query.filter === query.filter && each.query.sort === query.sort);
    if (known) return known as unknown as LiveQuery<K>;
    if (this.#size > IDLE_MAX) this.#dropIdle();
    const live = new LiveQuery(query, this.#store, () => this.#version);
    this.#queries.set(key, [...(this.#queries.get(key) ?? []), live as unknown as LiveQuery]);
    this.#size++;
    return live;
  }

  subscribeRow(kind: Kind, id: string, listener: () => void): () => void {
    return subscribeIn(this.#rowListeners, `${kind} ${id}`, listener);
  }

  subscribeKind(kind: Kind, listener: () => void): () => void {
    return subscribeIn(this.#kindListeners, kind, listener);
  }

  subscribeChanges(listener: (changes: StoreChanges) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Brings every watched query up to date, then tells each listener once. */
  publish(changes: StoreChanges): void {
    if (changes.byKind.size === 0) return;
    this.#version++;
    const listeners = new Set<() => void>();
    const collect = (from: Iterable<() => void> = []): void => {
      for (const listener of from) listeners.add(listener);
    };
    for (const queries of this.#queries.values()) {
      for (const live of queries) if (live.active) collect(live.update(changes));
    }
    for (const [kind, rows] of changes.byKind) {
      if (this.#rowListeners.size > 0) for (const { id } of rows) collect(this.#rowListeners.get(`${kind} ${id}`));
      collect(this.#kindListeners.get(kind));
    }
    if (changes.visibility) collect(this.#kindListeners.get('task'));
    for (const listener of this.#changeListeners) listener(changes);
    for (const listener of listeners) listener();
  }

  #dropIdle(): void {
    this.#size = 0;
    for (const [key, queries] of this.#queries) {
      const active = queries.filter((live) => live.active);
      this.#size += active.length;
      if (active.length > 0) this.#queries.set(key, active);
      else this.#queries.delete(key);
    }
  }
}

function subscribeIn<K>(map: Map<K, Set<() => void>>, key: K, listener: () => void): () => void {
  const listeners = map.get(key) ?? new Set();
  map.set(key, listeners);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && map.get(key) === listeners) map.delete(key);
  };
}
