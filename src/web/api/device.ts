import { uuidv7 } from '#core/ids.ts';
import type { Outbox } from '#web/replica/outbox.ts';
import { createReplica, type Replica } from '#web/replica/replica.ts';
import { deleteOtherCaches, openStorage, type OpenStorage } from '#web/replica/storage/open-storage.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import type { SyncFault } from '#web/replica/sync-session.ts';
import { browserEnvironment } from '#web/replica/sync-transport.ts';
import { SharedReplica } from '#web/replica/tabs/shared-replica.ts';
import { openTabChannel, type TabChannel } from '#web/replica/tabs/tab-channel.ts';
import { leaderLock, TabLeadership } from '#web/replica/tabs/tab-leadership.ts';
import { keepSyncState } from './kept-sync-state.ts';
import { accountOf, type SessionApi, type SessionUser } from './session.ts';
import { createSyncTransport } from './sync-http-transport.ts';

/** The data of the person who is signed in, kept in step with the server. */
export interface Device {
  readonly replica: Replica;
  readonly sync: SyncClient;
  /** Whether the data of the account was here before the server said anything. */
  readonly hasData: boolean;
  /** Begins to talk to the server, once it is certain whose session the browser holds. */
  goOnline(): void;
  /** Asks for news now. */
  syncNow(): void;
  /** Tells the other tabs that the person signed out. */
  tellSignedOut(): void;
  /** Ends synchronisation; what has been kept stays on the device. */
  close(): void;
}

export interface OpenDeviceOptions {
  readonly session: SessionApi;
  readonly user: SessionUser;
  /** Keep data on this device, also when the browser is closed. */
  readonly keep: boolean;
  readonly onSignedOut: () => void;
  readonly report?: (fault: SyncFault) => void;
}

const random = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(bytes);
const newId = (): string => uuidv7(Date.now(), random);

/** Opens the local database of an account: from what the browser keeps, if it does, else empty. */
export async function openDevice(options: OpenDeviceOptions): Promise<Device> {
  const { session, user, keep, report = () => {} } = options;
  const channel = keep ? openTabChannel(user.id) : null;
  const { setTimer } = browserEnvironment;
  const opened = channel && (await openStorage({ userId: user.id, newClientId: newId, channel, setTimer }));
  const replica = createReplica({
    account: accountOf(user),
    clock: browserEnvironment.clock,
    random,
    outbox: opened?.storage.outbox ?? null,
    cache: opened?.storage.cache ?? null,
  });
  const transport = createSyncTransport(session.http);
  const sync = new SyncClient({ replica, transport, environment: browserEnvironment, report });
  const hasData = replica.base.cursors.size > 0;
  if (!channel || !opened) {
    channel?.close();
    return aloneDevice(replica, sync, hasData);
  }
  return sharedDevice({ replica, sync, hasData, channel, opened, options });
}

/** Nothing is kept: what has not been sent when the page ends is lost, and the page says so. */
function aloneDevice(replica: Replica, sync: SyncClient, hasData: boolean): Device {
  const stopListening = listen({
    sync,
    isUnsafe: () => replica.outbox.state.pending.length > 0,
    onVisible: () => sync.syncNow(),
  });
  return {
    replica,
    sync,
    hasData,
    goOnline: () => sync.start(),
    syncNow: () => sync.syncNow(),
    tellSignedOut: () => {},
    close() {
      stopListening();
      sync.stop();
    },
  };
}

interface SharedParts {
  readonly replica: Replica;
  readonly sync: SyncClient;
  readonly hasData: boolean;
  readonly channel: TabChannel;
  readonly opened: OpenStorage;
  readonly options: OpenDeviceOptions;
}

function sharedDevice({ replica, sync, hasData, channel, opened, options }: SharedParts): Device {
  const { storage, cacheDisk } = opened;
  const { user, onSignedOut } = options;
  const shared = new SharedReplica({ replica, sync, storage, channel, onSignedOut });
  const leadership = new TabLeadership({
    tab: newId(),
    disk: cacheDisk,
    channel,
    environment: browserEnvironment,
    // Browsers offer locks on https and localhost only.
    locks: (navigator as { readonly locks?: LockManager }).locks,
    lockName: leaderLock(user.id),
    isVisible: () => document.visibilityState === 'visible',
    onLead: (term, commits) => void shared.lead(term, commits),
    onFollow: () => shared.follow(),
    onRenew: () => shared.lookAround(),
  });
  storage.onProblem = (problem) => {
    if (problem) replica.outbox.release();
    replica.storageProblem.set(problem);
  };
  const stopListening = listen({
    sync,
    isUnsafe: () => replica.outbox.unkept > 0,
    onVisible: () => {
      leadership.visibilityChanged();
      shared.syncNow();
    },
    onAway: (comesBack) => (comesBack ? leadership.suspend() : leadership.stop()),
    onBack: () => leadership.start(),
  });
  askToKeep(replica);
  void deleteOtherCaches(user.id, browserEnvironment.clock()).catch(() => undefined);
  return {
    replica,
    sync,
    hasData,
    goOnline: () => shared.join(leadership),
    syncNow: () => shared.syncNow(),
    tellSignedOut: () => shared.tellSignedOut(),
    close() {
      stopListening();
      shared.close();
      sync.stop();
      void storage.flushed().finally(() => storage.close());
    },
  };
}

interface PageEvents {
  readonly sync: SyncClient;
  /** Whether something would be lost if the page ended now. */
  readonly isUnsafe: () => boolean;
  readonly onVisible: () => void;
  /** The page is left for good, or stands still for now. */
  readonly onAway?: (comesBack: boolean) => void;
  readonly onBack?: () => void;
}

function listen({ sync, isUnsafe, onVisible, onAway, onBack }: PageEvents): () => void {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  addEventListener('online', () => sync.setOnline(true), options);
  addEventListener('offline', () => sync.setOnline(false), options);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && onVisible(), options);
  addEventListener('beforeunload', (event) => isUnsafe() && event.preventDefault(), options);
  addEventListener('pagehide', ({ persisted }) => onAway?.(persisted), options);
  addEventListener('pageshow', (event) => event.persisted && onBack?.(), options);
  document.addEventListener('freeze', () => onAway?.(true), options);
  document.addEventListener('resume', () => onBack?.(), options);
  sync.setOnline(navigator.onLine);
  keepSyncState(sync, listening.signal);
  return () => listening.abort();
}

/** Asks the browser not to clear what is kept, once there is something of the person's own: some browsers ask them. */
function askToKeep({ outbox, status }: { readonly outbox: Outbox; readonly status: Replica['status'] }): void {
  const stop = status.subscribe(() => {
    if (outbox.state.pending.length === 0) return;
    stop();
    // Absent on plain http.
    void (navigator as { readonly storage?: StorageManager }).storage?.persist?.().catch(() => undefined);
  });
}
