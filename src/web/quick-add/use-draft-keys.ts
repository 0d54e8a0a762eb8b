import { useLayoutEffect } from 'react';
import type { DraftStore } from './draft.ts';
import type { DraftRead } from './read-draft.ts';
import { keepAsText } from './recognition.ts';
import type { Suggestions } from './use-suggestions.ts';

interface DraftKeys {
  readonly store: DraftStore;
  readonly read: DraftRead;
  readonly caret: number | null;
  readonly suggestions: Suggestions;
}

/** Keys of the open list first, then those of pills and hints. */
export function useDraftKeys(keys: DraftKeys): void {
  const { store } = keys;
  useLayoutEffect(() => {
    store.onKey = (event) => takeListKey(event, keys.suggestions) || takePillKey(event, keys);
    return () => {
      store.onKey = () => false;
    };
  });
}

function takeListKey(event: KeyboardEvent, suggestions: Suggestions): boolean {
  const { list, active, isMoved } = suggestions;
  if (list.length === 0 || hasModifier(event)) return false;
  switch (event.key) {
    case 'ArrowDown':
      suggestions.move(1);
      return true;
    case 'ArrowUp':
      suggestions.move(-1);
      return true;
    case 'Enter':
      // What is written out already is not asked about once more, and nothing is made by accident.
      if (active < 0 || (list[active]?.isExact && !isMoved)) return false;
      suggestions.accept(active);
      return true;
    case 'Tab':
      suggestions.accept(Math.max(active, 0));
      return true;
    case 'Escape':
      suggestions.close();
      return true;
    default:
      return false;
  }
}

function takePillKey(event: KeyboardEvent, { store, read, caret, suggestions }: DraftKeys): boolean {
  const draft = store.get();
  if (event.code === 'Digit0' && event.altKey && !event.ctrlKey && !event.metaKey) {
    store.set({ ...draft, plain: !draft.plain });
    return true;
  }
  if (hasModifier(event)) return false;
  const pill = read.tokens.find(
    ({ end, kind, strength }) => end === caret && strength === 'strong' && kind !== 'escape' && kind !== 'description',
  );
  if (event.key === 'Tab' && suggestions.hint) {
    suggestions.acceptHint();
    return true;
  }
  if (event.key === 'Escape' && (pill ?? suggestions.hint)) {
    store.set(keepAsText(draft, pill ?? suggestions.hint ?? { start: 0, end: 0 }));
    return true;
  }
  // While its name is typed a pill is corrected letter by letter.
  if (event.key === 'Backspace' && pill && suggestions.list.length === 0) {
    store.set(keepAsText(draft, pill));
    return true;
  }
  return false;
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
}
