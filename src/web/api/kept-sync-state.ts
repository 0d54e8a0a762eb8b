import type { SyncClient } from '#web/replica/sync-client.ts';

/**
 * Keeps with the browser, per account, what synchronisation must know after a reload: that the person works offline,
 * which all tabs follow, and when this device was last in step.
 */
export function keepSyncState(sync: SyncClient, signal: AbortSignal): void {
  const { account, lastSyncedAt } = sync.replica;
  const offlineKey = `tend.work-offline.${account.userId}`;
  const syncedKey = `tend.last-sync.${account.userId}`;
  sync.setWorkOffline(read(offlineKey) === '1');
  lastSyncedAt.set(Number(read(syncedKey)) || null);
  const stops = [
    sync.workOffline.subscribe(() => write(offlineKey, sync.workOffline.get() ? '1' : null)),
    lastSyncedAt.subscribe(() => write(syncedKey, String(lastSyncedAt.get()))),
  ];
  const handleStorage = ({ key, newValue }: StorageEvent): void => {
    if (key === offlineKey) sync.setWorkOffline(newValue === '1');
    if (key === syncedKey) lastSyncedAt.set(Number(newValue) || null);
  };
  addEventListener('storage', handleStorage, { signal });
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Blocked or full: it then lasts as long as the page.
  }
}
