import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

interface FieldProps {
  id: string;
  label: string;
  /** Keeps the label for assistive technology only, where the place says what the field is. */
  labelHidden?: boolean | undefined;
  description?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

/** Label above, help or error below. The ids match `fieldDescription`. */
export function Field({ id, label, labelHidden = false, description, error, children }: FieldProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-body-sm font-medium text-fg'}>
        {label}
      </label>
      {children}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-meta text-danger-fg">
          <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
          {error}
        </p>
      )}
      {description === undefined ? null : (
        <p id={`${id}-description`} className="text-meta text-fg-secondary">
          {description}
        </p>
      )}
    </div>
  );
}

/** `aria-describedby` for a control inside Field. */
export function fieldDescription(id: string, description: ReactNode, error: string | undefined): string | undefined {
  const ids = [error !== undefined && `${id}-error`, description !== undefined && `${id}-description`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function controlClass(invalid: boolean): string {
  return clsx(
    'w-full min-w-0 rounded-md border bg-raised px-2 text-body text-fg transition-colors duration-fast coarse:min-h-touch',
    'focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0',
    'disabled:bg-sunken disabled:text-fg-tertiary',
    invalid ? 'border-danger' : 'border-line-strong hover:border-fg-tertiary',
  );
}
