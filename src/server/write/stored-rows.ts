import type { AccountCard } from '#core/actor.ts';
import type { ChangeRecord, Fields, RecordedMutation } from '#core/mutation/effect.ts';
import { findMutator } from '#core/mutators.ts';
import { isKind, type Kind } from '#core/rows.ts';
import type { ChangeTable, UserTable } from '#server/db/schema.ts';
import type { StoredMutation } from './working-set.ts';

export const USER_COLUMNS = 'id, username, display_name, role, status';
export type StoredAccount = Pick<UserTable, 'id' | 'username' | 'display_name' | 'role' | 'status'>;

export const MUTATION_COLUMNS = 'uid, client_id, seq, user_id, name, status, error, result';

export const CHANGE_COLUMNS = 'mutation_uid, seq, kind, eid, before, after';
export type StoredChange = Pick<ChangeTable, 'mutation_uid' | 'seq' | 'kind' | 'eid' | 'before' | 'after'>;

export function accountCard({ id, username, display_name, role, status }: StoredAccount): AccountCard {
  return { userId: id, username, displayName: display_name, instanceRole: role, active: status === 'active' };
}

/**
 * A mutation with its changes in the order in which they were made (`seq` counts through a transaction), one per
 * row: the mark that a row left in its old scope is none.
 */
export function recordedMutation(
  stored: StoredMutation,
  changes: readonly StoredChange[],
): RecordedMutation | undefined {
  if (stored.status === 'rejected') return undefined;
  // A newer process on the same database may have changed what this one does not know: half of it is not undone.
  const known = changes.filter(({ kind }) => isKind(kind));
  return {
    uid: stored.uid,
    name: stored.name,
    userId: stored.user_id,
    undoable: known.length === changes.length && (findMutator(stored.name)?.undoable ?? false),
    changes: known
      .filter((change) => change.before !== null || change.after !== null)
      .toSorted((a, b) => a.seq - b.seq)
      .map(changeRecord),
  };
}

function changeRecord({ kind, eid, before, after }: StoredChange): ChangeRecord {
  const parse = (text: string | null): Fields | null => (text === null ? null : (JSON.parse(text) as Fields));
  return { kind: kind as Kind, id: eid, before: parse(before), after: parse(after) };
}
