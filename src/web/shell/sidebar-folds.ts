import { useCallback, useSyncExternalStore } from 'react';

const STORAGE_KEY = 'tend.sidebar.closed';

let closed: ReadonlySet<string> | null = null;
const listeners = new Set<() => void>();

/** What is closed in the sidebar. How somebody looks at it here, so it stays on the device. */
function read(): ReadonlySet<string> {
  if (closed) return closed;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    closed = new Set(Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : []);
  } catch {
    closed = new Set();
  }
  return closed;
}

function write(next: ReadonlySet<string>): void {
  closed = next;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([...next]));
  } catch {
    // Storage may be full or blocked: it then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setClosed(key: string, isClosed: boolean): void {
  const next = new Set(read());
  if (isClosed) next.add(key);
  else next.delete(key);
  write(next);
}

/** Everything that is closed; a new set after each change. */
export function useClosed(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, read);
}

export function useFold(key: string): readonly [closed: boolean, setClosed: (closed: boolean) => void] {
  const isClosed = useClosed().has(key);
  const set = useCallback((value: boolean) => setClosed(key, value), [key]);
  return [isClosed, set];
}
