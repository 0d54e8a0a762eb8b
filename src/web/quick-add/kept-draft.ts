import { deviceNotes } from '#web/ui/device-notes.ts';
import { type Draft, EMPTY_DRAFT } from './draft.ts';

/** Signing out removes what ends with the id of the account (auth/delete-kept.ts). */
function nameOf(userId: string): string {
  return `tend.quick-add.${userId}`;
}

/** What was being written when the dialog was closed or the page went away. */
export function readKeptDraft(userId: string): Draft {
  const kept = deviceNotes.readJson(nameOf(userId));
  if (typeof kept !== 'object' || kept === null) return EMPTY_DRAFT;
  const { text, plain, suppressed, accepted, chosen, made } = kept as Partial<Draft>;
  if (typeof text !== 'string' || text === '') return EMPTY_DRAFT;
  return {
    text,
    plain: plain === true,
    suppressed: Array.isArray(suppressed) ? suppressed.filter(isSpan) : [],
    accepted: Array.isArray(accepted) ? accepted.filter(isSpan) : [],
    chosen: typeof chosen === 'object' && chosen !== null ? chosen : {},
    made: Array.isArray(made) ? made : [],
  };
}

export function keepDraft(userId: string, draft: Draft): void {
  deviceNotes.write(nameOf(userId), draft.text.trim() === '' ? null : JSON.stringify(draft));
}

function isSpan(value: unknown): value is Draft['suppressed'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end } = value as Record<string, unknown>;
  return typeof start === 'number' && typeof end === 'number';
}
