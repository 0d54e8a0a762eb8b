import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { IconButton } from './icon-button.tsx';
import { lazyLayer } from './lazy-part.tsx';
import type { MenuSectionSpec } from './menu-model.ts';

/** Open for as long as it is rendered; for context menus give `anchor` the point of the click. */
export const Menu = lazyLayer(() => import('./menu-overlay.tsx').then((module) => module.MenuOverlay));

/** What hangs on a button. */
export interface LayerProps {
  readonly label: string;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

interface LayerButtonProps {
  label: string;
  icon: ReactNode;
  keys?: string;
  size?: 'sm' | 'md';
  /** Intent shows: what the layer needs can be fetched. */
  preload: () => void;
  layer: (props: LayerProps) => ReactNode;
}

/** An icon that opens a menu of its own making. */
export function LayerButton({ label, icon, keys, size = 'md', preload, layer }: LayerButtonProps) {
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
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => setOpen(true)}
      />
      {open ? layer({ label, anchor: ref, onClose: () => setOpen(false) }) : null}
    </>
  );
}

export interface MenuButtonProps extends Omit<LayerButtonProps, 'preload' | 'layer'> {
  /** Asked when the menu opens, so that closed menus cost nothing. */
  sections: () => readonly MenuSectionSpec[];
}

/** An icon that opens a menu. */
export function MenuButton({ sections, ...button }: MenuButtonProps) {
  return (
    <LayerButton {...button} preload={Menu.preload} layer={(props) => <Menu {...props} sections={sections()} />} />
  );
}
