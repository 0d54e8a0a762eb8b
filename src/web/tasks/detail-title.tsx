import { type KeyboardEvent, useRef } from 'react';
import { TITLE_MAX } from '#core/tasks/task.ts';
import { TaskCheckbox } from '#web/ui/task-checkbox.tsx';
import { useAutoGrow } from '#web/ui/use-auto-grow.ts';
import { useDetail } from './detail-context.ts';
import { cleanTitle } from './pasted-titles.ts';
import { useDraft } from './use-draft.ts';
import { useTaskActions } from './use-task-actions.ts';

interface DetailTitleProps {
  onEditDescription: () => void;
}

/** Enter saves; Shift+Enter goes on in the description. */
export function DetailTitle({ onEditDescription }: DetailTitleProps) {
  const { task, writable, isPage, runCommand } = useDetail();
  const Heading = isPage ? 'h1' : 'h2';
  const actions = useTaskActions();
  const areaRef = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(task.title, (text) => {
    const title = cleanTitle(text);
    if (title !== '' && title !== task.title) actions.update(task.id, { title });
  });
  const growRef = useAutoGrow(draft.text, areaRef);
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      draft.reset();
      areaRef.current?.blur();
      focusPanel(areaRef.current);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      draft.flush();
      if (event.shiftKey) onEditDescription();
      else {
        areaRef.current?.blur();
        focusPanel(areaRef.current);
      }
    }
  };
  return (
    <div className="detail-title">
      <TaskCheckbox
        label={`Complete ${task.title}`}
        checked={task.completedAt !== null}
        priority={task.priority}
        repeating={task.recurrence !== null}
        disabled={!writable}
        onChange={() => runCommand('complete')}
      />
      <Heading className="sr-only">{task.title}</Heading>
      <textarea
        ref={growRef}
        rows={1}
        aria-label="Title"
        value={draft.text}
        maxLength={TITLE_MAX}
        readOnly={!writable}
        enterKeyHint="done"
        className="detail-title-text auto-grow"
        data-done={task.completedAt !== null || undefined}
        onChange={(event) => draft.change(event.target.value.replaceAll('\n', ' '))}
        onBlur={draft.flush}
        onKeyDown={handleKey}
      />
    </div>
  );
}

/** Keeps single-key shortcuts of the task at hand after editing. */
export function focusPanel(inside: Element | null): void {
  inside?.closest<HTMLElement>('[data-region]')?.focus({ preventScroll: true });
}
