import { openTask } from '#web/navigation.ts';
import type * as AddDrafts from '#web/quick-add/add-drafts.ts';
import { draftAdder } from '#web/quick-add/draft-code.ts';
import type { Draft } from '#web/quick-add/draft.ts';
import { useDraftReader } from '#web/quick-add/use-draft-reader.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useLazyModule } from '#web/ui/lazy-module.ts';
import { holdPage } from '#web/ui/use-unsaved.ts';
import { useNotices } from '#web/undo/notices.ts';
import { type Adding, useList } from '#web/views/list-context.ts';
import { EDITOR_KEY } from '#web/views/view-rows.ts';
import { cleanTitle } from './pasted-titles.ts';
import { useTaskActions } from './use-task-actions.ts';

interface AddingTasks {
  readonly add: (draft: Draft) => void;
  readonly addLines: (lines: readonly string[], nested: boolean) => void;
}

/** Makes tasks where a list is being added to, and moves the editor behind them. */
export function useAddingTasks(adding: Adding, onRefused: (draft: Draft) => void): AddingTasks {
  const list = useList();
  const { store, view } = list;
  const actions = useTaskActions();
  const replica = useReplica();
  const reader = useDraftReader();
  const { toasts, announcer } = useNotices();
  useLazyModule(draftAdder);
  const request = (): AddDrafts.AddRequest => {
    const { position, place, content } = store.get().adding ?? adding;
    return { base: { place, content }, position, reader: reader() };
  };
  /** Without the grammar, because it cannot be fetched, a line is a title. */
  const addPlain = (titles: readonly string[]) => {
    const { base, position } = request();
    follow(actions.create(titles.map(cleanTitle), base.place, position, base.content));
  };
  const follow = (ids: readonly string[]) => {
    const last = ids.at(-1);
    if (last === undefined) return;
    if (view.model.groupOf(last) === undefined) {
      tellWhere(last);
      return;
    }
    if (ids.length === 1) announcer.announce(`Added ${replica.get('task', last)?.title ?? ''}.`);
    moveEditor(list, last);
  };
  /** What does not show in the list it was written into has gone somewhere else. */
  const tellWhere = (id: string) => {
    const task = replica.get('task', id);
    const project = replica.get('project', task?.projectId ?? '');
    toasts.show({
      message: `Added to ${project?.name ?? 'Inbox'}`,
      action: { label: 'Open', run: () => openTask(id) },
    });
  };

  return {
    add: (draft) =>
      withAdder(
        (adder) => {
          const added = adder.addDraft(draft, request());
          if ('ids' in added) return follow(added.ids);
          toasts.show({ message: added.fault, tone: 'danger' });
          return onRefused(draft);
        },
        () => addPlain([draft.text]),
      ),
    addLines: (lines, nested) =>
      withAdder(
        (adder) => {
          const { ids, uid } = adder.addLines(lines, request(), { nested });
          const undo = () => void replica.undo(uid);
          toasts.show({ message: `${lines.length} tasks added`, action: { label: 'Undo', run: undo } });
          follow(ids);
        },
        () => addPlain(lines),
      ),
  };
}

/** Behind what was added, unless the editor was closed or does not move. */
function moveEditor({ store, view }: ReturnType<typeof useList>, last: string): void {
  const { adding } = store.get();
  if (adding?.key !== EDITOR_KEY) return;
  store.set({ adding: { ...adding, position: { after: last }, returnTo: last } });
  view.moveInserted(last);
}

/** In this frame when the code is here. Until it is, the page holds what nothing stores yet. */
function withAdder(run: (adder: typeof AddDrafts) => void, otherwise: () => void): void {
  const adder = draftAdder.get();
  if (adder) return run(adder);
  const release = holdPage(() => true);
  void draftAdder.load().then(run, otherwise).finally(release);
}
