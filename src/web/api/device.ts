import { browserEnvironment } from '#web/replica/sync-transport.ts';
import { createReplica, type Replica } from '#web/replica/replica.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import type { SyncFault } from '#web/replica/sync-session.ts';
import { accountOf, type SessionApi, type SessionUser } from './session.ts';
import { createSyncTransport } from './sync-http-transport.ts';

/** The data of the person who is signed in, kept in step with the server. */
export interface Device {
  readonly replica: Replica;
  readonly sync: SyncClient;
  /** Ends synchronisation; what has not been sent is lost with the page. */
  close(): void;
}

/**
 * Opens the local database of an account and begins to synchronise: with the network, with the page becoming
 * visible, and with a warning when the page is closed while changes are unsent.
 */
export function openDevice(
  session: SessionApi,
  user: SessionUser,
  report: (fault: SyncFault) => void = () => {},
): Device {
  const replica = createReplica({
    account: accountOf(user),
    clock: browserEnvironment.clock,
    random: (bytes) => crypto.getRandomValues(bytes),
  });
  const transport = createSyncTransport(session.http);
  const sync = new SyncClient({ replica, transport, environment: browserEnvironment, report });
  const listening = new AbortController();
  const options = { signal: listening.signal };
  addEventListener('online', () => sync.setOnline(true), options);
  addEventListener('offline', () => sync.setOnline(false), options);
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') sync.syncNow();
    },
    options,
  );
  addEventListener(
    'beforeunload',
    (event) => {
      if (replica.outbox.state.pending.length > 0) event.preventDefault();
    },
    options,
  );
  sync.setOnline(navigator.onLine);
  sync.start();
  return {
    replica,
    sync,
    close() {
      listening.abort();
      sync.stop();
    },
  };
}
