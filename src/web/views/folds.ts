import { type DeviceNotes, deviceNotes } from '#web/ui/device-notes.ts';

/**
 * What this device shows closed, of groups and of parents of subtasks. Kept per view in local storage, because it says
 * how somebody looks at their tasks here and is no part of the tasks.
 */
export interface Folds {
  /** `byDefault` holds until somebody opened or closed it here. */
  isClosed(key: string, byDefault: boolean): boolean;
  set(key: string, closed: boolean): void;
}

const KEPT_MAX = 300;

export function createFolds(storageKey: string, notes: DeviceNotes | null): Folds {
  const closed = new Map<string, boolean>(read(storageKey, notes));
  return {
    isClosed: (key, byDefault) => closed.get(key) ?? byDefault,
    set(key, value) {
      // Behind the others, so that the oldest go first.
      closed.delete(key);
      closed.set(key, value);
      for (const oldest of closed.keys()) {
        if (closed.size <= KEPT_MAX) break;
        closed.delete(oldest);
      }
      notes?.write(storageKey, JSON.stringify([...closed]));
    },
  };
}

function read(storageKey: string, notes: DeviceNotes | null): [string, boolean][] {
  const stored = notes?.readJson(storageKey);
  if (!Array.isArray(stored)) return [];
  return stored.filter(
    (pair): pair is [string, boolean] =>
      Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'boolean',
  );
}

const known = new Map<string, Folds>();

/** The folds of a view; the same object each time, so that coming back to a view finds it as it was. */
export function foldsOf(view: string): Folds {
  const storageKey = `tend.folds.${view}`;
  let folds = known.get(storageKey);
  if (!folds) {
    folds = createFolds(storageKey, deviceNotes);
    known.set(storageKey, folds);
  }
  return folds;
}
