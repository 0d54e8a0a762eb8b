import type { ScopeId } from '#core/rows.ts';

/** What a commit tells those who wait: the scopes that have a new version. */
export interface CommitNotice {
  readonly scopes: readonly ScopeId[];
}

/**
 * Wakes readers after a commit. It may lose notices (a network between processes does), so nobody may depend on
 * it for correctness: whoever missed one learns from the next pull.
 */
export interface Hub {
  publish(notice: CommitNotice): void;
  /** Returns how to stop listening. */
  subscribe(listener: (notice: CommitNotice) => void): () => void;
}

/** A hub for one process. */
export function createLocalHub(): Hub {
  const listeners = new Set<(notice: CommitNotice) => void>();
  return {
    publish(notice) {
      for (const listener of listeners) listener(notice);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
