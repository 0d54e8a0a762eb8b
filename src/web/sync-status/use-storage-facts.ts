import { useEffect, useState } from 'react';
import { type StorageFacts, storageFacts } from './storage-facts.ts';

/** Asked for once, when it is shown. */
export function useStorageFacts(): StorageFacts | null {
  const [facts, setFacts] = useState<StorageFacts | null>(null);
  useEffect(() => {
    let wanted = true;
    storageFacts(navigator.storage as StorageManager | undefined).then(
      (found) => {
        if (wanted) setFacts(found);
      },
      // Without an answer there is nothing to show.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  return facts;
}

const UNITS = ['kB', 'MB', 'GB'] as const;

export function bytesWords(bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ''}`;
}
