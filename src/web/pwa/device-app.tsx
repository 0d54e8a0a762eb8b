import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { Session } from '#web/auth/session.ts';
import { ReplicaProvider } from '#web/replica/use-query.ts';
import { AppBadge, hasBadge } from './app-badge.tsx';
import { AppUpdate, checkForUpdates } from './app-update.ts';
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
    reload: () => location.reload(),
  });
  checkForUpdates(registration);
  root.render(
    <>
      <Badge session={session} />
      <UpdatePill update={update} />
    </>,
  );
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
