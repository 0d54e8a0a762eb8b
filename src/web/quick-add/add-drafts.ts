import type { Position } from '#web/tasks/task-place.ts';
import { type Added, addTasks, addWithSubtasks, faultOf } from './add-tasks.ts';
import { type Draft, type DraftBase, EMPTY_DRAFT } from './draft.ts';
import { type DraftReader, readDraft } from './read-draft.ts';

export interface AddRequest {
  readonly base: DraftBase;
  readonly position: Position;
  readonly reader: DraftReader;
}

/** Makes the task of a draft; says why where it cannot. */
export function addDraft(draft: Draft, { base, position, reader }: AddRequest): Added | { readonly fault: string } {
  const read = readDraft(draft, base, reader);
  const fault = faultOf(read);
  if (fault !== undefined) return { fault };
  return addTasks(reader.replica, [read], { position, place: base.place, made: draft.made });
}

/** Makes a task of each line, or of the first with the others below it. */
export function addLines(
  lines: readonly string[],
  { base, position, reader }: AddRequest,
  { chosen = {}, nested = false }: { chosen?: Draft['chosen']; nested?: boolean } = {},
): Added {
  const reads = lines.map((text) => {
    const draft = { ...EMPTY_DRAFT, text, chosen };
    const read = readDraft(draft, base, reader);
    // Nothing that was pasted is lost: a line of nothing but signs is a title.
    return faultOf(read) === undefined ? read : readDraft({ ...draft, plain: true }, base, reader);
  });
  const options = { position, place: base.place };
  const [parent, ...children] = reads;
  return nested && parent
    ? addWithSubtasks(reader.replica, parent, children, options)
    : addTasks(reader.replica, reads, options);
}
