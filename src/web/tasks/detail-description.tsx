import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { DESCRIPTION_MAX } from '#core/tasks/task.ts';
import { Markdown } from '#web/markdown/markdown.tsx';
import { useAutoGrow } from '#web/ui/use-auto-grow.ts';
import { ConflictCard } from './conflict-card.tsx';
import { useDetail } from './detail-context.ts';
import { useDraft } from './use-draft.ts';
import { useKeptCaret } from './use-kept-caret.ts';
import { useTaskActions } from './use-task-actions.ts';

interface DetailDescriptionProps {
  editing: boolean;
  onEditing: (editing: boolean) => void;
}

/** The description, and below it what somebody else made of it at the same time. */
export function DetailDescription(props: DetailDescriptionProps) {
  const { task, writable } = useDetail();
  const conflict = task.descriptionConflict ?? null;
  return (
    <>
      <Description {...props} />
      {conflict ? <ConflictCard key={conflict.at} task={task} conflict={conflict} writable={writable} /> : null}
    </>
  );
}

/** Rendered markdown; a click makes it a plain text field that saves by itself. */
function Description({ editing, onEditing }: DetailDescriptionProps) {
  const { task, writable } = useDetail();
  if (editing && writable) return <DescriptionEditor onClose={() => onEditing(false)} />;
  const handleClick = (event: MouseEvent) => {
    const link = event.target instanceof Element && event.target.closest('a') !== null;
    if (!link && getSelection()?.isCollapsed !== false) onEditing(true);
  };
  if (task.description === '') {
    return writable ? (
      <button type="button" className="detail-description-empty" onClick={() => onEditing(true)}>
        Add a description
      </button>
    ) : null;
  }
  return (
    <div className="detail-description-box">
      {/* The pointer may click anywhere in the text; the button beside it is for everybody else. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div className="detail-description" onClick={writable ? handleClick : undefined}>
        <Markdown text={task.description} />
      </div>
      {writable ? (
        <button type="button" className="detail-description-edit" onClick={() => onEditing(true)}>
          Edit description
        </button>
      ) : null}
    </div>
  );
}

function DescriptionEditor({ onClose }: { onClose: () => void }) {
  const { task } = useDetail();
  const actions = useTaskActions();
  const draft = useDraft(task.description, (text, base) => actions.describe(task.id, base, text));
  const areaRef = useRef<HTMLTextAreaElement>(null);
  const growRef = useAutoGrow(draft.text, areaRef);
  const keepCaret = useKeptCaret(areaRef, draft.text);
  const close = () => {
    draft.flush();
    const area = areaRef.current;
    const panel = area?.closest<HTMLElement>('[data-region]');
    onClose();
    panel?.focus({ preventScroll: true });
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const done = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <textarea
      ref={growRef}
      // Opened by the person to type into.
      autoFocus
      rows={3}
      aria-label="Description"
      placeholder="Markdown works here"
      value={draft.text}
      maxLength={DESCRIPTION_MAX}
      className="detail-description-field auto-grow"
      onFocus={(event) => event.currentTarget.setSelectionRange(draft.text.length, draft.text.length)}
      onSelect={keepCaret}
      onChange={(event) => {
        keepCaret();
        draft.change(event.target.value);
      }}
      onBlur={() => {
        draft.flush();
        onClose();
      }}
      onKeyDown={handleKey}
    />
  );
}
