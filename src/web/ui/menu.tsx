import { type ReactNode, useRef, useState } from 'react';
import { IconButton } from './icon-button.tsx';
import { lazyOverlay } from './lazy-overlay.tsx';
import type { MenuSectionSpec } from './menu-model.ts';

/** Open for as long as it is rendered; for context menus give `anchor` the point of the click. */
export const Menu = lazyOverlay(() => import('./menu-overlay.tsx').then((module) => module.MenuOverlay));

export interface MenuButtonProps {
  label: string;
  icon: ReactNode;
  /** Asked when the menu opens, so that closed menus cost nothing. */
  sections: () => readonly MenuSectionSpec[];
  keys?: string;
  size?: 'sm' | 'md';
}

/** An icon that opens a menu. */
export function MenuButton({ label, icon, sections, keys, size = 'md' }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        ref={ref}
        label={label}
        icon={icon}
        size={size}
        {...(keys !== undefined && { keys })}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={Menu.preload}
        onFocus={Menu.preload}
        onClick={() => setOpen(true)}
      />
      {open ? <Menu label={label} sections={sections()} anchor={ref} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
