import { lazy, Suspense, use, useEffect } from 'react';
import { usePathname, useSearch } from 'wouter/use-browser-location';
import { must } from '#core/errors.ts';
import { AuthPages } from './auth/auth-pages.tsx';
import { navigate } from './navigation.ts';
import { useSyncStatus } from './replica/use-query.ts';
import { matchRoute, routes, safeNext, taskOver } from './routes.ts';
import { ShellPages } from './pages.tsx';
import { Shell } from './shell/shell.tsx';
import { KeymapContext } from './ui/use-keymap.ts';

const loadTaskPanel = () => import('./tasks/task-panel.tsx').then((module) => ({ default: module.TaskPanel }));
const TaskPanel = lazy(loadTaskPanel);
const SetupPage = lazy(() => import('./auth/setup-page.tsx').then((module) => ({ default: module.SetupPage })));

/** The panel is not needed for the first screen, and must not be waited for when a task is opened. */
function preloadTaskPanel(): () => void {
  const timer = setTimeout(() => void loadTaskPanel().catch(() => undefined), 1500);
  return () => clearTimeout(timer);
}

/** What a person sees who is signed in; also when the session has ended under them, so that nothing is lost. */
export function SignedIn() {
  const keymap = must(use(KeymapContext), 'the app has a keymap');
  const name = matchRoute(usePathname());
  const taskId = taskOver(useSearch());
  const ended = useSyncStatus().state === 'signed-out';
  useEffect(preloadTaskPanel, []);
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
