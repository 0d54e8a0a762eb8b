import { useSyncExternalStore } from 'react';
import type { Draft, DraftStore } from './draft.ts';

export function useDraft(store: DraftStore): Draft {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The list of suggestions that a field has open. */
export interface OpenList {
  readonly id: string;
  readonly activeId: string | undefined;
}
