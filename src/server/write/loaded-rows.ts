import type { AccountCard } from '#core/actor.ts';
import type { RecordedMutation } from '#core/mutation/effect.ts';
import {
  INDEXES,
  indexKeyOf,
  projectScope,
  type IndexKind,
  type IndexName,
  type Kind,
  type Row,
  type RowOf,
  type ScopeId,
} from '#core/rows.ts';
import type { ClientTable } from '#server/db/schema.ts';
import { NotLoadedError, type RowSource, type StoredMutation } from './working-set.ts';

/** What a run needs to know; grows while runs find out. */
export class Wanted {
  readonly rows = new Map<Kind, Set<string>>();
  readonly lists = new Map<IndexName, Set<string>>();
  readonly accounts = new Set<string>();
  /** Mutations with what they changed. */
  readonly mutations = new Set<string>();
  /** Records of mutations, to recognise repeated ones. */
  readonly stored = new Set<string>();
  readonly clients = new Set<string>();

  row(kind: Kind, id: string): void {
    addTo(this.rows, kind, id);
  }

  list(index: IndexName, key: string): void {
    addTo(this.lists, index, key);
  }

  add(other: Wanted): void {
    for (const [kind, ids] of other.rows) for (const id of ids) this.row(kind, id);
    for (const [index, keys] of other.lists) for (const key of keys) this.list(index, key);
    for (const name of ['accounts', 'mutations', 'stored', 'clients'] as const) {
      for (const id of other[name]) this[name].add(id);
    }
  }
}

function addTo<K>(map: Map<K, Set<string>>, key: K, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

/** What one load brought. */
export interface Loaded {
  readonly rows: readonly (readonly [Kind, Row])[];
  readonly accounts: readonly AccountCard[];
  readonly stored: readonly StoredMutation[];
  readonly mutations: readonly RecordedMutation[];
  readonly clients: readonly ClientTable[];
}

/** Rows fetched ahead. What is asked for and not there is noted in `missing`, and the run is repeated after a load. */
export class LoadedRows implements RowSource {
  /** Everything that was asked for so far. */
  readonly wanted = new Wanted();
  missing = new Wanted();
  readonly #rows = new Map<string, Row>();
  readonly #byIndex = new Map<IndexName, Map<string, Row[]>>();
  readonly #accounts = new Map<string, AccountCard>();
  readonly #stored = new Map<string, StoredMutation>();
  readonly #mutations = new Map<string, RecordedMutation>();
  readonly #clients = new Map<string, ClientTable>();

  /** Takes over what was loaded for `wanted`. */
  accept(wanted: Wanted, loaded: Loaded): void {
    this.wanted.add(wanted);
    this.missing = new Wanted();
    this.#byIndex.clear();
    for (const [kind, row] of loaded.rows) {
      this.#rows.set(`${kind} ${row.id}`, row);
      this.wanted.row(kind, row.id);
    }
    this.#noteSubtrees(wanted);
    for (const account of loaded.accounts) this.#accounts.set(account.userId, account);
    for (const stored of loaded.stored) this.#stored.set(stored.uid, stored);
    for (const mutation of loaded.mutations) this.#mutations.set(mutation.uid, mutation);
    for (const client of loaded.clients) this.#clients.set(client.id, client);
  }

  /** Subtasks are loaded with all that is below them. */
  #noteSubtrees(wanted: Wanted): void {
    const found = [...(wanted.lists.get('subtasks') ?? [])];
    if (found.length === 0) return;
    const children = this.#indexRows('subtasks');
    for (const id of found) {
      for (const child of children.get(id) ?? []) {
        if (this.wanted.lists.get('subtasks')?.has(child.id)) continue;
        this.wanted.list('subtasks', child.id);
        found.push(child.id);
      }
    }
  }

  get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined {
    if (!this.wanted.rows.get(kind)?.has(id)) {
      this.missing.row(kind, id);
      throw new NotLoadedError();
    }
    return this.#rows.get(`${kind} ${id}`) as RowOf<K> | undefined;
  }

  list<I extends IndexName>(index: I, key: string): readonly RowOf<IndexKind<I>>[] {
    if (!this.wanted.lists.get(index)?.has(key)) {
      this.missing.list(index, key);
      throw new NotLoadedError();
    }
    let byKey = this.#byIndex.get(index);
    if (!byKey) {
      byKey = this.#indexRows(index);
      this.#byIndex.set(index, byKey);
    }
    return (byKey.get(key) ?? []) as RowOf<IndexKind<I>>[];
  }

  #indexRows(index: IndexName): Map<string, Row[]> {
    const prefix = `${INDEXES[index].kind} `;
    const byKey = new Map<string, Row[]>();
    for (const [id, row] of this.#rows) {
      const key = id.startsWith(prefix) ? indexKeyOf(index, row) : null;
      if (key === null) continue;
      const rows = byKey.get(key);
      if (rows) rows.push(row);
      else byKey.set(key, [row]);
    }
    return byKey;
  }

  account(userId: string): AccountCard | undefined {
    return this.#find('accounts', this.#accounts, userId);
  }

  stored(uid: string): StoredMutation | undefined {
    return this.#find('stored', this.#stored, uid);
  }

  mutation(uid: string): RecordedMutation | undefined {
    return this.#find('mutations', this.#mutations, uid);
  }

  client(id: string): ClientTable | undefined {
    return this.#find('clients', this.#clients, id);
  }

  #find<T>(name: 'accounts' | 'stored' | 'mutations' | 'clients', found: Map<string, T>, id: string): T | undefined {
    if (!this.wanted[name].has(id)) {
      this.missing[name].add(id);
      throw new NotLoadedError();
    }
    return found.get(id);
  }

  /** The rows of these kinds that are loaded. */
  *loaded(kinds: ReadonlySet<Kind>): Iterable<Row> {
    for (const [key, row] of this.#rows) if (kinds.has(key.slice(0, key.indexOf(' ')) as Kind)) yield row;
  }

  /**
   * The scopes of all projects that were looked at. They are locked too, although they may not change: whether a
   * project may be placed below another depends on both.
   */
  projectScopes(): ScopeId[] {
    return [...this.loaded(new Set<Kind>(['project']))].map((row) => projectScope(row.id));
  }
}
