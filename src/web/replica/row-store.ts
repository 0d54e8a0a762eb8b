import { deepEqual } from '#core/mutation/deep-equal.ts';
import { KINDS, type Kind, type Row, type RowOf } from '#core/rows.ts';
import { type IndexDefinition, type IndexKeys, ROW_INDEXES, type RowIndexName } from './row-indexes.ts';

export interface RowChange {
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

export interface StoreChanges {
  readonly byKind: ReadonlyMap<Kind, readonly RowChange[]>;
  /** A project was archived, trashed or came back, so that indexes list other tasks than before. */
  readonly visibility: boolean;
}

type Buckets = Map<string, Set<string>>;

interface BuiltIndex {
  readonly definition: IndexDefinition;
  readonly buckets: Buckets;
}

/**
 * The rows that this device shows, with their indexes. An index is built when it is first asked for and
 * patched from then on. Changes are collected until `takeChanges`, so that any number of writes make one notice.
 */
export class RowStore {
  readonly #rows = new Map<Kind, Map<string, Row>>(KINDS.map((kind) => [kind, new Map()]));
  readonly #built = new Map<RowIndexName, BuiltIndex>();
  readonly #builtByKind = new Map<Kind, BuiltIndex[]>(KINDS.map((kind) => [kind, []]));
  readonly #touched = new Map<Kind, Map<string, Row | undefined>>(KINDS.map((kind) => [kind, new Map()]));
  readonly #hidden = new Set<string>();
  #visibilityChanged = false;

  get hiddenProjects(): ReadonlySet<string> {
    return this.#hidden;
  }

  get<K extends Kind>(kind: K, id: string): RowOf<K> | undefined {
    return this.#of(kind).get(id) as RowOf<K> | undefined;
  }

  all<K extends Kind>(kind: K): ReadonlyMap<string, RowOf<K>> {
    return this.#of(kind) as unknown as ReadonlyMap<string, RowOf<K>>;
  }

  /** Ids by key, of an index that then stays built. */
  index(name: RowIndexName): ReadonlyMap<string, ReadonlySet<string>> {
    return (this.#built.get(name) ?? this.#build(name)).buckets;
  }

  list(name: RowIndexName, key: string): Row[] {
    const { kind } = ROW_INDEXES[name];
    const rows = this.#of(kind);
    const found: Row[] = [];
    for (const id of this.index(name).get(key) ?? []) found.push(rows.get(id) as Row);
    return found;
  }

  set(kind: Kind, id: string, row: Row | undefined): void {
    const rows = this.#of(kind);
    const before = rows.get(id);
    if (before === row) return;
    const touched = this.#touched.get(kind) as Map<string, Row | undefined>;
    if (!touched.has(id)) touched.set(id, before);
    if (row) rows.set(id, row);
    else rows.delete(id);
    for (const { definition, buckets } of this.#builtByKind.get(kind) as BuiltIndex[]) {
      const from = before && definition.keys(before, this.#hidden);
      const to = row && definition.keys(row, this.#hidden);
      if (from === to && typeof from !== 'object') continue;
      removeKeys(buckets, from, id);
      addKeys(buckets, to, id);
    }
    if (kind === 'project') this.#setVisibility(id, row as RowOf<'project'> | undefined);
  }

  /** What differs from the last call. A row that was rewritten with equal content keeps its old object. */
  takeChanges(): StoreChanges {
    const byKind = new Map<Kind, RowChange[]>();
    for (const [kind, touched] of this.#touched) {
      if (touched.size === 0) continue;
      const rows = this.#of(kind);
      const changes: RowChange[] = [];
      for (const [id, before] of touched) {
        const after = rows.get(id);
        if (before === after) continue;
        if (before && after && deepEqual(before, after)) rows.set(id, before);
        else changes.push({ id, before, after });
      }
      touched.clear();
      if (changes.length > 0) byKind.set(kind, changes);
    }
    const visibility = this.#visibilityChanged;
    this.#visibilityChanged = false;
    return { byKind, visibility };
  }

  #of(kind: Kind): Map<string, Row> {
    return this.#rows.get(kind) as Map<string, Row>;
  }

  #build(name: RowIndexName): BuiltIndex {
    const definition = ROW_INDEXES[name];
    const buckets: Buckets = new Map();
    for (const [id, row] of this.#of(definition.kind)) addKeys(buckets, definition.keys(row, this.#hidden), id);
    const built = { definition, buckets };
    this.#built.set(name, built);
    this.#builtByKind.get(definition.kind)?.push(built);
    return built;
  }

  #setVisibility(projectId: string, project: RowOf<'project'> | undefined): void {
    const hide = project !== undefined && (project.archivedAt !== null || project.deletedAt !== null);
    if (hide === this.#hidden.has(projectId)) return;
    const tasks = this.list('projectTasks', projectId);
    const affected = [...this.#built.values()].filter(({ definition }) => definition.visibility);
    for (const { definition, buckets } of affected) {
      for (const task of tasks) removeKeys(buckets, definition.keys(task, this.#hidden), task.id);
    }
    if (hide) this.#hidden.add(projectId);
    else this.#hidden.delete(projectId);
    for (const { definition, buckets } of affected) {
      for (const task of tasks) addKeys(buckets, definition.keys(task, this.#hidden), task.id);
    }
    this.#visibilityChanged = true;
  }
}

function addKeys(buckets: Buckets, keys: IndexKeys | undefined, id: string): void {
  if (keys === null || keys === undefined) return;
  for (const key of typeof keys === 'string' ? [keys] : keys) {
    const bucket = buckets.get(key);
    if (bucket) bucket.add(id);
    else buckets.set(key, new Set([id]));
  }
}

function removeKeys(buckets: Buckets, keys: IndexKeys | undefined, id: string): void {
  if (keys === null || keys === undefined) return;
  for (const key of typeof keys === 'string' ? [keys] : keys) {
    const bucket = buckets.get(key);
    bucket?.delete(id);
    if (bucket?.size === 0) buckets.delete(key);
  }
}
