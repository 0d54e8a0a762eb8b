import type { ReactNode } from 'react';

export interface MenuItemSpec {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Shortcut to show, as in the keymap. */
  readonly keys?: string | undefined;
  /** A second, quieter text at the end, for example a date. */
  readonly hint?: string | undefined;
  readonly tone?: 'danger' | undefined;
  readonly disabled?: boolean | undefined;
  /** Given, the item is a choice that is or is not made. */
  readonly checked?: boolean | undefined;
  readonly onSelect: () => void;
}

export interface MenuSectionSpec {
  readonly id: string;
  readonly title?: string | undefined;
  /** `multiple` keeps the menu open while choosing. */
  readonly selection?: 'single' | 'multiple' | undefined;
  readonly items: readonly MenuItemSpec[];
}
