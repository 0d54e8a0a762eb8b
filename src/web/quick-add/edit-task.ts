import type { TokenKind } from '#core/quick-add/quick-add.ts';
import { pickContent, type TaskPatch } from '#core/tasks/task-content.ts';
import { moveTask, updateTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import { createMissingLabels } from '#web/tasks/task-actions.ts';
import { placeOf, rankAt } from '#web/tasks/task-place.ts';
import type { Draft } from './draft.ts';
import { type DraftReader, type NewTask, readDraft } from './read-draft.ts';

/** What each kind of token changes about a task. */
const CHANGES: Readonly<Partial<Record<TokenKind, readonly (keyof NewTask)[]>>> = {
  when: ['date', 'time', 'evening'],
  range: ['date', 'time', 'evening', 'duration'],
  recur: ['date', 'time', 'evening', 'recurrence'],
  duration: ['duration'],
  deadline: ['deadline'],
  priority: ['priority'],
  label: ['labels'],
  person: ['assigneeId'],
};

/**
 * Takes over what was written into the title of a task, as one step of undo. Returns the title that it has now; null
 * where the words say nothing but a title, or would leave none.
 */
export function editTask(task: Task, draft: Draft, reader: DraftReader): string | null {
  const { replica } = reader;
  const base = { place: placeOf(task), content: pickContent(task) };
  const read = readDraft(draft, base, reader);
  const said = new Set(read.tokens.filter(({ strength }) => strength === 'strong').map(({ kind }) => kind));
  const keys = new Set([...said].flatMap((kind) => CHANGES[kind] ?? []));
  const moves = said.has('project') || said.has('section');
  // A title has no description of its own.
  const { description } = read.task;
  const title = description === '' ? read.task.title : `${read.task.title} // ${description}`;
  if (read.task.title === '' || (keys.size === 0 && !moves && !said.has('escape'))) return null;
  const patch: TaskPatch = { title };
  for (const key of keys) Object.assign(patch, { [key]: read.task[key] });
  replica.batch(() => {
    createMissingLabels(replica, patch.labels ?? []);
    if (moves) {
      const { projectId, sectionId } = read.place;
      const place = { projectId, sectionId, parentId: null };
      replica.mutate(moveTask, { id: task.id, ...place, rank: rankAt(replica, place, 'end') });
    }
    replica.mutate(updateTask, { ...patch, id: task.id });
  });
  return title;
}
