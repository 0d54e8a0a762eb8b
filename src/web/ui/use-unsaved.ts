import { useEffect } from 'react';

const reasons = new Set<() => boolean>();

function handleBeforeUnload(event: BeforeUnloadEvent): void {
  for (const isUnsaved of reasons) if (isUnsaved()) event.preventDefault();
}

/** The browser asks before the page goes as long as `isUnsaved` says so. Returns the undo. */
export function holdPage(isUnsaved: () => boolean): () => void {
  if (reasons.size === 0) addEventListener('beforeunload', handleBeforeUnload);
  reasons.add(isUnsaved);
  return () => {
    reasons.delete(isUnsaved);
    if (reasons.size === 0) removeEventListener('beforeunload', handleBeforeUnload);
  };
}

/** For text that is lost with the page, because nothing stores it before its form is sent. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => (unsaved ? holdPage(() => true) : undefined), [unsaved]);
}
