import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { focusRegion } from './regions.ts';
import type { Shell, ShellLayout } from './shell-context.ts';
import { readShellPreferences, type ShellPreferences, storeShellPreferences } from './shell-storage.ts';
import { useMediaQuery } from './use-media-query.ts';

export interface ShellState {
  readonly shell: Shell;
  readonly preferences: ShellPreferences;
  readonly drawerOpen: boolean;
  readonly resize: (change: Partial<ShellPreferences>, settled: boolean) => void;
}

export function useShellLayout(): ShellLayout {
  const desktop = useMediaQuery('(min-width: 1024px)');
  const tablet = useMediaQuery('(min-width: 640px)');
  return desktop ? 'desktop' : tablet ? 'tablet' : 'phone';
}

export function useShellState(sidebarRef: RefObject<HTMLElement | null>): ShellState {
  const layout = useShellLayout();
  const [preferences, setPreferences] = useState(readShellPreferences);
  const [drawerWanted, setDrawerWanted] = useState(false);
  const drawerOpen = drawerWanted && layout !== 'desktop';
  const desktop = layout === 'desktop';

  const resize = useCallback((change: Partial<ShellPreferences>, settled: boolean) => {
    setPreferences((before) => {
      const after = { ...before, ...change };
      if (settled) storeShellPreferences(after);
      return after;
    });
  }, []);

  useDrawerFocus(drawerOpen, sidebarRef, () => setDrawerWanted(false));

  const { sidebarCollapsed } = preferences;
  const shell = useMemo<Shell>(
    () => ({
      layout,
      sidebarShown: desktop ? !sidebarCollapsed : drawerOpen,
      toggleSidebar() {
        if (desktop) resize({ sidebarCollapsed: !sidebarCollapsed }, true);
        else setDrawerWanted((open) => !open);
      },
      closeDrawer: () => setDrawerWanted(false),
    }),
    [layout, desktop, sidebarCollapsed, drawerOpen, resize],
  );
  return { shell, preferences, drawerOpen, resize };
}

/** The rest of the shell is inert while the drawer is open, so moving focus in and back is all there is to do. */
function useDrawerFocus(open: boolean, sidebarRef: RefObject<HTMLElement | null>, close: () => void): void {
  const latestClose = useRef(close);
  useEffect(() => {
    latestClose.current = close;
  });
  useEffect(() => {
    const sidebar = sidebarRef.current;
    if (!open || !sidebar) return undefined;
    const opener = document.activeElement;
    focusRegion(sidebar);
    const handleKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      latestClose.current();
    };
    document.addEventListener('keydown', handleKey);
    return () => {
      document.removeEventListener('keydown', handleKey);
      const lost = document.activeElement === document.body || sidebar.contains(document.activeElement);
      if (lost && opener instanceof HTMLElement) opener.focus();
    };
  }, [open, sidebarRef]);
}
