import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { TITLE_MAX } from '#core/tasks/task.ts';
import { taskEditor } from '#web/quick-add/draft-code.ts';
import { DraftField } from '#web/quick-add/draft-field.tsx';
import { DraftStore } from '#web/quick-add/draft.ts';
import { titleDraft } from '#web/quick-add/title-draft.ts';
import { useDraftReader } from '#web/quick-add/use-draft-reader.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { TaskCheckbox } from '#web/ui/task-checkbox.tsx';
import { useLazyModule } from '#web/ui/lazy-module.ts';
import { useDetail } from './detail-context.ts';
import { cleanTitle } from './pasted-titles.ts';
import { placeOf } from './task-place.ts';
import { useDraft } from './use-draft.ts';
import { useTaskActions } from './use-task-actions.ts';

interface DetailTitleProps {
  onEditDescription: () => void;
}

/** Enter saves; Shift+Enter goes on in the description. */
export function DetailTitle({ onEditDescription }: DetailTitleProps) {
  const { task, writable, isPage, runCommand } = useDetail();
  const Heading = isPage ? 'h1' : 'h2';
  const areaRef = useRef<HTMLTextAreaElement>(null);
  const { store, save, reset } = useTitle();
  const base = useMemo(() => ({ place: placeOf(task), content: task }), [task]);
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      reset();
      areaRef.current?.blur();
      focusPanel(areaRef.current);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      save();
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
        repeating={task.recurrence !== null && !task.recurrence.paused}
        disabled={!writable}
        onChange={() => runCommand('complete')}
      />
      <Heading className="sr-only">{task.title}</Heading>
      <div className="detail-title-text" data-done={task.completedAt !== null || undefined} data-readonly={!writable}>
        <DraftField
          ref={areaRef}
          store={store}
          base={base}
          label="Title"
          lines="wrapped"
          maxLength={TITLE_MAX}
          readOnly={!writable}
          onBlur={save}
          onKeyDown={handleKey}
        />
      </div>
    </div>
  );
}

/**
 * The title as it is being edited. It is saved as it stands after a pause; what it says besides is taken over when the
 * person has finished.
 */
function useTitle() {
  const { task } = useDetail();
  const replica = useReplica();
  const actions = useTaskActions();
  const reader = useDraftReader();
  const editor = useLazyModule(taskEditor);
  const [store] = useState(() => new DraftStore(titleDraft(task.title)));
  const { text, change, flush, reset } = useDraft(task.title, (typed) => {
    const title = cleanTitle(typed);
    if (title !== '' && title !== replica.get('task', task.id)?.title) actions.update(task.id, { title });
  });
  useEffect(() => {
    let known = store.get().text;
    // The store also tells where the caret is.
    return store.subscribe(() => {
      const { text: typed } = store.get();
      if (typed !== known) change(typed);
      known = typed;
    });
  }, [store, change]);
  // What somebody else wrote, or what was given up.
  useEffect(() => {
    if (store.get().text !== text) store.set(titleDraft(text));
  }, [store, text]);
  return {
    store,
    reset,
    save: () => {
      const title = editor?.editTask(task, store.get(), reader()) ?? null;
      if (title === null) return flush();
      reset();
      store.set(titleDraft(title));
      return flush();
    },
  };
}

/** Keeps single-key shortcuts of the task at hand after editing. */
export function focusPanel(inside: Element | null): void {
  inside?.closest<HTMLElement>('[data-region]')?.focus({ preventScroll: true });
}
