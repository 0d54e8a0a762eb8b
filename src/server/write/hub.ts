import type { ScopeId } from '#core/rows.ts';
import type { ScopeState } from './commit-stamp.ts';

/** What a commit tells those who wait: the scopes that have news. */
export interface CommitNotice {
  readonly scopes: readonly ScopeId[];
  /** Their versions after the commit; a scope without one has only lost or gained readers. */
  readonly versions?: readonly ScopeState[];
}

/**
 * Wakes readers after a commit. It may lose notices (a network between processes does), so nobody may depend on
 * it for correctness: whoever missed one learns from the next look into the database.
 */
export interface Hub {
  publish(notice: CommitNotice): void;
  /** Returns how to stop listening. */
  subscribe(listener: (notice: CommitNotice) => void): () => void;
  /** Whether commits of other processes are heard of at this moment. */
  readonly hearsOthers: boolean;
}

/** A hub for one process. */
export function createLocalHub(): Hub {
  const listeners = new Set<(notice: CommitNotice) => void>();
  return {
    hearsOthers: false,
    publish(notice) {
      for (const listener of listeners) listener(notice);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
