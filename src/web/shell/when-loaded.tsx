import type { ReactNode } from 'react';
import { useSyncStatus } from '#web/replica/use-query.ts';
import { ListSkeleton } from '#web/ui/skeleton.tsx';

/** Holds back what would look empty only because the data of the account has not arrived yet. */
export function WhenLoaded({ children }: { children: ReactNode }) {
  const { loaded, progress } = useSyncStatus();
  if (loaded) return children;
  const status = progress
    ? `${progress.received.toLocaleString()} of ${progress.total.toLocaleString()} tasks`
    : 'Getting your tasks';
  return <ListSkeleton status={status} />;
}
