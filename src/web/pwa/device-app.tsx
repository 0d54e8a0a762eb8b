import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { Session } from '#web/auth/session.ts';
import { ReplicaProvider } from '#web/replica/use-query.ts';
import { AppBadge, hasBadge } from './app-badge.tsx';
import { AppUpdate, checkForUpdates, isOutdated } from './app-update.ts';
import { registerWorker } from './register-worker.ts';
import { UpdatePill } from './update-pill.tsx';

/** Called once per page: registers the worker and shows beside the app what comes of it. */
export async function startDeviceApp(session: Session): Promise<void> {
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(<Badge session={session} />);
  const registration = await registerWorker();
  if (!registration) return;
  const update = new AppUpdate({
    container: navigator.serviceWorker,
    registration,
    isOutdated,
    reload: () => void reloadOnceKept(session),
  });
  checkForUpdates(registration);
  lookWhenTooOld(session, registration);
  root.render(
    <>
      <Badge session={session} />
      <UpdatePill update={update} />
    </>,
  );
}

const KEPT_WITHIN_MS = 1000;

/** What was typed a moment ago may be on its way to the disk: the browser would ask whether to lose it. */
async function reloadOnceKept({ state }: Session): Promise<void> {
  const giveUp = Date.now() + KEPT_WITHIN_MS;
  const isUnsafe = (): boolean => {
    const current = state.get();
    return current.type === 'signed-in' && current.device.replica.outbox.unkept > 0;
  };
  while (isUnsafe() && Date.now() < giveUp) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  location.reload();
}

/** The server no longer understands this version, so it has a newer one: the pill offers it. */
function lookWhenTooOld(session: Session, registration: ServiceWorkerRegistration): void {
  let stop = (): void => {};
  const watch = (): void => {
    stop();
    const state = session.state.get();
    if (state.type !== 'signed-in') return;
    const { status } = state.device.replica;
    let told = false;
    const look = (): void => {
      const needed = status.get().state === 'update-needed';
      if (needed && !told) registration.update().catch(() => undefined);
      told = needed;
    };
    stop = status.subscribe(look);
    look();
  };
  session.state.subscribe(watch);
  watch();
}

function Badge({ session }: { session: Session }) {
  const state = useSyncExternalStore(session.state.subscribe, session.state.get);
  if (state.type !== 'signed-in' || !hasBadge()) return null;
  return (
    <ReplicaProvider key={state.user.id} replica={state.device.replica}>
      <AppBadge />
    </ReplicaProvider>
  );
}
