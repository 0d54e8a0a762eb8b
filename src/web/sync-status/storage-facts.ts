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
