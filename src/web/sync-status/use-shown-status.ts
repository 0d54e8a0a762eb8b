import type { SyncStatus } from '#web/replica/sync-status.ts';
import { useSyncStatus } from '#web/replica/use-query.ts';
import { useHeld } from '#web/ui/use-held.ts';

/** Below this, saving is not worth a word. */
const SAVING_AFTER_MS = 2000;

/** The status as it is shown: saving only once it takes long. */
export function useShownStatus(): SyncStatus {
  const status = useSyncStatus();
  const saving = status.state === 'saving';
  const slow = useHeld(saving, SAVING_AFTER_MS);
  return saving && !slow ? { ...status, state: 'synced' } : status;
}
