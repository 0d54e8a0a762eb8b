import { DomainError } from '#core/errors.ts';

/** What went wrong with a form: beside the fields it concerns, or above all of them. */
export type FieldFaults<Field extends string> = { readonly [F in Field]?: string };

export interface FormErrors<Field extends string> {
  readonly form?: string;
  readonly fields: FieldFaults<Field>;
}

export const noErrors: FormErrors<never> = { fields: {} };

/** Puts the refusal of a server where a person looks for it. `codes` names the field that a code speaks of. */
export function formErrors<Field extends string>(
  error: unknown,
  fields: readonly Field[],
  codes: Readonly<Partial<Record<string, Field>>> = {},
): FormErrors<Field> {
  if (!(error instanceof DomainError)) return { form: 'Something went wrong. Please try again.', fields: {} };
  const ofCode = codes[error.code];
  if (ofCode !== undefined) return { fields: { [ofCode]: error.message } as FieldFaults<Field> };
  const found: { [F in Field]?: string } = {};
  for (const { path, message } of error.data.errors ?? []) {
    const field = fields.find((name) => path === `/${name}` || path === `/body/${name}`);
    if (field !== undefined) found[field] ??= message;
  }
  if (Object.keys(found).length > 0) return { fields: found };
  return { form: formMessage(error), fields: {} };
}

function formMessage(error: DomainError): string {
  if (error.code === 'rate_limited') {
    const seconds = error.data.retryAfter;
    return seconds === undefined
      ? 'Too many attempts. Please wait a moment.'
      : `Too many attempts. Try again in ${waitWords(seconds)}.`;
  }
  if (error.code === 'unavailable') return 'The server cannot be reached. Check the connection and try again.';
  if (error.code === 'internal') return 'The server had a problem. Please try again.';
  return error.message;
}

function waitWords(seconds: number): string {
  if (seconds <= 90) return `${Math.max(1, Math.ceil(seconds))} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
