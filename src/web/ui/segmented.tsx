import { type ReactNode, useId } from 'react';

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
}

export interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly SegmentedOption<Value>[];
  onChange: (value: Value) => void;
}

/** A few exclusive choices side by side: a radio group, so arrows choose. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="m-0 inline-flex w-fit min-w-0 gap-0.5 rounded-md border-0 bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex h-7 items-center justify-center gap-1.5 rounded-sm px-3 text-body-sm font-medium text-fg-secondary select-none hover:text-fg has-checked:bg-raised has-checked:text-fg has-checked:shadow-e1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10 forced-colors:has-checked:outline-2"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 appearance-none rounded-sm outline-none"
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
