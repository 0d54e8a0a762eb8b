import { type RefObject, useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { COARSE_POINTER, useMediaQuery } from '#web/ui/use-media-query.ts';
import { useNotices } from '#web/undo/notices.ts';
import { DraftPills } from './draft-pills.tsx';
import { draftWords } from './draft-words.ts';
import type { DraftBase, DraftStore } from './draft.ts';
import { readDraft } from './read-draft.ts';
import { SuggestionLayer } from './suggestion-layer.tsx';
import { TokenBar, useHasFocus } from './token-bar.tsx';
import { useDraftReader } from './use-draft-reader.ts';
import { useDraftKeys } from './use-draft-keys.ts';
import { type OpenList, useDraft } from './use-draft-store.ts';
import { usePillClicks } from './use-pill-clicks.ts';
import { useSuggestions } from './use-suggestions.ts';

/** After this pause what was understood is said. */
const SAY_AFTER_MS = 600;

export interface DraftAssistProps {
  store: DraftStore;
  base: DraftBase;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  mirrorRef: RefObject<HTMLDivElement | null>;
  onList: (list: OpenList | null) => void;
}

/** The text of a field with its pills, and what hangs on it: suggestions of names, and the hint of what Tab accepts. */
export function DraftAssist({ store, base, fieldRef, mirrorRef, onList }: DraftAssistProps) {
  const draft = useDraft(store);
  const reader = useDraftReader();
  const read = useMemo(() => readDraft(draft, base, reader()), [draft, base, reader]);
  const caret = useSyncExternalStore(store.subscribe, store.caret);
  const suggestions = useSuggestions({ store, read, base, caret, fieldRef });
  useDraftKeys({ store, read, caret, suggestions });
  usePillClicks({ store, read, fieldRef, mirrorRef });
  useAnnouncement(draftWords(read, reader()));

  const isCoarse = useMediaQuery(COARSE_POINTER);
  const hasFocus = useHasFocus(fieldRef);
  const { list, active, listId } = suggestions;
  const isOpen = list.length > 0;
  useLayoutEffect(() => {
    onList(isOpen ? { id: listId, activeId: active < 0 ? undefined : `${listId}-${active}` } : null);
  }, [onList, isOpen, listId, active]);
  useEffect(() => () => onList(null), [onList]);

  const container = fieldRef.current?.closest('[role="dialog"]') ?? document.body;
  return (
    <>
      <DraftPills draft={draft} read={read} />
      {isOpen || suggestions.hint
        ? createPortal(
            <SuggestionLayer suggestions={suggestions} container={container} mirrorRef={mirrorRef} />,
            container,
          )
        : null}
      {isCoarse && hasFocus && !draft.plain
        ? createPortal(<TokenBar store={store} container={container} fieldRef={fieldRef} />, container)
        : null}
    </>
  );
}

/** Says what is understood, once it has stayed the same for a moment. */
function useAnnouncement(words: string): void {
  const { announcer } = useNotices();
  useEffect(() => {
    if (words === '') return undefined;
    const timer = setTimeout(() => announcer.announce(`Recognised: ${words}.`), SAY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [words, announcer]);
}
