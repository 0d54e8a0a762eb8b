import { useCallback, useSyncExternalStore } from 'react';
import { deviceNotes } from '#web/ui/device-notes.ts';

const STORAGE_KEY = 'tend.sidebar.closed';

let closed: ReadonlySet<string> | null = null;
const listeners = new Set<() => void>();

/** What is closed in the sidebar. How somebody looks at it here, so it stays on the device. */
function read(): ReadonlySet<string> {
  if (closed) return closed;
  const stored = deviceNotes.readJson(STORAGE_KEY);
  closed = new Set(Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : []);
  return closed;
}

function write(next: ReadonlySet<string>): void {
  closed = next;
  deviceNotes.write(STORAGE_KEY, JSON.stringify([...next]));
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
