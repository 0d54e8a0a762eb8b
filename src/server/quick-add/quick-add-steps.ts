import { validationFailed } from '#core/errors.ts';
import { createLabel } from '#core/labels/label-mutators.ts';
import { labelKey } from '#core/labels/label.ts';
import { rankBetween } from '#core/ordering.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import { TITLE_MAX } from '#core/tasks/task.ts';
import type { ServerContext } from '#server/context.ts';
import { step, type Step } from '#server/rest/change.ts';
import { rankAt } from '#server/tasks/task-place.ts';
import type { ReadLine } from './quick-add-context.ts';

/**
 * What makes the task of a line. The task first: a repeated request finds its labels there already, and so asks for
 * fewer of them. Throws `validation_failed` where the line leaves no title, or too long a one.
 */
export async function stepsOf(ctx: ServerContext, id: string, read: ReadLine): Promise<Step[]> {
  const { fields, projectId, context } = read;
  if (fields.title === '') throw validationFailed('/text', 'The line says everything but what to do.');
  if (fields.title.length > TITLE_MAX) throw validationFailed('/text', `A title has at most ${TITLE_MAX} characters.`);
  const { title, description, date, time, evening, deadline, duration, recurrence, labels, sectionId, assigneeId } =
    fields;
  const content = { title, description, date, time, evening, deadline, duration, recurrence, sectionId, assigneeId };
  const rank = await rankAt(ctx, projectId);
  const priority = fields.priority ?? 4;
  const steps = [step(createTask, { ...content, id, projectId, rank, priority, labels: [...labels] })];
  const known = new Set(context.labels.map(({ name }) => labelKey(name)));
  let labelRank = read.labelRank;
  for (const name of labels) {
    if (known.has(labelKey(name))) continue;
    steps.push(step(createLabel, { id: ctx.newId(), name, rank: labelRank }));
    labelRank = rankBetween(labelRank, null);
  }
  return steps;
}
