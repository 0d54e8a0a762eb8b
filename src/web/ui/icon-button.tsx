import { clsx } from 'clsx';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { useControlTabIndex } from './row-control.ts';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'> {
  /** Accessible name and tooltip. */
  label: string;
  icon: ReactNode;
  /** Shown in the tooltip, for example `Mod+K`. */
  keys?: string;
  size?: 'sm' | 'md';
  tone?: 'ghost' | 'danger';
  /** Marks a toggle that is on. */
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  label,
  icon,
  keys,
  size = 'md',
  tone = 'ghost',
  pressed,
  tabIndex,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      tabIndex={useControlTabIndex(tabIndex)}
      aria-label={label}
      aria-pressed={pressed}
      data-tooltip={label}
      data-tooltip-keys={keys}
      className={clsx(
        'relative inline-grid shrink-0 place-items-center rounded-md transition-colors duration-fast',
        'disabled:opacity-40 disabled:hover:bg-transparent coarse:size-11',
        'hover:bg-hover active:bg-pressed aria-expanded:bg-hover aria-pressed:bg-selected aria-pressed:text-accent-fg',
        size === 'sm' ? 'size-7 after:absolute after:-inset-0.5' : 'size-8',
        tone === 'danger' ? 'text-danger-fg' : 'text-fg-tertiary hover:text-fg aria-expanded:text-fg',
      )}
    >
      {icon}
    </button>
  );
}
