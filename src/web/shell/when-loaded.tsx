import type { ReactNode } from 'react';
import { useSyncState } from '#web/replica/use-query.ts';
import { ListSkeleton } from '#web/ui/skeleton.tsx';
import { useLoadingWords } from './loading-words.ts';

/** Holds back what would look empty only because the data of the account has not arrived yet. */
export function WhenLoaded({ children }: { children: ReactNode }) {
  const loaded = useSyncState((status) => status.loaded);
  return loaded ? children : <Loading />;
}

function Loading() {
  return <ListSkeleton status={useLoadingWords()} />;
}
