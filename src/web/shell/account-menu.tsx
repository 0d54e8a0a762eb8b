import { ChevronsUpDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { useUser } from '#web/auth/session.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { lazyLayer } from '#web/ui/lazy-part.tsx';

export const AccountMenuLayer = lazyLayer(() =>
  import('./account-menu-overlay.tsx').then((module) => module.AccountMenuOverlay),
);

/** Who is signed in, and what concerns the account. */
export function AccountMenu() {
  const user = useUser();
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={ref}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`Account of ${user.displayName}`}
        onPointerEnter={AccountMenuLayer.preload}
        onFocus={AccountMenuLayer.preload}
        onClick={() => setOpen(true)}
        className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-start hover:bg-pressed aria-expanded:bg-pressed coarse:h-11"
      >
        <Avatar name={user.displayName} decorative />
        <span className="min-w-0 truncate text-body font-semibold">{user.displayName}</span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-fg-tertiary" />
      </button>
      {open ? <AccountMenuLayer label="Account" anchor={ref} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
