import { deleteDB } from 'idb';
import type { SyncEnvironment } from '#web/replica/sync-transport.ts';
import type { TabChannel } from '#web/replica/tabs/tab-channel.ts';
import { CacheDisk, cacheName, isCacheOf } from './cache-disk.ts';
import { OutboxDisk, outboxName } from './outbox-disk.ts';
import { readKept, TabStorage } from './tab-storage.ts';

/** Longer than a slow phone takes; a browser that never answers must not keep anybody from their tasks. */
const OPEN_WITHIN_MS = 20_000;

export interface OpenStorage {
  readonly storage: TabStorage;
  readonly cacheDisk: CacheDisk;
}

export interface OpenStorageOptions {
  readonly userId: string;
  readonly newClientId: () => string;
  readonly channel: TabChannel;
  readonly setTimer: SyncEnvironment['setTimer'];
}

/** What this browser keeps of an account. Null where it keeps nothing: blocked, broken, or without an answer. */
export async function openStorage(options: OpenStorageOptions): Promise<OpenStorage | null> {
  const { userId, newClientId, channel, setTimer } = options;
  if (!('indexedDB' in globalThis)) return null;
  const outboxDisk = new OutboxDisk(userId, newClientId);
  const cacheDisk = new CacheDisk(userId);
  const late = Promise.withResolvers<null>();
  const cancel = setTimer(OPEN_WITHIN_MS, () => late.resolve(null));
  try {
    const kept = await Promise.race([readKept({ outboxDisk, cacheDisk }), late.promise]);
    if (!kept) throw new Error('The database of the browser does not answer.');
    return { storage: new TabStorage(kept, { outboxDisk, cacheDisk, channel, setTimer }), cacheDisk };
  } catch {
    outboxDisk.close();
    cacheDisk.close();
    return null;
  } finally {
    cancel();
  }
}

/** Removes everything that this browser keeps of an account. */
export async function deleteStorage(userId: string): Promise<void> {
  if (!('indexedDB' in globalThis)) return;
  await Promise.all([deleteDB(outboxName(userId)), deleteDB(cacheName(userId)), deleteOtherCaches(userId)]);
}

/** Caches of other versions of the app. */
export async function deleteOtherCaches(userId: string): Promise<void> {
  // Firefox tells the names since version 126; before, old caches stay until the person clears the site.
  const databases = (await indexedDB.databases?.()) ?? [];
  const others = databases.flatMap(({ name }) =>
    name !== undefined && name !== cacheName(userId) && isCacheOf(name, userId) ? [name] : [],
  );
  await Promise.all(others.map((name) => deleteDB(name)));
}
