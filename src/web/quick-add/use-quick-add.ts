import { type RefObject, useState } from 'react';
import { openTask } from '#web/navigation.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { cleanTitle } from '#web/tasks/pasted-titles.ts';
import { useTaskActions } from '#web/tasks/use-task-actions.ts';
import { useLazyModule } from '#web/ui/lazy-module.ts';
import { useNotices } from '#web/undo/notices.ts';
import type * as AddDrafts from './add-drafts.ts';
import { draftAdder } from './draft-code.ts';
import { type DraftBase, type DraftStore, EMPTY_DRAFT } from './draft.ts';
import { useDraftReader } from './use-draft-reader.ts';

/** What the dialog does once the task is added. */
export type After = 'close' | 'another' | 'open';

interface QuickAddParts {
  readonly store: DraftStore;
  readonly base: DraftBase;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly onClose: () => void;
}

interface QuickAddActions {
  readonly error: string | undefined;
  readonly submit: (after: After) => void;
  readonly addLines: (lines: readonly string[], nested: boolean) => void;
}

/** Makes the task of the dialog, and tells where it went. */
export function useQuickAdd({ store, base, fieldRef, onClose }: QuickAddParts): QuickAddActions {
  const replica = useReplica();
  const actions = useTaskActions();
  const reader = useDraftReader();
  const { toasts } = useNotices();
  const adder = useLazyModule(draftAdder);
  const [fault, setFault] = useState<{ readonly text: string; readonly message: string }>();
  // What was wrong with one text says nothing of the next.
  const error = fault?.text === store.get().text ? fault.message : undefined;
  const request = () => ({ base, position: 'end' as const, reader: reader() });

  /** Without the grammar, because it cannot be fetched, the first line is the title. */
  const addPlain = (after: After) => {
    const [title = '', ...rest] = store.get().text.trim().split('\n');
    if (cleanTitle(title) === '') return refuse('What is to be done?');
    const content = { ...base.content, description: rest.join('\n').trim() };
    return finish(actions.create([cleanTitle(title)], base.place, 'end', content), after);
  };
  const refuse = (message: string) => setFault({ text: store.get().text, message });
  const finish = ([id = '']: readonly string[], after: After) => {
    const { place } = store.get().chosen;
    const task = replica.get('task', id);
    const name = replica.get('project', task?.projectId ?? '')?.name ?? 'Inbox';
    // The next task goes where this one was sent.
    store.set(after === 'another' && place ? { ...EMPTY_DRAFT, chosen: { place } } : EMPTY_DRAFT);
    setFault(undefined);
    if (after !== 'open')
      toasts.show({ message: `Added to ${name}`, action: { label: 'Open', run: () => openTask(id) } });
    if (after === 'another') return fieldRef.current?.focus();
    onClose();
    if (after === 'open') openTask(id);
    return undefined;
  };
  const add = ({ addDraft }: typeof AddDrafts, after: After) => {
    const added = addDraft(store.get(), request());
    return 'fault' in added ? refuse(added.fault) : finish(added.ids, after);
  };

  return {
    error,
    submit(after) {
      if (base.place.projectId === '') return refuse('Your projects are still on their way. Try again in a moment.');
      if (adder) return add(adder, after);
      void draftAdder.load().then(
        (module) => add(module, after),
        () => addPlain(after),
      );
      return undefined;
    },
    addLines(lines, nested) {
      void draftAdder.load().then((module) => {
        const { chosen } = store.get();
        const { uid } = module.addLines(lines, request(), { chosen, nested });
        store.set(EMPTY_DRAFT);
        const undo = () => void replica.undo(uid);
        toasts.show({ message: `${lines.length} tasks added`, action: { label: 'Undo', run: undo } });
        onClose();
      });
    },
  };
}
