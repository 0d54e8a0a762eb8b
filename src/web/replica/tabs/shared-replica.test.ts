import { beforeEach, expect, test, vi } from 'vitest';
import { ANA } from '#tests/support/replica-fixture.ts';
import { createReplica, type Replica } from '#web/replica/replica.ts';
import type { TabStorage } from '#web/replica/storage/tab-storage.ts';
import { SyncClient } from '#web/replica/sync-client.ts';
import { SharedReplica } from './shared-replica.ts';
import type { TabMessage } from './tab-channel.ts';
import type { TabLeadership } from './tab-leadership.ts';
import type { SyncTransport } from '#web/replica/sync-transport.ts';
import { DomainError } from '#core/errors.ts';

let replica: Replica;
let sync: SyncClient;
let answer: () => Promise<never>;
let told: TabMessage[];
let hear: (message: TabMessage) => void;
const storage = { leads: true, commits: 0, lead: () => {}, follow: () => {}, lookForUntold: () => {} };
const leadership = { leads: true, start: vi.fn<() => void>(), stop: vi.fn<() => void>() };

beforeEach(async () => {
  vi.clearAllMocks();
  told = [];
  const random = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(bytes);
  replica = createReplica({ account: ANA, clock: () => 0, random });
  const transport = { pull: () => answer(), events: () => new Promise(() => {}) } as unknown as SyncTransport;
  const environment = { clock: () => 0, random: () => 0, setTimer: () => () => {} };
  sync = new SyncClient({ replica, transport, environment });
  const channel = {
    post: (message: TabMessage) => void told.push(message),
    listen: (receive: (message: TabMessage) => void) => void (hear = receive),
    close: () => {},
  };
  const parts = { replica, sync, storage: storage as unknown as TabStorage, channel, onSignedOut: () => {} };
  const shared = new SharedReplica(parts);
  leadership.stop.mockImplementation(() => {
    storage.leads = false;
    shared.follow();
  });
  storage.leads = true;
  shared.join(leadership as unknown as TabLeadership);
  leadership.start.mockClear();
  answer = () => Promise.reject(new DomainError('unauthenticated', 'Signed out.'));
  await shared.lead(1, 0);
});

test('a tab whose session ended lets another one lead, and stands by again once that one is signed in', async () => {
  await vi.waitFor(() => expect(leadership.stop).toHaveBeenCalled(), 10_000);
  expect(sync.halted).toBe('signed-out');
  expect(replica.connection.get()).toBe('signed-out');
  // It is not for this tab to say what others are.
  expect(told.some((message) => message.type === 'status' && message.connection !== 'online')).toBe(false);
  hear({ type: 'status', connection: 'reconnecting', progress: null });
  expect(leadership.start).not.toHaveBeenCalled();
  hear({ type: 'status', connection: 'online', progress: null });
  expect(leadership.start).toHaveBeenCalledOnce();
  expect([sync.halted, replica.connection.get()]).toEqual([null, 'online']);
});

test('a tab that is too old for the server lets a newer one lead, and goes on asking to be loaded anew', async () => {
  answer = () => Promise.resolve({ instance: 'i', epoch: 'e', stop: 'client_too_old' } as never);
  sync.start();
  await vi.waitFor(() => expect(sync.halted).toBe('update-needed'), 10_000);
  expect(leadership.stop).toHaveBeenCalled();
  hear({ type: 'status', connection: 'online', progress: null });
  expect(leadership.start).not.toHaveBeenCalled();
  expect(replica.connection.get()).toBe('update-needed');
});
