import { changeOf, scopesOf, type RowEffect } from '#core/mutation/effect.ts';
import { scopeOf, type Kind, type ScopeId } from '#core/rows.ts';
import { addToChecksum, removeFromChecksum } from '#core/sync/checksum.ts';
import type { AccessTable, ChangeTable, ClientTable, MutationTable } from '#server/db/schema.ts';
import { WorkingSet, type RowSource } from './working-set.ts';

/** A change row whose scope version is not known before the end of the transaction. */
export type ChangeDraft = Omit<ChangeTable, 'ver' | 'scope_id'> & { readonly scope_id: ScopeId };

/** Who sees everything of what they see: no role hides a part of a scope yet. */
const WHOLE_SCOPE = 'all';

interface Savepoint {
  readonly rows: number;
  readonly changes: number;
  readonly mutations: number;
  readonly reclaimed: number;
}

/** A refusal that a device with a new client id asked for again. */
export type ReclaimedRefusal = Pick<MutationTable, 'uid' | 'client_id' | 'seq'>;

/** Everything that one database transaction is going to write. */
export class WriteBatch {
  readonly working: WorkingSet;
  readonly changes: ChangeDraft[] = [];
  readonly mutations: MutationTable[] = [];
  readonly reclaimed: ReclaimedRefusal[] = [];
  readonly #source: RowSource;
  readonly #clients = new Map<string, ClientTable>();
  /** Something was not loaded: what ran so far only served to find out what to load. */
  incomplete = false;

  constructor(source: RowSource) {
    this.#source = source;
    this.working = new WorkingSet(source);
  }

  client(id: string): ClientTable | undefined {
    return this.#clients.get(id) ?? this.#source.client(id);
  }

  putClient(client: ClientTable): void {
    this.#clients.set(client.id, client);
  }

  get clients(): Iterable<ClientTable> {
    return this.#clients.values();
  }

  savepoint(): Savepoint {
    return {
      rows: this.working.savepoint(),
      changes: this.changes.length,
      mutations: this.mutations.length,
      reclaimed: this.reclaimed.length,
    };
  }

  rollback(to: Savepoint): void {
    this.working.rollback(to.rows);
    this.changes.length = to.changes;
    this.mutations.length = to.mutations;
    this.reclaimed.length = to.reclaimed;
  }

  /** Takes over the effects of a mutation, and one change row per effect: two where a row left its scope. */
  apply(
    effects: readonly RowEffect[],
    by: { readonly uid: string; readonly actor: string; readonly at: number },
  ): void {
    this.working.apply(effects);
    for (const effect of effects) {
      const { kind, id, before, after } = changeOf(effect);
      const entry = { kind, eid: id, mutation_uid: by.uid, actor: by.actor, at: by.at };
      const [first, second] = scopesOf(effect);
      if (!first) continue;
      // The scope that a row left learns that it is gone, but neither where it went nor what it was.
      if (second) {
        this.changes.push({
          ...entry,
          scope_id: first,
          seq: this.changes.length,
          op: 'del',
          before: null,
          after: null,
        });
      }
      this.changes.push({
        ...entry,
        scope_id: second ?? first,
        seq: this.changes.length,
        op: effect.after ? 'put' : 'del',
        before: before && JSON.stringify(before),
        after: after && JSON.stringify(after),
      });
    }
  }

  /** Sorted, as they are locked; of the changes from `since` on. */
  touchedScopes(since = 0): ScopeId[] {
    return [...new Set(this.changes.slice(since).map((change) => change.scope_id))].sort();
  }

  /** What each scope's checksum changes by, modulo 2^32. */
  checksumDeltas(): Map<ScopeId, number> {
    const deltas = new Map<ScopeId, number>();
    for (const { kind, id, before, after } of this.working.dirtyRows()) {
      if (before) {
        const scope = scopeOf(kind, before as never);
        deltas.set(scope, removeFromChecksum(deltas.get(scope) ?? 0, id, before.rev));
      }
      if (after) {
        const scope = scopeOf(kind, after as never);
        deltas.set(scope, addToChecksum(deltas.get(scope) ?? 0, id, after.rev));
      }
    }
    return deltas;
  }

  /** Visibility follows from the rows that people see: members of projects, and each one's own settings. */
  accessChanges(): { readonly put: AccessTable[]; readonly remove: Pick<AccessTable, 'user_id' | 'scope_id'>[] } {
    const put: AccessTable[] = [];
    const remove: Pick<AccessTable, 'user_id' | 'scope_id'>[] = [];
    for (const { kind, before, after } of this.working.dirtyRows()) {
      const row = after ?? before;
      if (!row || !grantsAccess(kind)) continue;
      const key = {
        user_id: (row as { readonly userId: string }).userId,
        scope_id: scopeOf(kind, row as never),
      };
      if (after) put.push({ ...key, role: (after as { role?: string }).role ?? 'owner', view: WHOLE_SCOPE });
      else if (before) remove.push(key);
    }
    return { put, remove };
  }

  usersWithOtherAccess(): string[] {
    const { put, remove } = this.accessChanges();
    return [...put, ...remove].map((row) => row.user_id);
  }
}

function grantsAccess(kind: Kind): boolean {
  return kind === 'member' || kind === 'settings';
}
