import { type Static, Type } from 'typebox';
import { Completion } from '#core/tasks/completion.ts';

const { properties } = Completion;

/** One occurrence of a repeating task that was done. */
export const WireCompletion = Type.Object(
  {
    id: properties.id,
    projectId: properties.projectId,
    taskId: properties.taskId,
    date: Type.String({ format: 'date', description: 'The date that was planned, which another day may have been' }),
    time: properties.time,
    completedAt: properties.completedAt,
    completedBy: properties.completedBy,
    rev: properties.rev,
  },
  { $id: 'Completion', title: 'Completion' },
);
export type WireCompletion = Static<typeof WireCompletion>;

export const CompletionRef = Type.Unsafe<WireCompletion>({ $ref: 'Completion#' });

export function presentCompletion(completion: Completion): WireCompletion {
  const { id, projectId, taskId, date, time, completedAt, completedBy, rev } = completion;
  return { id, projectId, taskId, date, time, completedAt, completedBy, rev };
}
