import { createContext, createElement, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import { must } from '#core/errors.ts';
import type { Kind, RowOf } from '#core/rows.ts';
import type { Query, Where } from './live-query.ts';
import type { Replica } from './replica.ts';
import type { RejectedMutation } from './outbox.ts';
import { ROW_INDEXES } from './row-indexes.ts';
import type { SyncStatus } from './sync-status.ts';

const ReplicaContext = createContext<Replica | null>(null);

/** Gives the components below it the replica of the person who is signed in. */
export function ReplicaProvider({ replica, children }: { replica: Replica; children?: ReactNode }): ReactNode {
  return createElement(ReplicaContext, { value: replica }, children);
}

export function useReplica(): Replica {
  return must(useContext(ReplicaContext), 'a component that reads data is below ReplicaProvider');
}

/** One row; renders again only when this row changes. A null id gives undefined. */
export function useRow<K extends Kind>(kind: K, id: string | null): RowOf<K> | undefined {
  const replica = useReplica();
  const subscribe = useCallback(
    (listener: () => void) => (id === null ? () => {} : replica.subscribeRow(kind, id, listener)),
    [replica, kind, id],
  );
  return useSyncExternalStore(subscribe, () => (id === null ? undefined : replica.get(kind, id)));
}

/** The rows of a query in order: a new array whenever one of them changes, else the same one. */
export function useLiveQuery<K extends Kind>(query: Query<K>): readonly RowOf<K>[] {
  const live = useReplica().query(query);
  return useSyncExternalStore(live.subscribe, live.rows);
}

/** The ids of a query in order: renders again only when rows come, go or swap places. */
export function useLiveIds<K extends Kind>(query: Query<K>): readonly string[] {
  const live = useReplica().query(query);
  return useSyncExternalStore(live.subscribe, live.ids);
}

/** How many rows an index lists, as in `useCount({ index: 'openByProject', key: projectId })`. */
export function useCount(where: Where): number {
  const replica = useReplica();
  const { kind } = ROW_INDEXES[where.index];
  const subscribe = useCallback((listener: () => void) => replica.subscribeKind(kind, listener), [replica, kind]);
  return useSyncExternalStore(subscribe, () => replica.count(where));
}

export function useSyncStatus(): SyncStatus {
  const { status } = useReplica();
  return useSyncExternalStore(status.subscribe, status.get);
}

/** What `select` makes of the status: the status itself changes with every mutation, most parts of it seldom. */
export function useSyncState<T extends string | number | boolean>(select: (status: SyncStatus) => T): T {
  const { status } = useReplica();
  return useSyncExternalStore(status.subscribe, () => select(status.get()));
}

/** What the server refused and the person has not decided about. */
export function useRejected(): readonly RejectedMutation[] {
  const { rejected } = useReplica();
  return useSyncExternalStore(rejected.subscribe, rejected.get);
}
