import { Copy } from 'lucide-react';
import type { RejectedMutation } from '#web/replica/outbox.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { Button } from '#web/ui/button.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { attemptWords } from './sync-words.ts';

/** Changes that the server refused: what was tried, why not, and the words that were typed. */
export function RejectedList({ rejected }: { rejected: readonly RejectedMutation[] }) {
  return (
    <ul className="flex max-h-80 flex-col gap-2 overflow-y-auto" aria-label="Changes that need attention">
      {rejected.map((mutation) => (
        <RejectedItem key={mutation.uid} mutation={mutation} />
      ))}
    </ul>
  );
}

function RejectedItem({ mutation }: { mutation: RejectedMutation }) {
  const replica = useReplica();
  const { toasts } = useNotices();
  const { uid, name, text, detail } = mutation;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text ?? '');
      toasts.show({ message: 'Text copied.' });
    } catch {
      // No clipboard on plain http; the text stands there to be selected.
      toasts.show({ message: 'Select the text to copy it.', tone: 'danger' });
    }
  };
  return (
    <li className="flex flex-col gap-2 rounded-card bg-danger-tint p-3 text-danger-fg">
      <p className="text-body-sm">
        <strong className="font-semibold">{attemptWords(name)}.</strong> {detail}
      </p>
      {text === null ? null : (
        <p className="max-h-20 overflow-y-auto rounded-sm bg-raised px-2 py-1 text-body-sm whitespace-pre-wrap text-fg select-text">
          {text}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {text === null ? null : (
          <Button size="sm" icon={<Copy aria-hidden="true" className="size-4" />} onClick={() => void copy()}>
            Copy text
          </Button>
        )}
        <Button size="sm" onClick={() => replica.retryRejected(uid)}>
          Try again
        </Button>
        <Button size="sm" onClick={() => replica.dismissRejected(uid)}>
          Dismiss
        </Button>
      </div>
    </li>
  );
}
