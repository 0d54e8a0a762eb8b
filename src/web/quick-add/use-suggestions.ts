import { type RefObject, useId, useState, useSyncExternalStore } from 'react';
import type { Token } from '#core/quick-add/quick-add.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { acceptName } from './accept-name.ts';
import { isShown } from './draft-pills.tsx';
import type { DraftBase, DraftStore } from './draft.ts';
import { hintWords } from './draft-words.ts';
import { findNameQuery, nameSigns, type NameQuery } from './name-query.ts';
import { type DraftRead, readDraft } from './read-draft.ts';
import { understand } from './recognition.ts';
import { replaceText } from './replace-text.ts';
import { beginsName, type SuggestedName, suggestNames } from './suggested-names.tsx';
import { useDraftReader, useQuickAddSettings } from './use-draft-reader.ts';

export interface Suggestions {
  readonly listId: string;
  /** Empty while the list is closed. */
  readonly list: readonly SuggestedName[];
  readonly query: NameQuery | null;
  /** Index of the one that Enter takes; -1 for none. */
  readonly active: number;
  /** Whether the person went to it by key. */
  readonly isMoved: boolean;
  readonly move: (by: number) => void;
  readonly point: (index: number) => void;
  readonly accept: (index: number) => void;
  readonly close: () => void;
  /** What Tab would accept; null while the list is open. */
  readonly hint: Token | null;
  readonly hintWords: string;
  readonly acceptHint: () => void;
}

interface Asked {
  readonly store: DraftStore;
  readonly read: DraftRead;
  readonly base: DraftBase;
  readonly caret: number | null;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
}

/** What is offered at the caret: names while one is typed, else a suggestion of the grammar. */
export function useSuggestions({ store, read, base, caret, fieldRef }: Asked): Suggestions {
  const replica = useReplica();
  const reader = useDraftReader();
  const settings = useQuickAddSettings();
  const listId = useId();
  const [chosen, setChosen] = useState<{ readonly text: string; readonly index: number } | null>(null);
  const draft = store.get();
  const { projectId } = read.place;
  const { made } = draft;
  const query =
    caret === null
      ? null
      : findNameQuery(draft, read, caret, nameSigns(settings), (kind, text) =>
          beginsName(replica, { kind, text, projectId, made }),
        );
  const openAt = useOpenAt(store, query);
  const list = query !== null && openAt.start === query.start ? suggestNames(replica, query, projectId, made) : [];
  // A name that is written out needs nobody to choose it.
  const shown = list.length === 1 && list[0]?.isExact ? [] : list;
  const isMoved = chosen !== null && chosen.text === query?.text;
  // Behind white space the name may be over, and nothing is made that nobody asked for.
  const first = shown[0]?.id === null || /\s$/u.test(query?.text ?? '') ? -1 : 0;
  const active = shown.length === 0 ? -1 : isMoved ? chosen.index : first;

  const hint = shown.length > 0 || caret === null ? null : hintAt(read, caret);

  return {
    listId,
    list: shown,
    query,
    active,
    isMoved,
    move(by) {
      const count = shown.length;
      const from = active < 0 && by < 0 ? 0 : active;
      setChosen({ text: query?.text ?? '', index: (from + by + count) % count });
    },
    point: (index) => setChosen({ text: query?.text ?? '', index }),
    accept(index) {
      const suggestion = shown[index];
      const field = fieldRef.current;
      if (!suggestion || !query || !field) return;
      const accepted = acceptName(draft, query, { suggestion, base, reader: reader() });
      store.set(accepted.draft);
      replaceText(field, store, query, accepted.text);
      openAt.close();
    },
    close: openAt.close,
    hint,
    hintWords: hint ? hintWords(hint, readDraft(understand(draft, hint), base, reader()), reader()) : '',
    acceptHint() {
      if (hint) acceptWeak(store, hint, { projectId, newId: replica.newId });
    },
  };
}

interface OpenAt {
  /** The query whose list is open. */
  readonly start: number | null;
  readonly close: () => void;
}

/** A list opens by typing, not where the caret merely passes, and stays closed once the person has closed it. */
function useOpenAt(store: DraftStore, query: NameQuery | null): OpenAt {
  const input = useSyncExternalStore(store.subscribe, store.input);
  const [seen, setSeen] = useState(input);
  const [start, setStart] = useState<number | null>(null);
  const [closed, setClosed] = useState<number | null>(null);

  // While rendering, because only now it is known what stands at the caret.
  const at = query?.start ?? null;
  if (input !== seen) {
    setSeen(input);
    if (input?.inserts && at !== closed) setStart(at);
  }
  if (start !== null && start !== at) setStart(null);
  if (closed !== null && at !== closed) setClosed(null);
  return {
    start: closed === at ? null : start,
    close() {
      setStart(null);
      setClosed(at);
    },
  };
}

/** The suggestion that the person sees as the next: the last one before the caret, else the first behind it. */
function hintAt({ tokens }: DraftRead, caret: number): Token | null {
  const weak = tokens.filter((token) => token.strength === 'weak' && isShown(token));
  return weak.findLast(({ end }) => end <= caret) ?? weak[0] ?? null;
}

function acceptWeak(
  store: DraftStore,
  token: Token,
  { projectId, newId }: { projectId: string; newId: () => string },
): void {
  const draft = store.get();
  const { kind, creates } = token;
  if (creates === undefined) store.set(understand(draft, token));
  else if (kind === 'project') store.set({ ...draft, made: [...draft.made, { kind, id: newId(), name: creates }] });
  else if (kind === 'section')
    store.set({ ...draft, made: [...draft.made, { kind, id: newId(), name: creates, projectId }] });
}
