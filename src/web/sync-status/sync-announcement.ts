import type { SyncStatus } from '#web/replica/sync-status.ts';
import { changesWords, syncWords } from './sync-words.ts';

/** What to announce when the state becomes another one; nothing while it stays, and nothing for mere saving. */
export function syncAnnouncement(before: SyncStatus, after: SyncStatus): string | undefined {
  if (before.state === after.state && before.rejected >= after.rejected) return undefined;
  const wasAway = before.state === 'offline' || before.state === 'reconnecting' || before.state === 'paused';
  if (after.state === 'synced' || after.state === 'saving') {
    if (!wasAway) return undefined;
    return before.pending > 0 ? `Back online. ${changesWords(before.pending)} synced.` : 'Back online.';
  }
  if (after.state === 'offline') return 'Offline. Changes are saved on this device.';
  if (after.state === 'paused') return 'Working offline. Changes are saved on this device.';
  if (after.state === 'reconnecting') return undefined;
  return syncWords(after).sentence;
}
