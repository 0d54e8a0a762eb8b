import { type Notices, refusalOf } from './notices.ts';

/** Says that it was done, or why it cannot be. */
export function turnBack({ toasts, announcer }: Notices, run: () => boolean, done: string): void {
  try {
    if (run()) announcer.announce(done);
  } catch (error) {
    const message = refusalOf(error);
    if (message === undefined) throw error;
    toasts.show({ message, tone: 'danger' });
  }
}
