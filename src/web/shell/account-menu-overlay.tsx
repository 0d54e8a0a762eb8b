import { Keyboard, LogOut, Redo2, Settings, Undo2, UserRound } from 'lucide-react';
import { navigate } from '#web/navigation.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { MenuOverlay } from '#web/ui/menu-overlay.tsx';
import type { LayerProps } from '#web/ui/menu.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { useUndoActions } from '#web/undo/use-undo.ts';
import { useDialogs } from './dialogs.ts';

export function AccountMenuOverlay(layer: LayerProps) {
  const sections = useAccountSections();
  return <MenuOverlay {...layer} sections={sections()} />;
}

function useAccountSections(): () => readonly MenuSectionSpec[] {
  const replica = useReplica();
  const dialogs = useDialogs();
  const { closeDrawer } = useShell();
  const { undo, redo } = useUndoActions(replica);
  const go = (href: string) => () => {
    closeDrawer();
    navigate(href);
  };
  const icon = 'size-4';
  return () => {
    const { canUndo, canRedo } = replica.undoState.get();
    return [
      {
        id: 'undo',
        items: [
          {
            id: 'undo',
            label: 'Undo',
            keys: 'Mod+z',
            icon: <Undo2 className={icon} />,
            disabled: !canUndo,
            onSelect: undo,
          },
          {
            id: 'redo',
            label: 'Redo',
            keys: 'Mod+Shift+z',
            icon: <Redo2 className={icon} />,
            disabled: !canRedo,
            onSelect: redo,
          },
        ],
      },
      {
        id: 'settings',
        items: [
          {
            id: 'account',
            label: 'Account',
            icon: <UserRound className={icon} />,
            onSelect: go(routes.settingsSection.href({ section: 'account' })),
          },
          {
            id: 'settings',
            label: 'Settings',
            keys: 'Mod+,',
            icon: <Settings className={icon} />,
            onSelect: go(routes.settings.href({})),
          },
          {
            id: 'shortcuts',
            label: 'Keyboard shortcuts',
            keys: '?',
            icon: <Keyboard className={icon} />,
            onSelect: () => dialogs.open({ type: 'shortcuts' }),
          },
        ],
      },
      {
        id: 'leave',
        items: [
          {
            id: 'sign-out',
            label: 'Sign out',
            icon: <LogOut className={icon} />,
            onSelect: () => dialogs.open({ type: 'sign-out' }),
          },
        ],
      },
    ];
  };
}
