import { useCallback, useEffect, useRef, useState } from 'react';

const IDLE_MS = 1000;

export interface Draft {
  readonly text: string;
  readonly change: (text: string) => void;
  /** Saves at once what is not saved yet. */
  readonly flush: () => void;
  /** Goes back to the stored text without saving. */
  readonly reset: () => void;
}

/**
 * Text that is being edited and saved by itself: after a pause, on leaving, and when the editor goes away. A change
 * from elsewhere shows as long as nothing is unsaved here; `base` is the text from which the unsaved one was made.
 */
export function useDraft(stored: string, save: (text: string, base: string) => void): Draft {
  const [unsaved, setUnsaved] = useState<string | null>(null);
  const latest = useRef({ stored, save, unsaved, base: stored });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    latest.current = { ...latest.current, stored, save };
  });

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const { unsaved: text, base, stored: known, save: store } = latest.current;
    latest.current.unsaved = null;
    setUnsaved(null);
    if (text !== null && text !== base && text !== known) store(text, base);
  }, []);
  const change = useCallback(
    (text: string) => {
      if (latest.current.unsaved === null) latest.current.base = latest.current.stored;
      latest.current.unsaved = text;
      setUnsaved(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, IDLE_MS);
    },
    [flush],
  );
  const reset = useCallback(() => {
    clearTimeout(timer.current);
    latest.current.unsaved = null;
    setUnsaved(null);
  }, []);
  useEffect(() => flush, [flush]);
  return { text: unsaved ?? stored, change, flush, reset };
}
