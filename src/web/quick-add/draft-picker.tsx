import type { ReactNode, RefObject } from 'react';
import { Menu } from '#web/ui/menu.tsx';
import type { ChoiceName, PickerName } from './choose.ts';
import type { Chosen } from './draft.ts';
import type { DraftRead } from './read-draft.ts';

export interface DraftPickerProps {
  read: DraftRead;
  anchor: RefObject<Element | null>;
  onChoose: <C extends ChoiceName>(name: C, value: Chosen[C]) => void;
  onToggleLabel: (name: string) => void;
  /** Goes on in another picker. */
  onPick: (name: PickerName) => void;
  onClose: () => void;
}

interface SingleMenuProps {
  label: string;
  anchor: RefObject<Element | null>;
  items: readonly {
    readonly id: string;
    readonly label: string;
    readonly icon?: ReactNode;
    readonly checked: boolean;
    readonly onSelect: () => void;
  }[];
  onClose: () => void;
}

/** One of several choices. */
export function SingleMenu({ label, anchor, items, onClose }: SingleMenuProps) {
  return (
    <Menu label={label} anchor={anchor} sections={[{ id: label, selection: 'single', items }]} onClose={onClose} />
  );
}
