import { Check } from 'lucide-react';
import { useId } from 'react';
import { type Swatch, swatches } from './swatches.ts';

export interface ColorPickerProps {
  label: string;
  value: Swatch;
  onChange: (color: Swatch) => void;
}

/** The twelve colours as a radio group, named for those who do not see them. */
export function ColorPicker({ label, value, onChange }: ColorPickerProps) {
  const name = useId();
  return (
    <fieldset className="m-0 border-0 p-0">
      <legend className="pb-1.5 text-body-sm font-medium">{label}</legend>
      <div className="grid w-fit grid-cols-6 gap-1">
        {swatches.map((color) => (
          <label
            key={color}
            data-color={color}
            data-tooltip={color}
            className="relative inline-grid size-8 cursor-pointer place-items-center rounded-full has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus coarse:size-11"
          >
            <input
              type="radio"
              name={name}
              value={color}
              aria-label={color}
              checked={color === value}
              onChange={() => onChange(color)}
              className="peer absolute inset-0 cursor-pointer appearance-none rounded-full outline-none"
            />
            <span className="pointer-events-none size-6 rounded-full bg-swatch forced-color-adjust-none" />
            <Check
              aria-hidden="true"
              strokeWidth={3}
              className="pointer-events-none absolute size-4 text-raised opacity-0 peer-checked:opacity-100"
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
