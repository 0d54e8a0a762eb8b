import { type FormEvent, useRef, useState } from 'react';
import { type FormErrors, formErrors, noErrors } from './form-errors.ts';

export interface FormState<Field extends string> {
  readonly errors: FormErrors<Field>;
  readonly busy: boolean;
  readonly formRef: React.RefObject<HTMLFormElement | null>;
  readonly handleSubmit: (event: FormEvent) => void;
  /** Runs `work` as submitting does. */
  readonly run: (work: () => Promise<void>) => void;
}

/** Sending a form: busy while it is on its way, errors where they belong, focus on the first of them. */
export function useForm<Field extends string>(options: {
  readonly fields: readonly Field[];
  readonly codes?: Readonly<Partial<Record<string, Field>>>;
  /** Faults that need no server; none means that the form may be sent. */
  readonly check?: () => Partial<Record<Field, string>>;
  readonly submit: () => Promise<void>;
}): FormState<Field> {
  const [errors, setErrors] = useState<FormErrors<Field>>(noErrors);
  const [busy, setBusy] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);

  const show = (found: FormErrors<Field>): void => {
    setErrors(found);
    const first = options.fields.find((field) => found.fields[field] !== undefined);
    if (first !== undefined) formRef.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  const run = (work: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    setErrors(noErrors);
    work()
      .catch((error: unknown) => show(formErrors(error, options.fields, options.codes)))
      .finally(() => setBusy(false));
  };
  return {
    errors,
    busy,
    formRef,
    run,
    handleSubmit(event) {
      event.preventDefault();
      const fields = options.check?.() ?? {};
      if (Object.keys(fields).length > 0) show({ fields });
      else run(options.submit);
    },
  };
}
