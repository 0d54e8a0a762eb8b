import type {
  PageQuery,
  PageResponse,
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
  SyncEvent,
} from '#core/sync/protocol.ts';

/**
 * How the sync client reaches the server. Each call rejects with a DomainError: `unauthenticated` when nobody is
 * signed in any more, `internal` when the server failed unexpectedly, `unavailable` or `rate_limited`
 * (with `retryAfter`) when the same request may succeed later.
 */
export interface SyncTransport {
  push(request: PushRequest, signal: AbortSignal): Promise<PushResponse>;
  pull(request: PullRequest, signal: AbortSignal): Promise<PullResponse>;
  page(query: PageQuery, signal: AbortSignal): Promise<PageResponse>;
  /** Hands over the events of the server until the stream ends; then it resolves. */
  events(receive: (event: SyncEvent) => void, signal: AbortSignal): Promise<void>;
}

/** Time and chance, so that tests can own them. */
export interface SyncEnvironment {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** At least 0, below 1. */
  readonly random: () => number;
  /** Calls back once after `ms`; returns how to cancel. */
  readonly setTimer: (ms: number, run: () => void) => () => void;
}

export const browserEnvironment: SyncEnvironment = {
  clock: () => Date.now(),
  random: () => Math.random(),
  setTimer(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
