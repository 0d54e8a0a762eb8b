import { Type, type Static } from 'typebox';
import { ColorName, Id, Name, Rank, rowFields } from '#core/schema.ts';
import { LABEL_NAME_MAX } from '#core/tasks/task.ts';

/**
 * How one person sees a label. Tasks carry label names; a shared task may carry names
 * that this person never gave a colour.
 */
export const Label = Type.Object({
  ...rowFields,
  userId: Id,
  name: Name(LABEL_NAME_MAX),
  color: ColorName,
  rank: Rank,
});
export type Label = Static<typeof Label>;

/** Labels are the same when they differ only in case. */
export function labelKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
