import { ChevronsUpDown, Keyboard, LogOut, Redo2, Settings, Undo2, UserRound } from 'lucide-react';
import { useRef, useState } from 'react';
import { useUser } from '#web/auth/session.ts';
import { navigate } from '#web/navigation.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Menu } from '#web/ui/menu.tsx';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { useShell } from '#web/ui/shell-context.ts';
import { useUndoActions } from '#web/undo/use-undo.ts';
import { useDialogs } from './dialogs.ts';

/** Who is signed in, and what concerns the account. */
export function AccountMenu() {
  const user = useUser();
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const sections = useAccountSections();
  return (
    <>
      <button
        ref={ref}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`Account of ${user.displayName}`}
        onPointerEnter={Menu.preload}
        onFocus={Menu.preload}
        onClick={() => setOpen(true)}
        className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-start hover:bg-pressed aria-expanded:bg-pressed coarse:h-11"
      >
        <Avatar name={user.displayName} decorative />
        <span className="min-w-0 truncate text-body font-semibold">{user.displayName}</span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-fg-tertiary" />
      </button>
      {open ? <Menu label="Account" sections={sections()} anchor={ref} onClose={() => setOpen(false)} /> : null}
    </>
  );
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
