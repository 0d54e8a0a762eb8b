import { clsx } from 'clsx';
import { useMemo } from 'react';
import type { TaskContent } from '#core/tasks/task-content.ts';
import { draftReading } from '#web/quick-add/draft-code.ts';
import type { DraftBase, DraftStore } from '#web/quick-add/draft.ts';
import { useDraftReader } from '#web/quick-add/use-draft-reader.ts';
import { useDraft } from '#web/quick-add/use-draft-store.ts';
import { hasSecondLine } from '#web/tasks/row-lines.ts';
import { TaskMeta } from '#web/tasks/task-meta.tsx';
import { useLazyModule } from '#web/ui/lazy-module.ts';
import { type RenderStart, useList } from '#web/views/list-context.ts';
import { previewOf, START_CONTEXT } from './new-task-preview.ts';

export const renderStart: RenderStart = (base, store) =>
  store === null ? <Start base={base} {...base} /> : <WrittenStart base={base} store={store} />;

/** What the text says goes before what the list demands. */
function WrittenStart({ base, store }: { base: DraftBase; store: DraftStore }) {
  const draft = useDraft(store);
  const reader = useDraftReader();
  const reading = useLazyModule(draftReading);
  const read = useMemo(() => reading?.readDraft(draft, base, reader()), [reading, draft, base, reader]);
  return <Start base={base} place={read?.place ?? base.place} content={read?.task ?? base.content} />;
}

interface StartProps {
  /** Decides how many lines there are, so that they stay while somebody writes. */
  base: DraftBase;
  place: DraftBase['place'];
  content: Partial<TaskContent>;
}

/** What the new task has, as its row is going to show it. */
function Start({ base, place, content }: StartProps) {
  const { metrics } = useList();
  const isBelow = hasSecondLine(previewOf(base.place, base.content), metrics, START_CONTEXT);
  return (
    <div className={clsx('new-task-start', isBelow && 'new-task-start-below')}>
      <span className="sr-only">It begins with: </span>
      <TaskMeta task={previewOf(place, content)} context={START_CONTEXT} />
    </div>
  );
}
