import { Plus } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { DraftField } from '#web/quick-add/draft-field.tsx';
import { type Draft, DraftStore, EMPTY_DRAFT, withText } from '#web/quick-add/draft.ts';
import { PasteMenu } from '#web/quick-add/paste-code.ts';
import { useDraft } from '#web/quick-add/use-draft-store.ts';
import { useUnsaved } from '#web/ui/use-unsaved.ts';
import { type Adding, useList } from '#web/views/list-context.ts';
import { EDITOR_KEY } from '#web/views/view-rows.ts';
import { cleanTitle, pastedTitles } from './pasted-titles.ts';
import { useAddingTasks } from './use-adding-tasks.ts';

/** The editor of new tasks: Enter saves and goes on with the next, Escape leaves. */
export function NewTaskRow({ adding }: { adding: Adding }) {
  const { store: list, view, focusRow, renderStart } = useList();
  const [store] = useState(() => new DraftStore());
  const { text } = useDraft(store);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const base = useMemo(() => ({ place: adding.place, content: adding.content }), [adding]);
  const { add, addLines } = useAddingTasks(adding, (draft) => giveBack(store, draft));
  const [pasted, setPasted] = useState<readonly string[] | null>(null);
  const closed = useRef(false);
  useUnsaved(text !== '');

  const close = (byKey: boolean) => {
    if (closed.current) return;
    closed.current = true;
    const { returnTo } = list.get().adding ?? adding;
    list.set({ adding: null });
    if (adding.key === EDITOR_KEY) view.insert(null);
    if (byKey) focusRow(returnTo);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const draft = store.get();
      if (cleanTitle(text) === '') return close(true);
      store.set(EMPTY_DRAFT);
      add(draft);
    }
  };
  const handlePaste = (event: ClipboardEvent) => {
    const titles = pastedTitles(event.clipboardData.getData('text/plain'));
    if (titles.length < 2) return;
    event.preventDefault();
    const typed = cleanTitle(text);
    setPasted(typed === '' ? titles : [cleanTitle(`${typed} ${titles[0] ?? ''}`), ...titles.slice(1)]);
  };

  return (
    <div className="add-row">
      <span className="add-row-icon text-accent-fg">
        <Plus aria-hidden="true" className="size-4.5" />
      </span>
      <div className="task-input add-input">
        <DraftField
          ref={fieldRef}
          store={store}
          base={base}
          label="New task"
          placeholder="Task name"
          autoFocus
          onKeyDown={handleKey}
          onPaste={handlePaste}
          // What was typed is never thrown away: only an empty editor closes by itself.
          onBlur={() => {
            if (cleanTitle(text) === '' && pasted === null) close(false);
          }}
        />
      </div>
      {renderStart?.(base, store)}
      {pasted === null ? null : (
        <PasteMenu
          anchor={fieldRef}
          lines={pasted}
          canNest={adding.place.parentId === null}
          onAdd={(lines, nested) => {
            store.set(EMPTY_DRAFT);
            addLines(lines, nested);
          }}
          onKeep={() => store.type(pasted.join(' '))}
          onClose={() => setPasted(null)}
        />
      )}
    </div>
  );
}

/** What could not be added is there again, unless the person has begun something else meanwhile. */
function giveBack(store: DraftStore, draft: Draft): void {
  if (store.get().text === '') store.set(withText(draft, draft.text));
}
