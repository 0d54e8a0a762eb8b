import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { useTaskPanel } from '#web/navigation.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { useSettings } from '#web/settings/use-settings.ts';
import { setThemePreference } from '#web/theme/theme.ts';
import { AppShell } from '#web/ui/app-shell.tsx';
import type { Keymap } from '#web/ui/keymap.ts';
import { LazyModule, useLazyModule } from '#web/ui/lazy-module.ts';
import { useNotices } from '#web/undo/notices.ts';
import { useUndoToasts } from '#web/undo/use-undo.ts';
import { DemoBanner } from './demo-banner.tsx';
import { DialogHost } from './dialog-host.tsx';
import { type Dialogs, DialogsContext, type ShellDialog } from './dialogs.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Sidebar } from './sidebar.tsx';
import { TabBar } from './tab-bar.tsx';
import { useShellKeys } from './use-shell-keys.ts';

export interface ShellProps {
  keymap: Keymap;
  page: ReactNode;
  /** The open task, or null. */
  detail: ReactNode;
}

/** Everything around a page: sidebar, detail panel, dialogs, keys, and what is told of changes. */
export function Shell({ keymap, page, detail }: ShellProps) {
  const replica = useReplica();
  const pathname = usePathname();
  const { taskId } = useTaskPanel();
  const [dialog, setDialog] = useState<ShellDialog | null>(null);
  const dialogs = useMemo<Dialogs>(() => ({ open: setDialog, close: () => setDialog(null) }), []);
  useUndoToasts(replica);
  const openAttention = useCallback(() => dialogs.open({ type: 'attention' }), [dialogs]);
  useAccountPreferences(replica, keymap);
  usePageAnnouncements(pathname);
  return (
    <DialogsContext value={dialogs}>
      <AppShell
        sidebar={<Sidebar />}
        main={
          <>
            <ShellKeys />
            <LaterNotices openAttention={openAttention} />
            <DemoBanner />
            <ErrorBoundary place={pathname}>{page}</ErrorBoundary>
          </>
        }
        detail={detail === null ? null : <ErrorBoundary place={taskId ?? ''}>{detail}</ErrorBoundary>}
        detailLabel="Task"
        tabBar={<TabBar />}
      />
      <ErrorBoundary place={dialog?.type ?? ''} fallback={<DialogFailed onClose={dialogs.close} />}>
        <DialogHost dialog={dialog} onClose={dialogs.close} />
      </ErrorBoundary>
    </DialogsContext>
  );
}

/** The code of a dialog could not be loaded: says so, and nothing else is lost. */
function DialogFailed({ onClose }: { onClose: () => void }) {
  const { toasts } = useNotices();
  useEffect(() => {
    toasts.show({ message: 'This is not on this device yet. Try again when you are online.', tone: 'danger' });
    onClose();
  }, [toasts, onClose]);
  return null;
}

/** Inside AppShell, whose sidebar a key shows and hides. */
function ShellKeys() {
  useShellKeys();
  return null;
}

/** Looks at what waits as soon as its code is here, which is fetched while the first screen is drawn. */
const syncNotices = new LazyModule(() => import('#web/sync-status/sync-notices.ts'));

function LaterNotices({ openAttention }: { openAttention: () => void }) {
  const code = useLazyModule(syncNotices);
  return code && <code.SyncNotices openAttention={openAttention} />;
}

/** Says where one has come to: focus stays on the link, so that nothing else would. */
function usePageAnnouncements(pathname: string): void {
  const { announcer } = useNotices();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return undefined;
    shown.current = pathname;
    // Pages name themselves once their code is there.
    const timer = setTimeout(() => announcer.announce(document.title.replace(/ · Tend$/, '')), 300);
    return () => clearTimeout(timer);
  }, [pathname, announcer]);
}

/** What the account says about how the app looks and listens. */
function useAccountPreferences(replica: Replica, keymap: Keymap): void {
  const { singleKeyShortcuts } = useSettings();
  const theme = useRow('settings', replica.account.userId)?.theme;
  useEffect(() => keymap.setSingleKeys(singleKeyShortcuts), [keymap, singleKeyShortcuts]);
  useEffect(() => {
    if (theme !== undefined) setThemePreference(theme);
  }, [theme]);
}
