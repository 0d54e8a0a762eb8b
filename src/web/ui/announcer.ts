export type Politeness = 'polite' | 'assertive';

export interface Announcer {
  readonly announce: (text: string, politeness?: Politeness) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** What the region of this politeness says now. */
  readonly text: (politeness: Politeness) => string;
}

const COALESCE_MS = 400;

/** Gathers what happens within 400 ms into one utterance, so that a burst is not read as a stutter. */
export function createAnnouncer(
  schedule: (callback: () => void, milliseconds: number) => unknown = setTimeout,
): Announcer {
  const pending: Record<Politeness, string[]> = { polite: [], assertive: [] };
  const spoken: Record<Politeness, string> = { polite: '', assertive: '' };
  const listeners = new Set<() => void>();

  const flush = (politeness: Politeness): void => {
    const text = pending[politeness].join(' ');
    pending[politeness] = [];
    // A repeated text must differ, or the region does not count as changed.
    spoken[politeness] = text === spoken[politeness] ? `${text}\u00a0` : text;
    for (const listener of listeners) listener();
  };

  return {
    announce(text, politeness = 'polite') {
      const queue = pending[politeness];
      if (queue.includes(text)) return;
      queue.push(text);
      if (queue.length === 1) schedule(() => flush(politeness), COALESCE_MS);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    text: (politeness) => spoken[politeness],
  };
}
