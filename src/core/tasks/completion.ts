import { Type, type Static } from 'typebox';
import { Id, Instant, Nullable, rowFields, WallDate, WallTime } from '#core/schema.ts';
import { Recurrence } from './task.ts';

/** What completing a recurring task changes on it. */
export const Occasion = Type.Object(
  {
    date: WallDate,
    time: Nullable(WallTime),
    deadline: Nullable(WallDate),
    recurrence: Recurrence,
  },
  { additionalProperties: false },
);
export type Occasion = Static<typeof Occasion>;

/**
 * One occurrence of a recurring task that was done: the task itself went on. The id bears the occurrence as it was named
 * by who completed it, which a wrong clock makes another than the planned `date`. The last occurrence has none, for the
 * task is then completed itself.
 */
export const Completion = Type.Object({
  ...rowFields,
  id: Type.String({ description: '`<taskId>.<occurrence>`, numbered where one came back' }),
  projectId: Id,
  taskId: Id,
  /** The date that was planned, which another day may have been. */
  date: WallDate,
  time: Nullable(WallTime),
  completedAt: Instant,
  completedBy: Id,
  /** The task before and after, so that the latest completion can be taken back; the same where it had gone on before. */
  before: Occasion,
  after: Occasion,
});
export type Completion = Static<typeof Completion>;
