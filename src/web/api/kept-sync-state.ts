import type { SyncClient } from '#web/replica/sync-client.ts';
import { deviceNotes } from '#web/ui/device-notes.ts';

/**
 * Keeps with the browser, per account, what synchronisation must know after a reload: that the person works offline,
 * which all tabs follow, and when this device was last in step.
 */
export function keepSyncState(sync: SyncClient, signal: AbortSignal): void {
  const { account, lastSyncedAt } = sync.replica;
  const offlineKey = `tend.work-offline.${account.userId}`;
  const syncedKey = `tend.last-sync.${account.userId}`;
  sync.setWorkOffline(deviceNotes.read(offlineKey) === '1');
  lastSyncedAt.set(Number(deviceNotes.read(syncedKey)) || null);
  const stops = [
    sync.workOffline.subscribe(() => deviceNotes.write(offlineKey, sync.workOffline.get() ? '1' : null)),
    lastSyncedAt.subscribe(() => deviceNotes.write(syncedKey, String(lastSyncedAt.get()))),
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
