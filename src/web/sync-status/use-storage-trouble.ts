import { useEffect, useState, useSyncExternalStore } from 'react';
import { useReplica } from '#web/replica/use-query.ts';
import { isAlmostFull, storageFacts } from './storage-facts.ts';
import type { StorageTrouble } from './sync-words.ts';

const LOOK_AGAIN_MS = 10 * 60_000;

/** What is wrong with the storage of this device; null when nothing is. */
export function useStorageTrouble(): StorageTrouble | null {
  const { storageProblem } = useReplica();
  const problem = useSyncExternalStore(storageProblem.subscribe, storageProblem.get);
  const [low, setLow] = useState(false);
  useEffect(() => {
    const look = (): void => {
      storageFacts(navigator.storage as StorageManager | undefined).then(
        (facts) => setLow(facts !== null && isAlmostFull(facts)),
        // Without an answer there is nothing to tell.
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return problem ?? (low ? 'low' : null);
}
