import { useState } from 'react';
import { TextField } from '#web/ui/text-field.tsx';

interface TypedFieldProps<Value> {
  label: string;
  /** Null before there is a value. */
  value: Value | null;
  spell: (value: Value) => string;
  /** Null for what is no value (yet). */
  read: (text: string) => Value | null;
  onChange: (value: Value) => void;
  /** What to write, said when it is left with something else. */
  hint: string;
  autoFocus?: boolean;
  onLeave?: () => void;
  inputMode?: 'numeric' | 'text';
}

/** A value that is written: what is no value yet changes nothing, and is gone when the field is left. */
export function TypedField<Value>(props: TypedFieldProps<Value>) {
  const { label, value, spell, read, onChange, hint, autoFocus, onLeave, inputMode } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && read(typed) === null;
  return (
    <TextField
      label={label}
      labelHidden
      value={typed ?? (value === null ? '' : spell(value))}
      onChange={(text) => {
        setTyped(text);
        const next = read(text);
        if (next !== null) onChange(next);
      }}
      onBlur={() => {
        setTyped(null);
        onLeave?.();
      }}
      error={isWrong && typed !== '' ? hint : undefined}
      placeholder={hint}
      autoFocus={autoFocus}
      autoComplete="off"
      inputMode={inputMode}
    />
  );
}
