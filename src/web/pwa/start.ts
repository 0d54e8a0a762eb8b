import type { Session } from '#web/auth/session.ts';

/** The first screen, and then the code behind it, come first. */
const AFTER_MS = 3000;

/**
 * Begins with what makes the page an app of the device: the service worker, word of new versions, the badge.
 * Browsers offer all of it on https only. Not while developing, where a worker would serve yesterday's code.
 * Returns the undo.
 */
export function startPwaLater(session: Session): () => void {
  if (!import.meta.env.PROD || !isSecureContext) return () => {};
  const timer = setTimeout(() => {
    // What fails now is tried with the next page.
    import('./device-app.tsx').then(({ startDeviceApp }) => startDeviceApp(session)).catch(() => undefined);
  }, AFTER_MS);
  return () => clearTimeout(timer);
}
