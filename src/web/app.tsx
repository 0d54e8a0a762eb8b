import { useEffect, useState } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { openDevice } from './api/device.ts';
import { createSessionApi } from './api/session.ts';
import { AuthPages } from './auth/auth-pages.tsx';
import { deleteKept } from './auth/delete-kept.ts';
import { Session, SessionContext, useSessionState } from './auth/session.ts';
import { StartingScreen } from './auth/starting-screen.tsx';
import { UnreachablePage } from './auth/unreachable-page.tsx';
import { layerCode } from './layer-code.ts';
import type { LayersProps } from './layers.tsx';
import { navigate } from './navigation.ts';
import { ReplicaProvider } from './replica/use-query.ts';
import { startPwaLater } from './pwa/start.ts';
import { matchRoute, type RouteName, routes } from './routes.ts';
import { SignedIn } from './signed-in.tsx';
import { deviceNotes } from './ui/device-notes.ts';
import { createKeymap } from './ui/keymap.ts';
import { useLazyModule } from './ui/lazy-module.ts';
import { LiveRegions } from './ui/live-regions.tsx';
import { KeymapContext, useKeymapListener } from './ui/use-keymap.ts';
import { createNotices, NoticesContext, watchRefusals } from './undo/notices.ts';

export function App() {
  const [session] = useState(createSession);
  const [notices] = useState(createNotices);
  const [keymap] = useState(() => createKeymap());
  useKeymapListener(keymap);
  useEffect(() => watchRefusals(notices), [notices]);
  useEffect(() => startPwaLater(session), [session]);
  useEffect(() => {
    void session.start();
    return () => session.close();
  }, [session]);
  return (
    <SessionContext value={session}>
      <NoticesContext value={notices}>
        <KeymapContext value={keymap}>
          <Screen session={session} />
          <LiveRegions announcer={notices.announcer} />
          <LaterLayers keymap={keymap} toasts={notices.toasts} />
        </KeymapContext>
      </NoticesContext>
    </SessionContext>
  );
}

function LaterLayers(props: LayersProps) {
  const code = useLazyModule(layerCode);
  return code && <code.Layers {...props} />;
}

function createSession(): Session {
  return new Session({ api: createSessionApi(), openDevice, deleteKept, notes: deviceNotes });
}

const AUTH_ROUTES: ReadonlySet<RouteName | undefined> = new Set<RouteName>(['login', 'signup']);

function Screen({ session }: { session: Session }) {
  const state = useSessionState();
  const pathname = usePathname();
  const atAuth = AUTH_ROUTES.has(matchRoute(pathname));
  const away = state.type === 'signed-out' && !atAuth;
  useEffect(() => {
    if (!away) return;
    const next = pathname === '/' ? undefined : pathname + location.search;
    navigate(routes.login.href({}, next === undefined ? {} : { next }), { replace: true });
  }, [away, pathname]);

  switch (state.type) {
    case 'starting':
      return <StartingScreen outlined={session.isLikely && !atAuth} />;
    case 'unreachable':
      return <UnreachablePage />;
    case 'signed-out':
      return atAuth ? <AuthPages /> : <StartingScreen outlined={false} />;
    case 'signed-in':
      return (
        <ReplicaProvider key={state.user.id} replica={state.device.replica}>
          <SignedIn />
        </ReplicaProvider>
      );
  }
}
