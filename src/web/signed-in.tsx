import { use, useEffect } from 'react';
import { usePathname, useSearch } from 'wouter/use-browser-location';
import { must } from '#core/errors.ts';
import { AuthPages } from './auth/auth-pages.tsx';
import { dateReader } from './dates/date-reader.ts';
import { navigate, useTaskPanel } from './navigation.ts';
import { draftAdder, draftAssist, draftReading, taskEditor } from './quick-add/draft-code.ts';
import { layerCode } from './layer-code.ts';
import { PasteMenu } from './quick-add/paste-code.ts';
import { useSyncState } from './replica/use-query.ts';
import { matchRoute, routes, safeNext } from './routes.ts';
import { LabelMenu } from './labels/label-menu-button.tsx';
import { preloadPages, ShellPages } from './pages.tsx';
import { ProjectMenu } from './projects/project-menu-button.tsx';
import { AccountMenuLayer } from './shell/account-menu.tsx';
import { DialogLayer } from './shell/dialog-host.tsx';
import { FavouriteMenu } from './shell/sidebar-favourites.tsx';
import { Shell } from './shell/shell.tsx';
import { SyncDetails } from './sync-status/sync-button.tsx';
import { TaskPickerLayer } from './tasks/task-picker.tsx';
import { DatePopover } from './ui/date-popover.tsx';
import { AlertDialog, Dialog } from './ui/dialog.tsx';
import { KeymapHelp } from './ui/keymap-help.tsx';
import { lazyPart } from './ui/lazy-part.tsx';
import { Menu } from './ui/menu.tsx';
import { Popover } from './ui/popover.tsx';
import { KeymapContext } from './ui/use-keymap.ts';
import { undoOffer } from './undo/use-undo.ts';
import { OverdueMenuLayer } from './views/overdue-menu.tsx';

const TaskPanel = lazyPart(() => import('./tasks/task-panel.tsx').then((module) => module.TaskPanel));
const SetupPage = lazyPart(() => import('./auth/setup-page.tsx').then((module) => module.SetupPage));

const behindFirstScreen = [
  TaskPickerLayer,
  DialogLayer,
  Menu,
  Dialog,
  Popover,
  DatePopover,
  AccountMenuLayer,
  ProjectMenu,
  LabelMenu,
  FavouriteMenu,
  OverdueMenuLayer,
  PasteMenu,
  TaskPanel,
  SyncDetails,
  AlertDialog,
  KeymapHelp,
];

/** What the first screen does not need is fetched behind it: opening it then waits for nothing, network or not. */
function preloadRest(): () => void {
  const timer = setTimeout(() => {
    for (const part of behindFirstScreen) part.preload();
    preloadPages();
    for (const code of [layerCode, undoOffer, draftAssist, draftAdder, draftReading, taskEditor, dateReader])
      void code.load().catch(() => undefined);
  }, PRELOAD_AFTER_MS);
  return () => clearTimeout(timer);
}

const PRELOAD_AFTER_MS = 1000;

/** What a person sees who is signed in; also when the session has ended under them, so that nothing is lost. */
export function SignedIn() {
  const keymap = must(use(KeymapContext), 'the app has a keymap');
  const name = matchRoute(usePathname());
  const { taskId } = useTaskPanel();
  const ended = useSyncState((status) => status.state === 'signed-out');
  useEffect(preloadRest, []);
  if (name === 'login' || name === 'signup') return ended ? <AuthPages /> : <Onward />;
  if (name === 'setup') return <SetupPage />;
  return (
    <Shell keymap={keymap} page={<ShellPages />} detail={taskId === null ? null : <TaskPanel taskId={taskId} />} />
  );
}

/** Somebody who is signed in has nothing to do at the login page. */
function Onward() {
  const next = safeNext(routes.login.parse('/login', useSearch())?.query.next);
  useEffect(() => navigate(next, { replace: true }), [next]);
  return null;
}
