import { Type, type Static } from 'typebox';
import { UUID_PATTERN } from '#core/ids.ts';
import {
  Id,
  Instant,
  MapOf,
  Name,
  Nullable,
  Rank,
  rowFields,
  Text,
  TimeZone,
  WallDate,
  WallTime,
} from '#core/schema.ts';

export const TITLE_MAX = 500;
export const DESCRIPTION_MAX = 50_000;
export const LABEL_NAME_MAX = 60;
export const LABELS_PER_TASK_MAX = 50;
/** Levels of subtasks; CalDAV clients and narrow screens show no more. */
export const SUBTASK_DEPTH_MAX = 6;
/** Tasks that one mutation may touch: larger work is sent in several. */
export const SUBTREE_MAX = 500;

/** 1 is the most urgent, 4 means none. */
export const Priority = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)]);
export type Priority = Static<typeof Priority>;

/** What a paused task was planned for: it has no date until it goes on. */
export const PausedPlan = Type.Object(
  {
    date: WallDate,
    time: Nullable(WallTime),
    timeZone: Nullable(TimeZone),
    evening: Type.Boolean(),
    deadline: Nullable(WallDate),
  },
  { additionalProperties: false },
);

/** What the dated subtasks of a paused task were planned for, by id: they rest with it. */
export const PausedSubtasks = MapOf(
  Type.Object({ ...PausedPlan.properties, date: Nullable(WallDate) }, { additionalProperties: false }),
  UUID_PATTERN,
);
export type PausedSubtasks = Static<typeof PausedSubtasks>;

export const Recurrence = Type.Object(
  {
    /** RFC 5545 §3.3.10 rule without DTSTART. */
    rule: Type.String({ minLength: 6, maxLength: 400, pattern: '^FREQ=[A-Z0-9=;,+-]+$' }),
    /** What the next date counts from: the plan, the completion, or the completion snapped to the rule's weekday. */
    anchor: Type.Enum(['schedule', 'completion', 'completion-weekday']),
    /** The day of the month that was meant, kept when a short month clips it (31 Jan, 28 Feb, 31 Mar). */
    intendedDay: Nullable(Type.Integer({ minimum: 1, maximum: 31 })),
    /** The occurrence that the task stands for while its date is moved away from it. */
    occurrence: Type.Optional(
      Type.String({
        pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d)?$`,
        description: 'YYYY-MM-DD, with THH:MM where the rule names times of day',
      }),
    ),
    /** Without it an overdue task goes on with its next future occurrence; `each` asks for every one that was missed. */
    catchUp: Type.Optional(Type.Enum(['each'])),
    paused: Type.Optional(PausedPlan),
    pausedSubtasks: Type.Optional(PausedSubtasks),
  },
  { additionalProperties: false },
);
export type Recurrence = Static<typeof Recurrence>;

/**
 * The version of a description that lost words when two people changed the same ones at the same time; kept beside
 * the description until somebody decides between them.
 */
export const DescriptionConflict = Type.Object(
  {
    text: Text(DESCRIPTION_MAX),
    /** Whose words are in the description instead. */
    by: Id,
    at: Instant,
  },
  { additionalProperties: false },
);
export type DescriptionConflict = Static<typeof DescriptionConflict>;

/** What people write into a task; the rest of a task follows from actions. */
export const taskContent = {
  title: Name(TITLE_MAX),
  description: Text(DESCRIPTION_MAX),
  priority: Priority,
  labels: Type.Array(Name(LABEL_NAME_MAX), { maxItems: LABELS_PER_TASK_MAX, uniqueItems: true }),
  assigneeId: Nullable(Id),
  /** The day it is planned for; floating unless `timeZone` is set. */
  date: Nullable(WallDate),
  time: Nullable(WallTime),
  timeZone: Nullable(TimeZone),
  evening: Type.Boolean(),
  deadline: Nullable(WallDate),
  duration: Nullable(Type.Integer({ minimum: 1, maximum: 60 * 24 * 365, description: 'Minutes' })),
  recurrence: Nullable(Recurrence),
};

export const Task = Type.Object({
  ...rowFields,
  projectId: Id,
  sectionId: Nullable(Id),
  parentId: Nullable(Id),
  ...taskContent,
  descriptionConflict: Nullable(DescriptionConflict),
  rank: Rank,
  completedAt: Nullable(Instant),
  completedBy: Nullable(Id),
  createdBy: Id,
  deletedAt: Nullable(Instant),
});
export type Task = Static<typeof Task>;
