import type { AccountCard } from '#core/actor.ts';
import { memberId } from '#core/projects/member.ts';
import type { Project } from '#core/projects/project.ts';
import type { Role } from '#core/projects/role.ts';
import { type Kind, type Row, type RowOf, type ScopeId, scopeOf } from '#core/rows.ts';
import { addToChecksum } from '#core/sync/checksum.ts';
import type { RowsByKind, ScopeDelta } from '#core/sync/protocol.ts';
import type { Task } from '#core/tasks/task.ts';
import { Replica, type ReplicaOptions } from '#web/replica/replica.ts';

export const NOW = '2026-11-22T09:00:00.000Z';

/** The UUID number `n`; ids sort like their numbers. */
export function id(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

export const ANA: AccountCard = {
  userId: id(1),
  username: 'ana',
  displayName: 'Ana',
  instanceRole: 'user',
  active: true,
};

/** Deterministic bytes in place of randomness. */
export function countingRandom(seed = 1): (bytes: Uint8Array<ArrayBuffer>) => Uint8Array {
  let state = seed;
  return (bytes) => {
    for (let i = 0; i < bytes.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[i] = state >>> 24;
    }
    return bytes;
  };
}

const stamped = { rev: 1, createdAt: NOW, updatedAt: NOW };

export function aProject(given: Partial<Project> & { id: string }): Project {
  return {
    ...stamped,
    name: 'Project',
    color: 'slate',
    icon: null,
    view: null,
    parentId: null,
    rank: 'a0',
    inbox: false,
    createdBy: ANA.userId,
    archivedAt: null,
    deletedAt: null,
    ...given,
  };
}

export function aMember(projectId: string, role: Role = 'owner', account: AccountCard = ANA): RowOf<'member'> {
  const { userId, username, displayName } = account;
  return { ...stamped, id: memberId(projectId, userId), projectId, userId, username, displayName, role };
}

export function aTask(given: Partial<Task> & { id: string; projectId: string }): Task {
  return {
    ...stamped,
    title: `Task ${given.id.slice(-4)}`,
    description: '',
    priority: 4,
    labels: [],
    assigneeId: null,
    date: null,
    time: null,
    timeZone: null,
    evening: false,
    deadline: null,
    duration: null,
    recurrence: null,
    descriptionConflict: null,
    sectionId: null,
    parentId: null,
    rank: 'a0',
    completedAt: null,
    completedBy: null,
    createdBy: ANA.userId,
    deletedAt: null,
    ...given,
  };
}

export type KindRow = { [K in Kind]: readonly [K, RowOf<K>] }[Kind];

export function rowsByKind(rows: readonly KindRow[]): RowsByKind {
  const byKind: Record<string, Row[]> = {};
  for (const [kind, row] of rows) (byKind[kind] ??= []).push(row);
  return byKind;
}

/** Deltas that bring `rows`, one per scope, with the checksum of exactly these rows. */
export function deltasOf(rows: readonly KindRow[], ver = 1): ScopeDelta[] {
  const byScope = new Map<ScopeId, KindRow[]>();
  for (const row of rows) {
    const scope = scopeOf(row[0], row[1]);
    byScope.set(scope, [...(byScope.get(scope) ?? []), row]);
  }
  return [...byScope].map(([s, own]) => ({
    s,
    to: { ver, tag: 7 },
    view: '',
    put: rowsByKind(own),
    del: [],
    sum: own.reduce((sum, [, row]) => addToChecksum(sum, row.id, row.rev), 0),
  }));
}

/** A replica that holds exactly `rows`, as the server sent them. */
export function aReplica(rows: readonly KindRow[], options: Partial<ReplicaOptions> = {}): Replica {
  const replica = new Replica({ account: ANA, clock: () => Date.parse(NOW), random: countingRandom(), ...options });
  replica.applyPull({ gone: [], staged: [], scopes: deltasOf(rows), last: 0 }, []);
  return replica;
}
