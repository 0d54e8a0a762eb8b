import { clsx } from 'clsx';
import { CircleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { IconButton } from './icon-button.tsx';
import type { Toast, ToastQueue } from './toast-queue.ts';

/** Bottom of the window, one per app. Reached with F6; holds still while pointed at, focused or hidden. */
export function ToastRegion({ queue }: { queue: ToastQueue }) {
  const toasts = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const { hold, release } = useHold(queue);
  useHiddenTabHold(queue);

  // The toast under the pointer or focus can go without any event telling so.
  useEffect(() => {
    if (toasts.length > 0) return;
    release('hover');
    release('focus');
  }, [toasts, release]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointer and focus only hold the timers
    <section
      aria-label="Notifications"
      data-region={toasts.length > 0 ? 'toasts' : undefined}
      data-react-aria-top-layer="true"
      tabIndex={-1}
      className="toast-region"
      onPointerEnter={() => hold('hover')}
      onPointerLeave={() => release('hover')}
      onFocus={() => hold('focus')}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) release('focus');
      }}
      onKeyDown={(event) => {
        const last = toasts.at(-1);
        if (event.key !== 'Escape' || !last) return;
        event.preventDefault();
        queue.dismiss(last.id);
      }}
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} queue={queue} />
      ))}
    </section>
  );
}

function ToastCard({ toast, queue }: { toast: Toast; queue: ToastQueue }) {
  // Screen readers announce a status that changes, not one that arrives with its text.
  const [spoken, setSpoken] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setSpoken(true));
    return () => cancelAnimationFrame(frame);
  }, []);

  return (
    <div
      className={clsx(
        'pointer-events-auto flex w-full animate-toast-in items-center gap-2 rounded-popover bg-raised py-1.5 pr-1.5 pl-4 shadow-e3 sm:w-auto',
        toast.tone === 'danger' && 'text-danger-fg',
      )}
    >
      {toast.tone === 'danger' ? <CircleAlert aria-hidden="true" className="size-4 shrink-0" /> : null}
      <p role="status" className="min-h-5 min-w-0 flex-1 py-1.5 text-body-sm">
        {spoken ? toast.message : ''}
      </p>
      {toast.actionLabel === undefined ? null : (
        <button
          type="button"
          className="h-8 shrink-0 rounded-md px-2 text-body-sm font-semibold text-accent-fg hover:bg-hover active:bg-pressed coarse:h-11"
          onClick={() => queue.runAction(toast.id)}
        >
          {toast.actionLabel}
        </button>
      )}
      <IconButton label="Dismiss" icon={<X className="size-4" />} onClick={() => queue.dismiss(toast.id)} />
    </div>
  );
}

type HoldReason = 'hover' | 'focus';

function useHold(queue: ToastQueue) {
  const holds = useRef(new Map<HoldReason, () => void>());
  const [controls] = useState(() => ({
    hold: (reason: HoldReason) => {
      if (!holds.current.has(reason)) holds.current.set(reason, queue.hold());
    },
    release: (reason: HoldReason) => {
      holds.current.get(reason)?.();
      holds.current.delete(reason);
    },
  }));
  return controls;
}

function useHiddenTabHold(queue: ToastQueue): void {
  useEffect(() => {
    let release: (() => void) | null = null;
    const handleVisibility = () => {
      release?.();
      release = document.hidden ? queue.hold() : null;
    };
    handleVisibility();
    document.addEventListener('visibilitychange', handleVisibility);
    return () => {
      document.removeEventListener('visibilitychange', handleVisibility);
      release?.();
    };
  }, [queue]);
}
