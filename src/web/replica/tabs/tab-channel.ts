import { EDITION, type PendingMutation } from '#core/sync/protocol.ts';
import type { PullUpdate } from '#web/replica/base-rows.ts';
import type { OutboxChange } from '#web/replica/outbox-state.ts';
import type { Connection, SyncProgress } from '#web/replica/sync-status.ts';

/** What the tabs of one account tell each other. What is said about data is on the disk when it is said. */
export type TabMessage =
  | { readonly type: 'appended'; readonly clientId: string; readonly mutations: readonly PendingMutation[] }
  | { readonly type: 'outbox'; readonly change: OutboxChange }
  /** In a way that is not told: the disk has to be read. */
  | { readonly type: 'queue-changed' }
  /** `commits`: which commit of the cache this is. Without an update the disk has to be read. */
  | { readonly type: 'committed'; readonly commits: number; readonly update: PullUpdate | null }
  | { readonly type: 'led'; readonly term: number }
  | { readonly type: 'released' }
  /** A visible tab asks a hidden one to let it lead. */
  | { readonly type: 'wanted' }
  | { readonly type: 'status'; readonly connection: Connection; readonly progress: SyncProgress | null }
  | { readonly type: 'sync' }
  | { readonly type: 'signed-out' };

/**
 * What is sent. Tabs of different editions share the queue, and nothing else: each edition has its own cache, its own
 * lead and its own count of commits. Messages of one edition may gain fields and types; a change of their meaning is a
 * new one.
 */
export type TabEnvelope = TabMessage & { readonly edition: string };

/** What this version of the app sends. */
export function sealed(message: TabMessage, edition = EDITION): TabEnvelope {
  return { ...message, edition };
}

/** What a message means to this version of the app; null if it is the affair of tabs of another one. */
export function opened(envelope: TabEnvelope, edition = EDITION): TabMessage | null {
  if (envelope.edition === edition) return envelope;
  switch (envelope.type) {
    case 'appended':
    case 'outbox':
      // Its form is that version's own; the form of the queue on the disk never changes.
      return { type: 'queue-changed' };
    case 'queue-changed':
    case 'signed-out':
      return envelope;
    default:
      return null;
  }
}

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
      if (!closed) channel.postMessage(sealed(message));
    },
    listen(receive) {
      channel.addEventListener('message', ({ data }: MessageEvent<TabEnvelope>) => {
        const message = opened(data);
        if (message) receive(message);
      });
    },
    close() {
      closed = true;
      channel.close();
    },
  };
}
