import { useEffect } from 'react';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useNotices } from '#web/undo/notices.ts';
import type { ListStore } from './list-context.ts';
import { remoteChangeWords } from './remote-change.ts';

/**
 * Announces what others change of the task that has focus. A change is somebody else's when it changes both what the
 * server confirmed and what is shown: an own one changes first the one and then the other.
 */
export function RemoteNotices({ store }: { store: ListStore }) {
  const replica = useReplica();
  const { announcer } = useNotices();
  const calendar = useCalendar();
  useEffect(() => {
    let taskId: string | null = null;
    let unwatch = () => {};
    const watch = () => {
      const { focused } = store.get();
      if (focused === taskId) return;
      unwatch();
      taskId = focused;
      let shown = focused === null ? undefined : replica.get('task', focused);
      let confirmed = focused === null ? undefined : replica.baseRow('task', focused);
      if (focused === null || !shown) return;
      unwatch = replica.subscribeRow('task', focused, () => {
        const before = shown;
        const wasConfirmed = confirmed;
        shown = replica.get('task', focused);
        confirmed = replica.baseRow('task', focused);
        if (!before || !shown || confirmed?.rev === wasConfirmed?.rev) return;
        const words = remoteChangeWords(before, shown, calendar);
        if (words !== null) announcer.announce(words);
      });
    };
    watch();
    const stop = store.subscribe(watch);
    return () => {
      stop();
      unwatch();
    };
  }, [replica, store, announcer, calendar]);
  return null;
}
