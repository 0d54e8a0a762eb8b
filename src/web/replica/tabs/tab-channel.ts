import type { PendingMutation } from '#core/sync/protocol.ts';
import type { PullUpdate } from '#web/replica/base-rows.ts';
import type { OutboxChange } from '#web/replica/outbox-state.ts';
import type { Connection, SyncProgress } from '#web/replica/sync-status.ts';

/** What the tabs of one account tell each other. What is said about data is on the disk when it is said. */
export type TabMessage =
  | { readonly type: 'appended'; readonly clientId: string; readonly mutations: readonly PendingMutation[] }
  | { readonly type: 'outbox'; readonly change: OutboxChange }
  /** `commits`: which commit of the cache this is. Without an update the disk has to be read. */
  | { readonly type: 'committed'; readonly commits: number; readonly update: PullUpdate | null }
  | { readonly type: 'led'; readonly term: number }
  | { readonly type: 'released' }
  /** A visible tab asks a hidden one to let it lead. */
  | { readonly type: 'wanted' }
  | { readonly type: 'status'; readonly connection: Connection; readonly progress: SyncProgress | null }
  | { readonly type: 'sync' }
  | { readonly type: 'signed-out' };

/** The part of BroadcastChannel that is used; plain http has it too. */
export interface TabChannel {
  post(message: TabMessage): void;
  listen(receive: (message: TabMessage) => void): void;
  close(): void;
}

export function openTabChannel(userId: string): TabChannel {
  const channel = new BroadcastChannel(`tend-${userId}`);
  let closed = false;
  return {
    post(message) {
      // What is written while a page ends is heard by nobody; the others read it when they lead.
      if (!closed) channel.postMessage(message);
    },
    listen(receive) {
      channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => receive(data));
    },
    close() {
      closed = true;
      channel.close();
    },
  };
}
