import { Plus } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { TITLE_MAX } from '#core/tasks/task.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useUnsaved } from '#web/ui/use-unsaved.ts';
import { useNotices } from '#web/undo/notices.ts';
import { type Adding, useList } from '#web/views/list-context.ts';
import { EDITOR_KEY } from '#web/views/view-rows.ts';
import { cleanTitle, pastedTitles } from './pasted-titles.ts';
import { useTaskActions } from './use-task-actions.ts';

/** The editor of new tasks: Enter saves and goes on with the next, Escape leaves. */
export function NewTaskRow({ adding }: { adding: Adding }) {
  const { store, view, focusRow } = useList();
  const [text, setText] = useState('');
  const create = useCreate(adding);
  const closed = useRef(false);
  useUnsaved(text !== '');

  const close = (byKey: boolean) => {
    if (closed.current) return;
    closed.current = true;
    const { returnTo } = store.get().adding ?? adding;
    store.set({ adding: null });
    if (adding.key === EDITOR_KEY) view.insert(null);
    if (byKey) focusRow(returnTo);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const title = cleanTitle(text);
      if (title === '') close(true);
      else create([title]);
      setText('');
    }
  };
  const handlePaste = (event: ClipboardEvent) => {
    const titles = pastedTitles(event.clipboardData.getData('text/plain'));
    if (titles.length < 2) return;
    event.preventDefault();
    const typed = cleanTitle(text);
    create(typed === '' ? titles : [cleanTitle(`${typed} ${titles[0] ?? ''}`), ...titles.slice(1)]);
    setText('');
  };

  return (
    <div className="add-row">
      <span className="add-row-icon text-accent-fg">
        <Plus aria-hidden="true" className="size-4.5" />
      </span>
      <input
        // Opened by the person to type into.
        autoFocus
        type="text"
        aria-label="New task"
        placeholder="Task name"
        value={text}
        maxLength={TITLE_MAX}
        enterKeyHint="done"
        autoComplete="off"
        className="task-input add-input"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKey}
        onPaste={handlePaste}
        // What was typed is never thrown away: only an empty editor closes by itself.
        onBlur={() => {
          if (cleanTitle(text) === '') close(false);
        }}
      />
    </div>
  );
}

/** Creates tasks and moves the editor behind them. */
function useCreate(adding: Adding): (titles: readonly string[]) => void {
  const { store, view } = useList();
  const actions = useTaskActions();
  const replica = useReplica();
  const { toasts, announcer } = useNotices();
  return (titles) => {
    const { position, place, content } = store.get().adding ?? adding;
    const ids = actions.create(titles, place, position, content);
    const last = ids.at(-1);
    if (last === undefined) return;
    if (titles.length > 1) {
      const undo = () => replica.batch(() => ids.forEach((id) => actions.remove(id)));
      toasts.show({ message: `${titles.length} tasks added`, action: { label: 'Undo', run: undo } });
    } else announcer.announce(`Added ${titles[0] ?? ''}.`);
    if (adding.key !== EDITOR_KEY) return;
    store.set({ adding: { ...adding, position: { after: last }, returnTo: last } });
    view.moveInserted(last);
  };
}
