import { useCallback, useSyncExternalStore } from 'react';
import type { Kind } from '#core/rows.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useHeld } from '#web/ui/use-held.ts';

/** What is confirmed sooner never shows that it was not. */
const SHOWN_AFTER_MS = 2000;

/** Whether a row has waited so long for the server that it is worth a mark. */
export function useUnconfirmed(kind: Kind, id: string): boolean {
  const replica = useReplica();
  const differs = useCallback(
    () => replica.get(kind, id) !== undefined && replica.get(kind, id) !== replica.baseRow(kind, id),
    [replica, kind, id],
  );
  // The row itself may be confirmed without a change of what it shows.
  const waiting = useSyncExternalStore(replica.status.subscribe, differs);
  return useHeld(waiting, SHOWN_AFTER_MS);
}
