import { useEffect, useState } from 'react';

export interface StorageFacts {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** The browser keeps what is stored until the person removes it. */
  readonly persisted: boolean;
}

/** Above this share of what the browser allows, room for new changes may run out. */
const ALMOST_FULL = 0.9;

export function isAlmostFull({ usedBytes, quotaBytes }: StorageFacts): boolean {
  return quotaBytes > 0 && usedBytes / quotaBytes >= ALMOST_FULL;
}

/** Null where the browser does not tell: over plain http, in old browsers. */
export async function storageFacts(storage: StorageManager | undefined): Promise<StorageFacts | null> {
  if (!storage?.estimate) return null;
  const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([storage.estimate(), storage.persisted()]);
  return { usedBytes: usage, quotaBytes: quota, persisted };
}

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
