export type ToastTone = 'neutral' | 'danger';

export interface ToastRequest {
  /** With `merge`, gets the number of merged toasts: `n => n === 1 ? 'Task completed' : `${n} tasks completed``. */
  readonly message: string | ((count: number) => string);
  readonly tone?: ToastTone;
  readonly action?: { readonly label: string; run(): void };
  /** Toasts of one kind that are open together become one; its action runs all, newest first. */
  readonly merge?: string;
}

export interface Toast {
  readonly id: number;
  readonly message: string;
  readonly tone: ToastTone;
  readonly actionLabel: string | undefined;
}

export interface ToastQueue {
  readonly show: (request: ToastRequest) => number;
  readonly dismiss: (id: number) => void;
  readonly runAction: (id: number) => void;
  /** Stops all timers for as long as any hold is open (pointer over, focus within, tab hidden). */
  readonly hold: () => () => void;
  /** Null keeps toasts until they are dismissed. */
  readonly setDuration: (milliseconds: number | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => readonly Toast[];
}

export interface Timers {
  readonly now: () => number;
  readonly set: (callback: () => void, milliseconds: number) => number;
  readonly clear: (handle: number) => void;
}

interface Entry {
  readonly toast: Toast;
  readonly merge: string | undefined;
  readonly count: number;
  readonly actions: readonly (() => void)[];
  remaining: number;
  startedAt: number;
  timer: number | null;
}

export const MAX_TOASTS = 3;
export const TOAST_DURATION = 8000;

const browserTimers: Timers = {
  now: () => performance.now(),
  set: (callback, milliseconds) => window.setTimeout(callback, milliseconds),
  clear: (handle) => window.clearTimeout(handle),
};

export function createToastQueue(timers: Timers = browserTimers): ToastQueue {
  let entries: readonly Entry[] = [];
  let toasts: readonly Toast[] = [];
  let nextId = 1;
  const listeners = new Set<() => void>();

  const replace = (next: readonly Entry[]): void => {
    entries = next;
    toasts = entries.map((entry) => entry.toast);
    for (const listener of listeners) listener();
  };
  const dismiss = (id: number): Entry | undefined => {
    const entry = entries.find((candidate) => candidate.toast.id === id);
    if (!entry) return undefined;
    countdown.stop(entry);
    replace(entries.filter((candidate) => candidate !== entry));
    return entry;
  };
  const countdown = createCountdown(timers, (entry) => dismiss(entry.toast.id));

  return {
    show(request) {
      const mate = entries.find((entry) => request.merge !== undefined && entry.merge === request.merge);
      const entry = createEntry(request, mate, nextId++, countdown.duration());
      const kept = [...entries.filter((candidate) => candidate !== mate), entry];
      const dropped = kept.slice(0, -MAX_TOASTS);
      for (const gone of mate ? [mate, ...dropped] : dropped) countdown.stop(gone);
      countdown.start(entry);
      replace(kept.slice(-MAX_TOASTS));
      return entry.toast.id;
    },
    dismiss: (id) => void dismiss(id),
    runAction(id) {
      for (const run of dismiss(id)?.actions.toReversed() ?? []) run();
    },
    hold: () => countdown.hold(() => entries),
    setDuration: (milliseconds) => countdown.setDuration(milliseconds, entries),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => toasts,
  };
}

/** Runs each entry's remaining time, together or not at all. */
function createCountdown(timers: Timers, onEnd: (entry: Entry) => void) {
  let duration: number | null = TOAST_DURATION;
  const holds = new Set<symbol>();

  const start = (entry: Entry): void => {
    if (duration === null || holds.size > 0 || entry.timer !== null) return;
    entry.startedAt = timers.now();
    entry.timer = timers.set(() => onEnd(entry), entry.remaining);
  };
  const stop = (entry: Entry): void => {
    if (entry.timer === null) return;
    timers.clear(entry.timer);
    entry.timer = null;
    entry.remaining = Math.max(0, entry.remaining - (timers.now() - entry.startedAt));
  };

  return {
    start,
    stop,
    duration: () => duration ?? 0,
    hold(entries: () => readonly Entry[]): () => void {
      const token = Symbol('hold');
      holds.add(token);
      for (const entry of entries()) stop(entry);
      return () => {
        if (holds.delete(token) && holds.size === 0) for (const entry of entries()) start(entry);
      };
    },
    setDuration(milliseconds: number | null, entries: readonly Entry[]): void {
      duration = milliseconds;
      for (const entry of entries) {
        stop(entry);
        entry.remaining = milliseconds ?? 0;
        start(entry);
      }
    },
  };
}

function createEntry(request: ToastRequest, mate: Entry | undefined, id: number, remaining: number): Entry {
  const count = (mate?.count ?? 0) + 1;
  const { message, tone = 'neutral', action, merge } = request;
  return {
    toast: {
      id,
      message: typeof message === 'string' ? message : message(count),
      tone,
      actionLabel: action?.label,
    },
    merge,
    count,
    actions: [...(mate?.actions ?? []), ...(action ? [() => action.run()] : [])],
    remaining,
    startedAt: 0,
    timer: null,
  };
}
