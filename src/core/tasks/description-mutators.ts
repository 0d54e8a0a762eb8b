import { Type } from 'typebox';
import { defineMutator } from '#core/mutation/mutator.ts';
import type { MutatorTx } from '#core/mutation/transaction.ts';
import { authorizeTask } from '#core/projects/project-permissions.ts';
import { Id, Instant } from '#core/schema.ts';
import { mergeTexts } from '#core/text/merge-texts.ts';
import { DESCRIPTION_MAX, type DescriptionConflict, type Task, taskContent } from './task.ts';

/**
 * Changes a description that somebody edited from `base` to `description`. What it became meanwhile is merged in; where
 * both changed the same words, these win and the other version is kept beside the task. `resolves` names such a version
 * that the person has decided about, by its `at`. Whoever writes a whole text regardless uses `task.update`.
 */
export const describeTask = defineMutator({
  name: 'task.describe',
  version: 1,
  undoable: true,
  args: Type.Object(
    {
      id: Id,
      base: taskContent.description,
      description: taskContent.description,
      resolves: Type.Optional(Instant),
    },
    { additionalProperties: false },
  ),
  authorize: (tx, args) => authorizeTask(tx, args.id, 'task.write'),
  run(tx, { base, description, resolves }, { task }) {
    const conflict = task.descriptionConflict ?? null;
    const open = conflict?.at === resolves ? null : conflict;
    const merged = mergeTexts(base, task.description, description);
    const fits = merged.text.length <= DESCRIPTION_MAX;
    tx.put('task', {
      ...task,
      description: fits ? merged.text : description,
      descriptionConflict: merged.overlaps || !fits ? conflictWith(tx, task, open) : open,
    });
  },
});

const DAY_MS = 86_400_000;

/**
 * Text that is saved while it is typed meets the same other version again and again: then the first one is kept,
 * because only that one has all of the other's words.
 */
function conflictWith(tx: MutatorTx, task: Task, open: DescriptionConflict | null): DescriptionConflict {
  const goesOn = open?.by === tx.actor.userId && Date.parse(tx.now) - Date.parse(open.at) < DAY_MS;
  return goesOn ? open : { text: task.description, by: tx.actor.userId, at: tx.now };
}
