import { useEffect, useState } from 'react';
import type { Replica } from '#web/replica/replica.ts';
import type { SyncStatus } from '#web/replica/sync-status.ts';
import { useSyncStatus } from '#web/replica/use-query.ts';
import { useNotices } from '#web/undo/notices.ts';
import { syncAnnouncement } from './sync-words.ts';

/** Announces that the connection went or came back, and that a change was refused; changes of state only. */
export function useSyncAnnouncements(replica: Replica): void {
  const { announcer } = useNotices();
  useEffect(() => {
    let before = replica.status.get();
    return replica.status.subscribe(() => {
      const after = replica.status.get();
      const text = syncAnnouncement(before, after);
      if (text !== undefined) announcer.announce(text, after.state === 'attention' ? 'assertive' : 'polite');
      before = after;
    });
  }, [replica, announcer]);
}

/** Below this, saving is not worth a word. */
const SAVING_AFTER_MS = 2000;

/** The status as it is shown: saving only once it takes long. */
export function useShownStatus(): SyncStatus {
  const status = useSyncStatus();
  const saving = status.state === 'saving';
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!saving) return undefined;
    const timer = setTimeout(() => setSlow(true), SAVING_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [saving]);
  return saving && !slow ? { ...status, state: 'synced' } : status;
}
