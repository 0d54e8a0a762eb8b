import { type ReactNode, useMemo } from 'react';
import { diff } from '#core/text/diff.ts';
import { wordsOf } from '#core/text/merge-texts.ts';
import { DESCRIPTION_MAX, type DescriptionConflict, type Task } from '#core/tasks/task.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { copyText } from './copy-text.ts';
import { useTaskActions } from './use-task-actions.ts';

interface ConflictDialogProps {
  task: Task;
  conflict: DescriptionConflict;
  writable: boolean;
  onClose: () => void;
}

/** Two versions of a description side by side, to choose from. */
export function ConflictDialog({ task, conflict, writable, onClose }: ConflictDialogProps) {
  const actions = useTaskActions();
  const { toasts } = useNotices();
  const [shown, other] = useMemo(() => compared(task.description, conflict.text), [task.description, conflict.text]);
  const both = `${task.description}\n\n${conflict.text}`;
  const take = (description: string): void => {
    actions.resolveDescription(task, description);
    onClose();
  };
  const copy = async (): Promise<void> => {
    const copied = await copyText(conflict.text);
    toasts.show(copied ? { message: 'Text copied.' } : { message: 'Select the text to copy it.', tone: 'danger' });
  };
  return (
    <Dialog title="Edited at the same time" size="wide" onClose={onClose}>
      <div className="conflict-columns">
        <Version title="Shown now" parts={shown}>
          {writable ? (
            <Button size="sm" onClick={() => take(task.description)}>
              Keep this
            </Button>
          ) : null}
        </Version>
        <Version title="The other version" parts={other}>
          {writable ? (
            <Button size="sm" onClick={() => take(conflict.text)}>
              Use this
            </Button>
          ) : null}
          <Button size="sm" tone="ghost" onClick={() => void copy()}>
            Copy text
          </Button>
        </Version>
      </div>
      {writable && both.length <= DESCRIPTION_MAX ? (
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <Button size="sm" onClick={() => take(both)}>
            Keep both
          </Button>
          <span className="text-body-sm text-fg-secondary">One below the other, to edit afterwards.</span>
        </div>
      ) : null}
    </Dialog>
  );
}

interface Part {
  /** Words before it. */
  readonly at: number;
  readonly text: string;
  readonly differs: boolean;
}

interface VersionProps {
  title: string;
  parts: readonly Part[];
  children: ReactNode;
}

function Version({ title, parts, children }: VersionProps) {
  return (
    <section aria-label={title} className="conflict-version">
      <h3 className="text-body-sm font-semibold text-fg-secondary">{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long texts scroll, by keyboard too */}
      <p className="quoted-text conflict-text" tabIndex={0} role="group" aria-label={`Text: ${title}`}>
        {parts.length === 0 ? <em className="text-fg-tertiary">Empty</em> : null}
        {parts.map(({ at, text, differs }) => (differs ? <mark key={at}>{text}</mark> : text))}
      </p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </section>
  );
}

/** Both texts in parts, with what is only in the one marked. */
function compared(shown: string, other: string): [Part[], Part[]] {
  const [a, b] = [wordsOf(shown), wordsOf(other)];
  const hunks = diff(a, b);
  const left = hunks.map(({ aStart, aEnd }) => [aStart, aEnd] as const);
  const right = hunks.map(({ bStart, bEnd }) => [bStart, bEnd] as const);
  return [partsOf(a, left), partsOf(b, right)];
}

function partsOf(words: readonly string[], marked: readonly (readonly [number, number])[]): Part[] {
  const parts: Part[] = [];
  let done = 0;
  const add = (end: number, differs: boolean): void => {
    if (end > done) parts.push({ at: done, text: words.slice(done, end).join(''), differs });
    done = end;
  };
  for (const [start, end] of marked) {
    add(start, false);
    add(end, true);
  }
  add(words.length, false);
  return parts;
}
