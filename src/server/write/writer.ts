import type { RequestOutcome, RunOptions } from './request-runner.ts';
import type { ScopeState } from './commit-stamp.ts';
import type { WriteRequest } from './write-request.ts';

export interface Committed {
  readonly outcome: RequestOutcome;
  /** The scopes of this request at the versions of its commit. */
  readonly scopes: readonly ScopeState[];
}

/** Carries requests out durably, several in one commit where that pays. */
export interface Writer {
  /** Resolves after the commit of the request is on disk; rejects when nothing of it was written. */
  submit(request: WriteRequest): Promise<Committed>;
}

export interface WriterOptions extends Pick<RunOptions, 'isPoison' | 'findMutator'> {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Called after each commit with the scopes that changed and those whose reader gained or lost something. */
  readonly onCommit: (commit: CommitReport) => void;
}

export interface CommitReport {
  readonly scopes: readonly ScopeState[];
  /** Users for whom a scope appeared or vanished. */
  readonly accessChanged: readonly string[];
  /** How many requests shared the commit. */
  readonly requests: number;
}

/** A request that was refused or failed; the others of its group are none the worse. */
export interface Failed {
  readonly error: unknown;
}

export function attempt<T>(work: () => T): T | Failed {
  try {
    return work();
  } catch (error) {
    return { error };
  }
}

export function committed(outcome: RequestOutcome, scopes: readonly ScopeState[]): Committed {
  return { outcome, scopes: scopes.filter(({ scope }) => outcome.scopes.includes(scope)) };
}
