import { clsx } from 'clsx';
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { controlClass, Field, fieldDescription } from './field.tsx';

export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange' | 'size'> {
  label: string;
  labelHidden?: boolean;
  description?: ReactNode;
  error?: string | undefined;
  onChange?: (value: string) => void;
  /** Sits inside the field at its end, for example a button that shows the password. */
  trailing?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  labelHidden,
  description,
  error,
  onChange,
  trailing,
  id,
  type = 'text',
  ...rest
}: TextFieldProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  return (
    <Field id={fieldId} label={label} labelHidden={labelHidden} description={description} error={error}>
      <div className="relative">
        <input
          {...rest}
          id={fieldId}
          type={type}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={fieldDescription(fieldId, description, error)}
          onChange={(event) => onChange?.(event.target.value)}
          className={clsx(controlClass(error !== undefined), 'h-9', trailing !== undefined && 'pr-10')}
        />
        {trailing === undefined ? null : (
          <div className="absolute inset-y-0 right-0.5 grid place-items-center">{trailing}</div>
        )}
      </div>
    </Field>
  );
}
