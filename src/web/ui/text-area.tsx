import { clsx } from 'clsx';
import { type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { controlClass, Field, fieldDescription } from './field.tsx';
import { useAutoGrow } from './use-auto-grow.ts';

export interface TextAreaProps
  extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'onChange' | 'value'> {
  label: string;
  labelHidden?: boolean;
  description?: ReactNode;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  /** `plain` has no border until it has focus, for text that is edited where it is read. */
  look?: 'boxed' | 'plain';
  ref?: Ref<HTMLTextAreaElement>;
}

/** Grows with its text. */
export function TextArea({
  label,
  labelHidden,
  description,
  error,
  value,
  onChange,
  look = 'boxed',
  id,
  rows = 1,
  ref,
  ...rest
}: TextAreaProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const growRef = useAutoGrow(value, ref);
  return (
    <Field id={fieldId} label={label} labelHidden={labelHidden} description={description} error={error}>
      <textarea
        {...rest}
        ref={growRef}
        id={fieldId}
        rows={rows}
        value={value}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={fieldDescription(fieldId, description, error)}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(
          'auto-grow block resize-none',
          look === 'boxed'
            ? clsx(controlClass(error !== undefined), 'py-1.5')
            : '-mx-2 rounded-md bg-transparent px-2 py-1 text-body text-fg hover:bg-hover focus-visible:bg-raised focus-visible:outline-offset-0',
        )}
      />
    </Field>
  );
}
