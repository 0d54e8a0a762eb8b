import { useEffect } from 'react';
import type { RejectedMutation } from '#web/replica/outbox.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useNotices } from '#web/undo/notices.ts';
import { attemptMemoryOf } from './attempt-memory.ts';
import { syncAnnouncement } from './sync-announcement.ts';
import { syncWords } from './sync-words.ts';

/** Announces that the connection went or came back, and tells of refused changes; changes of state only. */
export function SyncNotices({ openAttention }: { openAttention: () => void }) {
  const replica = useReplica();
  const { announcer, toasts } = useNotices();
  useEffect(() => attemptMemoryOf(replica).start(), [replica]);
  useEffect(() => {
    replica.onOverlap = (mutation, overlaps) => {
      // Rare, and only information: its code is fetched when it is needed.
      import('./overlap-notices.ts').then(
        ({ tellOverlaps }) => tellOverlaps({ replica, toasts, mutation, overlaps, now: Date.now() }),
        () => undefined,
      );
    };
    return () => {
      replica.onOverlap = () => {};
    };
  }, [replica, toasts]);
  useEffect(() => {
    let before = replica.status.get();
    let known = replica.rejected.get();
    return replica.status.subscribe(() => {
      const after = replica.status.get();
      const rejected = replica.rejected.get();
      const fresh = rejected.filter((mutation) => !known.includes(mutation));
      known = rejected;
      const text = syncAnnouncement(before, after);
      before = after;
      if (fresh.length > 0) {
        flashRows(fresh);
        toasts.show({
          message: syncWords({ ...after, state: 'attention' }).sentence,
          tone: 'danger',
          merge: 'attention',
          action: { label: 'Review', run: openAttention },
        });
      } else if (text !== undefined) {
        announcer.announce(text, after.state === 'attention' ? 'assertive' : 'polite');
      }
    });
  }, [replica, announcer, toasts, openAttention]);
  return null;
}

/** Shows in the lists what was turned back. */
function flashRows(rejected: readonly RejectedMutation[]): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const { args } of rejected) {
    const row = document.querySelector(`[data-row-key="${CSS.escape(String(args['id']))}"]`);
    row?.animate?.([{ background: 'var(--color-danger-tint)' }, { background: 'transparent' }], 1200);
  }
}
