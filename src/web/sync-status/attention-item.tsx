import { Copy, Inbox, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { momentWords } from '#web/dates/moment-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import type { RejectedMutation } from '#web/replica/outbox.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { copyText } from '#web/tasks/copy-text.ts';
import { Button } from '#web/ui/button.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { attemptMemoryOf } from './attempt-memory.ts';
import { attemptValues, attemptWords } from './attempt-words.ts';
import { copyOf } from './save-copy.ts';
import type { AttentionActions } from './use-attention-actions.ts';

interface AttentionItemProps extends AttentionActions {
  mutation: RejectedMutation;
  /** Why it was refused stands above it already. */
  told: boolean;
}

/** One refused change: what was tried, why not, what was written, and what can be done. */
export function AttentionItem({ mutation, told, retry, keepServer, saveACopy }: AttentionItemProps) {
  const replica = useReplica();
  const attempt = attemptMemoryOf(replica).of(mutation.uid);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const values = attemptValues(mutation.args);
  const { text } = mutation;
  return (
    <li data-attention-item={mutation.uid} className="attention-item flex flex-col gap-2">
      <div>
        <p className="text-body font-medium text-pretty">{attemptWords(mutation, attempt)}</p>
        <p className="text-body-sm text-pretty text-fg-secondary">
          {told ? null : `${mutation.detail} `}
          <TriedAt at={mutation.at} />
        </p>
      </div>
      {text === null ? null : <p className="quoted-text attention-text">{text}</p>}
      {values.length > 0 ? <p className="text-body-sm text-fg-secondary">{values.join(' · ')}</p> : null}
      {failure === undefined ? null : (
        <p role="alert" className="text-body-sm text-danger-fg">
          {failure}
        </p>
      )}
      <div className="attention-actions">
        <Button
          size="sm"
          icon={<RotateCw aria-hidden="true" className="size-4" />}
          onClick={() => setFailure(retry(mutation))}
        >
          Try again
        </Button>
        {copyOf(mutation, attempt) === null ? null : (
          <Button size="sm" icon={<Inbox aria-hidden="true" className="size-4" />} onClick={() => saveACopy(mutation)}>
            Save a copy to Inbox
          </Button>
        )}
        <Button size="sm" onClick={() => keepServer(mutation)}>
          Keep server version
        </Button>
        {text === null ? null : <CopyButton text={text} />}
      </div>
    </li>
  );
}

function TriedAt({ at }: { at: string }) {
  const calendar = useCalendar();
  return <span>Tried {momentWords(at, Math.max(Date.now(), Date.parse(at)), calendar)}.</span>;
}

function CopyButton({ text }: { text: string }) {
  const { toasts } = useNotices();
  const copy = async (): Promise<void> => {
    const copied = await copyText(text);
    toasts.show(copied ? { message: 'Text copied.' } : { message: 'Select the text to copy it.', tone: 'danger' });
  };
  return (
    <Button size="sm" tone="ghost" icon={<Copy aria-hidden="true" className="size-4" />} onClick={() => void copy()}>
      Copy text
    </Button>
  );
}
