import { clsx } from 'clsx';
import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { useControlTabIndex } from './row-control.ts';
import { Spinner } from './spinner.tsx';

export type ButtonTone = 'primary' | 'neutral' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  tone?: ButtonTone;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Stretches to the width of its parent. */
  block?: boolean;
  /** Shows progress and ignores presses; the label stays, so nothing shifts. */
  busy?: boolean;
  /** Disables the button but keeps it focusable, and tells why in a tooltip. */
  disabledReason?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  tone = 'neutral',
  size = 'md',
  icon,
  block = false,
  busy = false,
  disabledReason,
  type = 'button',
  tabIndex,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const inert = busy || disabledReason !== undefined;
  const reasonId = useId();
  const button = (
    <button
      {...rest}
      type={type}
      tabIndex={useControlTabIndex(tabIndex)}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason === undefined ? rest['aria-describedby'] : reasonId}
      data-tooltip={disabledReason}
      onClick={inert ? preventClick : onClick}
      className={clsx(buttonClass(tone, size), block && 'w-full')}
    >
      {busy ? <Spinner /> : icon}
      <span className="truncate">{children}</span>
    </button>
  );
  if (disabledReason === undefined) return button;
  return (
    <>
      {button}
      <span id={reasonId} hidden>
        {disabledReason}
      </span>
    </>
  );
}

/** The look of a button, for links that act as one. */
export function buttonClass(tone: ButtonTone, size: ButtonSize): string {
  return clsx(
    'relative inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none',
    'transition-colors duration-fast disabled:cursor-default aria-disabled:cursor-default',
    'disabled:opacity-50 aria-disabled:opacity-50 aria-busy:opacity-80 forced-colors:border forced-colors:border-[ButtonBorder]',
    'coarse:min-h-touch',
    sizes[size],
    tones[tone],
  );
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 px-2 text-body-sm',
  md: 'h-8 gap-2 px-3 text-body-sm',
  lg: 'h-10 gap-2 px-4 text-body',
};

const tones: Record<ButtonTone, string> = {
  primary: 'bg-accent text-on-accent shadow-e1 hover:bg-accent-hover active:bg-accent-hover',
  neutral: 'bg-raised text-fg shadow-e1 hover:bg-hover active:bg-pressed',
  ghost: 'text-fg-secondary hover:bg-hover hover:text-fg active:bg-pressed',
  danger: 'bg-danger text-on-danger shadow-e1 hover:bg-danger-hover active:bg-danger-hover',
};

function preventClick(event: { preventDefault(): void; stopPropagation(): void }): void {
  event.preventDefault();
  event.stopPropagation();
}
