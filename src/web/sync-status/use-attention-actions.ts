import { DomainError } from '#core/errors.ts';
import { openTask } from '#web/navigation.ts';
import type { RejectedMutation } from '#web/replica/outbox.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useNotices } from '#web/undo/notices.ts';
import { attemptMemoryOf } from './attempt-memory.ts';
import { copyOf, saveCopy } from './save-copy.ts';

type Items = readonly RejectedMutation[];

export interface AttentionActions {
  /** Returns why it cannot be tried on this device either. */
  readonly retry: (mutation: RejectedMutation) => string | undefined;
  readonly keepServer: (mutation: RejectedMutation) => void;
  readonly saveACopy: (mutation: RejectedMutation) => void;
}

export interface GroupActions extends AttentionActions {
  /** Whether somebody wrote something in one of them. */
  readonly hasCopies: (items: Items) => boolean;
  readonly saveAll: (items: Items) => void;
  readonly keepServerForAll: (items: Items) => void;
}

/** What a person can decide about refused changes. */
export function useAttentionActions(onClose: () => void): GroupActions {
  const replica = useReplica();
  const { toasts, announcer } = useNotices();
  const memory = attemptMemoryOf(replica);
  const copyFor = (mutation: RejectedMutation) => copyOf(mutation, memory.of(mutation.uid));
  const copy = (mutation: RejectedMutation): string | null => {
    const made = copyFor(mutation);
    return made && saveCopy(replica, made);
  };
  const dismissAll = (items: Items): void => {
    for (const { uid } of items) replica.dismissRejected(uid);
  };
  return {
    retry({ uid }) {
      try {
        replica.retryRejected(uid);
        announcer.announce('Sent again.');
        return undefined;
      } catch (error) {
        if (error instanceof DomainError) return error.message;
        throw error;
      }
    },
    keepServer({ uid }) {
      replica.dismissRejected(uid);
      announcer.announce('The version of the server is kept.');
    },
    saveACopy(mutation) {
      const id = copy(mutation);
      if (id === null) return;
      replica.dismissRejected(mutation.uid);
      const open = () => {
        onClose();
        openTask(id);
      };
      toasts.show({ message: 'Saved to Inbox.', action: { label: 'Open', run: open } });
    },
    hasCopies: (items) => items.some((mutation) => copyFor(mutation) !== null),
    saveAll(items) {
      const saved = replica.batch(() => items.filter((mutation) => copy(mutation) !== null).length);
      dismissAll(items);
      toasts.show({ message: saved === 1 ? '1 copy saved to Inbox.' : `${saved} copies saved to Inbox.` });
    },
    keepServerForAll(items) {
      dismissAll(items);
      announcer.announce('The version of the server is kept.');
    },
  };
}
