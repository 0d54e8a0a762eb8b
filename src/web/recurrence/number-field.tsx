import { useState } from 'react';
import { TextField, type TextFieldProps } from '#web/ui/text-field.tsx';

interface NumberFieldProps extends Pick<TextFieldProps, 'label' | 'autoFocus' | 'disabled'> {
  value: number;
  most: number;
  onChange: (value: number) => void;
}

/** A whole number from 1. While it is being typed it may be none; the last one then counts. */
export function NumberField({ value, most, onChange, ...field }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const handleChange = (typed: string) => {
    setText(typed);
    const number = Number(typed);
    if (Number.isInteger(number) && number >= 1 && number <= most) onChange(number);
  };
  return (
    <TextField
      {...field}
      type="number"
      inputMode="numeric"
      min={1}
      max={most}
      value={text}
      onChange={handleChange}
      onBlur={() => setText(String(value))}
    />
  );
}
