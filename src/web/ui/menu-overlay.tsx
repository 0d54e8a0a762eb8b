import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Separator } from 'react-aria-components/Separator';
import { Kbd } from './kbd.tsx';
import type { MenuItemSpec, MenuSectionSpec } from './menu-model.ts';
import { type OverlayAnchor, OverlaySurface, type Placement } from './overlay-surface.tsx';

export interface MenuOverlayProps {
  label: string;
  sections: readonly MenuSectionSpec[];
  anchor: OverlayAnchor;
  placement?: Placement;
  onClose: () => void;
}

export function MenuOverlay({ label, sections, anchor, placement, onClose }: MenuOverlayProps) {
  const shown = sections.filter((section) => section.items.length > 0);
  return (
    <OverlaySurface anchor={anchor} {...(placement && { placement })} onClose={onClose}>
      <Dialog aria-label={label} className="outline-none">
        <Menu aria-label={label} autoFocus="first" onClose={onClose} className="menu">
          {shown.flatMap((section, index) => [
            index > 0 ? <Separator key={`${section.id}-line`} className="menu-line" /> : null,
            <MenuGroup key={section.id} section={section} onClose={onClose} />,
          ])}
        </Menu>
      </Dialog>
    </OverlaySurface>
  );
}

function MenuGroup({ section, onClose }: { section: MenuSectionSpec; onClose: () => void }) {
  const selection = section.selection
    ? {
        selectionMode: section.selection,
        selectedKeys: section.items.filter((item) => item.checked).map((item) => item.id),
        shouldCloseOnSelect: section.selection === 'single',
      }
    : {};
  return (
    <MenuSection {...selection} aria-label={section.title ?? 'Actions'}>
      {section.title === undefined ? null : <Header className="menu-title">{section.title}</Header>}
      {section.items.map((item) => (
        <MenuRow key={item.id} item={item} selectable={section.selection !== undefined} onClose={onClose} />
      ))}
    </MenuSection>
  );
}

function MenuRow({ item, selectable, onClose }: { item: MenuItemSpec; selectable: boolean; onClose: () => void }) {
  return (
    <MenuItem
      id={item.id}
      textValue={item.label}
      isDisabled={item.disabled ?? false}
      onAction={() => {
        // Closed first: what the item opens must find focus back on the trigger.
        if (!selectable) onClose();
        item.onSelect();
      }}
      className={clsx('menu-item', item.tone === 'danger' && 'menu-item-danger')}
    >
      {item.icon === undefined ? null : <span className="menu-icon">{item.icon}</span>}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint === undefined ? null : <span className="text-meta text-fg-tertiary tabular-nums">{item.hint}</span>}
      {item.keys === undefined ? null : (
        <span className="coarse:hidden">
          <Kbd keys={item.keys} />
        </span>
      )}
      {item.checked ? <Check aria-hidden="true" className="size-4 text-accent-fg" /> : null}
    </MenuItem>
  );
}
