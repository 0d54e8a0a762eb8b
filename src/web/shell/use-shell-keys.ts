import { useMemo } from 'react';
import { navigate } from '#web/navigation.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import type { KeyAction } from '#web/ui/keymap.ts';
import { useShell } from '#web/ui/shell-context.ts';
import { useKeyActions } from '#web/ui/use-keymap.ts';
import { useUndoActions } from '#web/undo/use-undo.ts';
import { useDialogs } from './dialogs.ts';
import { favouriteTarget, shownFavourites } from './favourites.ts';
import { targetOfNewTask } from './new-task-target.ts';

/** Keys of the views, which tooltips and the sidebar show too. */
export const viewKeys = {
  inbox: 'g i',
  today: 'g t',
  upcoming: 'g u',
  projects: 'g p',
  labels: 'g l',
  filters: 'g v',
  logbook: 'g b',
  trash: 'g x',
  settings: 'g s',
  home: 'g h',
} as const;

const viewWords: Readonly<Record<keyof typeof viewKeys, string>> = {
  inbox: 'Inbox',
  today: 'Today',
  upcoming: 'Upcoming',
  projects: 'Projects',
  labels: 'Labels',
  filters: 'Filters',
  logbook: 'Logbook',
  trash: 'Trash',
  settings: 'Settings',
  home: 'Home view',
};

/** What works wherever one is. */
export function useShellKeys(): void {
  const replica = useReplica();
  const dialogs = useDialogs();
  const { toggleSidebar } = useShell();
  const { undo, redo } = useUndoActions(replica);

  const actions = useMemo<readonly KeyAction[]>(() => {
    const everywhere = (id: string, keys: string, label: string, run: () => void): KeyAction => ({
      id,
      keys: [keys],
      context: 'Everywhere',
      label,
      run,
    });
    return [
      everywhere('add-task', 'q', 'Add task', () => dialogs.open({ type: 'add-task', ...targetOfNewTask() })),
      everywhere('search', '/', 'Search', () => dialogs.open({ type: 'search' })),
      everywhere('undo', 'Mod+z', 'Undo', undo),
      everywhere('redo', 'Mod+Shift+z', 'Redo', redo),
      everywhere('toggle-sidebar', 'm', 'Show or hide the sidebar', toggleSidebar),
      everywhere('settings', 'Mod+,', 'Settings', () => navigate(routes.settings.href({}))),
      everywhere('shortcuts', '?', 'Keyboard shortcuts', () => dialogs.open({ type: 'shortcuts' })),
      ...goToViews(),
      ...goToFavourites((index) => hrefOfFavourite(replica, index)),
    ];
  }, [replica, dialogs, toggleSidebar, undo, redo]);
  useKeyActions(actions);
}

function goToViews(): KeyAction[] {
  return (Object.keys(viewKeys) as (keyof typeof viewKeys)[]).map((view) => ({
    id: `go-${view}`,
    keys: [viewKeys[view]],
    context: 'Go to',
    label: viewWords[view],
    run: () => navigate(routes[view].href({})),
  }));
}

function hrefOfFavourite(replica: Replica, index: number): string | undefined {
  const favourite = shownFavourites(replica)[index];
  return favourite && favouriteTarget(replica, favourite)?.href;
}

function goToFavourites(hrefOf: (index: number) => string | undefined): KeyAction[] {
  return Array.from({ length: 9 }, (_, index) => ({
    id: `go-favourite-${index + 1}`,
    keys: [`g ${index + 1}`],
    context: 'Go to',
    label: `Favourite ${index + 1}`,
    run() {
      const href = hrefOf(index);
      if (href === undefined) return false;
      navigate(href);
      return undefined;
    },
  }));
}
