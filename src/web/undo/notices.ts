import { createContext, use } from 'react';
import { DomainError } from '#core/errors.ts';
import { type Announcer, createAnnouncer } from '#web/ui/announcer.ts';
import { MissingCode } from '#web/ui/missing-code.ts';
import { createToastQueue, type ToastQueue } from '#web/ui/toast-queue.ts';

/** How the app tells a person what happened: to the eye and to assistive technology. */
export interface Notices {
  readonly toasts: ToastQueue;
  readonly announcer: Announcer;
}

export function createNotices(): Notices {
  return { toasts: createToastQueue(), announcer: createAnnouncer() };
}

export const NoticesContext = createContext<Notices>(createNotices());

export function useNotices(): Notices {
  return use(NoticesContext);
}

/** What to say of an error that a person can do something about; undefined for a bug. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof DomainError || error instanceof MissingCode ? error.message : undefined;
}

/**
 * Shows what a mutator refused, wherever it was called: an error that leaves an event handler ends here.
 * Returns the undo.
 */
export function watchRefusals({ toasts }: Notices): () => void {
  const handleError = (event: ErrorEvent): void => {
    const message = refusalOf(event.error);
    if (message === undefined) return;
    event.preventDefault();
    toasts.show({ message, tone: 'danger' });
  };
  const handleRejection = (event: PromiseRejectionEvent): void => {
    const message = refusalOf(event.reason);
    if (message === undefined) return;
    event.preventDefault();
    toasts.show({ message, tone: 'danger' });
  };
  addEventListener('error', handleError);
  addEventListener('unhandledrejection', handleRejection);
  return () => {
    removeEventListener('error', handleError);
    removeEventListener('unhandledrejection', handleRejection);
  };
}
