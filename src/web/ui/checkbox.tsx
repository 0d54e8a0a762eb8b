import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';

export interface CheckboxProps {
  label: ReactNode;
  description?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  name?: string;
}

export function Checkbox({ label, description, checked, onChange, disabled, name }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex gap-2 coarse:py-2">
      <span className="relative mt-0.5 inline-grid size-4 shrink-0 place-items-center">
        <input
          id={id}
          type="checkbox"
          name={name}
          checked={checked}
          disabled={disabled}
          aria-describedby={description === undefined ? undefined : `${id}-description`}
          onChange={(event) => onChange(event.target.checked)}
          className="peer size-4 appearance-none rounded-sm border border-line-strong bg-raised transition-colors duration-fast checked:border-accent checked:bg-accent hover:border-fg-secondary disabled:opacity-50 forced-colors:appearance-auto"
        />
        <Check
          aria-hidden="true"
          strokeWidth={3}
          className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-checked:opacity-100 forced-colors:hidden"
        />
      </span>
      <span className="min-w-0">
        <label htmlFor={id} className="block text-body select-none">
          {label}
        </label>
        {description === undefined ? null : (
          <span id={`${id}-description`} className="block text-meta text-fg-secondary">
            {description}
          </span>
        )}
      </span>
    </div>
  );
}
