import { createContext, use } from 'react';

export type ShellLayout = 'desktop' | 'tablet' | 'phone';

export interface Shell {
  readonly layout: ShellLayout;
  /** Whether the sidebar can be seen now: not collapsed on a desktop, drawer open elsewhere. */
  readonly sidebarShown: boolean;
  readonly toggleSidebar: () => void;
  /** Closes the drawer after a choice in it; nothing to close on a desktop. */
  readonly closeDrawer: () => void;
}

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = use(ShellContext);
  if (!shell) throw new Error('useShell is for content of AppShell');
  return shell;
}
