import { type ReactNode, useId } from 'react';

export interface SwitchProps {
  label: ReactNode;
  description?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** For settings that take effect at once: label at the start, switch at the end of the line. */
export function Switch({ label, description, checked, onChange, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-4 py-2">
      <span className="min-w-0 flex-1">
        <label htmlFor={id} className="block text-body select-none">
          {label}
        </label>
        {description === undefined ? null : (
          <span id={`${id}-description`} className="block text-meta text-fg-secondary">
            {description}
          </span>
        )}
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        aria-describedby={description === undefined ? undefined : `${id}-description`}
        onChange={(event) => onChange(event.target.checked)}
        className="switch"
      />
    </div>
  );
}
