import { lazy, Suspense, use, useEffect } from 'react';
import { usePathname, useSearch } from 'wouter/use-browser-location';
import { must } from '#core/errors.ts';
import { AuthPages } from './auth/auth-pages.tsx';
import { navigate } from './navigation.ts';
import { useSyncState } from './replica/use-query.ts';
import { matchRoute, routes, safeNext, taskOver } from './routes.ts';
import { pageLoaders, ShellPages } from './pages.tsx';
import { loadAttention } from './shell/dialog-host.tsx';
import { Shell } from './shell/shell.tsx';
import { loadSyncDetails } from './sync-status/sync-button.tsx';
import { DatePopover } from './ui/date-popover.tsx';
import { AlertDialog, Dialog } from './ui/dialog.tsx';
import { KeymapHelp } from './ui/keymap-help.tsx';
import { Menu } from './ui/menu.tsx';
import { Popover } from './ui/popover.tsx';
import { KeymapContext } from './ui/use-keymap.ts';

const loadTaskPanel = () => import('./tasks/task-panel.tsx').then((module) => ({ default: module.TaskPanel }));
const TaskPanel = lazy(loadTaskPanel);
const SetupPage = lazy(() => import('./auth/setup-page.tsx').then((module) => ({ default: module.SetupPage })));

/** What the first screen does not need is fetched behind it: opening it then waits for nothing, network or not. */
function preloadRest(): () => void {
  const timer = setTimeout(() => {
    for (const overlay of [Menu, Dialog, Popover, AlertDialog, DatePopover, KeymapHelp]) overlay.preload();
    // What fails now is fetched when it is opened.
    for (const load of [loadTaskPanel, loadSyncDetails, loadAttention, ...pageLoaders])
      void load().catch(() => undefined);
  }, PRELOAD_AFTER_MS);
  return () => clearTimeout(timer);
}

const PRELOAD_AFTER_MS = 1000;

/** What a person sees who is signed in; also when the session has ended under them, so that nothing is lost. */
export function SignedIn() {
  const keymap = must(use(KeymapContext), 'the app has a keymap');
  const name = matchRoute(usePathname());
  const taskId = taskOver(useSearch());
  const ended = useSyncState((status) => status.state === 'signed-out');
  useEffect(preloadRest, []);
  if (name === 'login' || name === 'signup') return ended ? <AuthPages /> : <Onward />;
  if (name === 'setup') {
    return (
      <Suspense fallback={null}>
        <SetupPage />
      </Suspense>
    );
  }
  return <Shell keymap={keymap} page={<ShellPages />} detail={taskId === null ? null : <OpenTask taskId={taskId} />} />;
}

function OpenTask({ taskId }: { taskId: string }) {
  return (
    <Suspense fallback={null}>
      <TaskPanel taskId={taskId} />
    </Suspense>
  );
}

/** Somebody who is signed in has nothing to do at the login page. */
function Onward() {
  const next = safeNext(routes.login.parse('/login', useSearch())?.query.next);
  useEffect(() => navigate(next, { replace: true }), [next]);
  return null;
}
