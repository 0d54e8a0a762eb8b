import { DomainError } from '#core/errors.ts';
import type { SyncEnvironment } from './sync-transport.ts';

const REQUEST_TIMEOUT_MS = 30_000;

/** It may work later. */
export function unavailable(message: string, retryAfterMs = 0): DomainError {
  return new DomainError('unavailable', message, retryAfterMs > 0 ? { retryAfter: retryAfterMs / 1_000 } : {});
}

/** Gives up after a while, whether or not the transport notices. */
export async function inTime<T>(
  send: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  setTimer: SyncEnvironment['setTimer'],
): Promise<T> {
  const timeout = new AbortController();
  const end = (): void => timeout.abort();
  signal.addEventListener('abort', end);
  const late = Promise.withResolvers<never>();
  timeout.signal.addEventListener('abort', () => late.reject(unavailable('The server did not answer in time.')));
  const cancel = setTimer(REQUEST_TIMEOUT_MS, end);
  try {
    return await Promise.race([send(timeout.signal), late.promise]);
  } finally {
    cancel();
    signal.removeEventListener('abort', end);
  }
}
