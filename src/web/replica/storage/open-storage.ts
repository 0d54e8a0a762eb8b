import { deleteDB } from 'idb';
import { EDITION } from '#core/sync/protocol.ts';
import type { SyncEnvironment } from '#web/replica/sync-transport.ts';
import type { TabChannel } from '#web/replica/tabs/tab-channel.ts';
import { CacheDisk, cacheName, isCacheInUse, isCacheOf } from './cache-disk.ts';
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
  /** Default: that of this version of the app. */
  readonly edition?: string;
}

/** What this browser keeps of an account. Null where it keeps nothing: blocked, broken, or without an answer. */
export async function openStorage(options: OpenStorageOptions): Promise<OpenStorage | null> {
  const { userId, newClientId, channel, setTimer, edition } = options;
  if (!('indexedDB' in globalThis)) return null;
  const outboxDisk = new OutboxDisk(userId, newClientId);
  const cacheDisk = new CacheDisk(userId, edition);
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
  const others = await otherCaches(userId, EDITION);
  await Promise.all([outboxName(userId), cacheName(userId), ...others].map((name) => deleteDB(name)));
}

/** Removes caches of other versions of the app, unless pages of these are still at work on them. */
export async function deleteOtherCaches(userId: string, now: number, edition = EDITION): Promise<void> {
  for (const name of await otherCaches(userId, edition)) if (!(await isCacheInUse(name, now))) await deleteDB(name);
}

async function otherCaches(userId: string, edition: string): Promise<string[]> {
  // Firefox tells the names since version 126; before, old caches stay until the person clears the site.
  const names = ((await indexedDB.databases?.()) ?? []).flatMap(({ name }) => name ?? []);
  return names.filter((name) => name !== cacheName(userId, edition) && isCacheOf(name, userId));
}
