import { type Static, Type } from 'typebox';
import type { QuickAddFields } from '#core/quick-add/quick-add.ts';
import { nextDates } from '#core/recurrence/next-occurrence.ts';
import { Id, Nullable, WallDate, WallTime } from '#core/schema.ts';
import { Priority, Recurrence } from '#core/tasks/task.ts';
import type { ReadLine } from './quick-add-context.ts';

const NEXT_DATES = 5;

const Token = Type.Object({
  start: Type.Integer({ description: 'In UTF-16 code units' }),
  end: Type.Integer({ description: 'Behind the last code unit' }),
  kind: Type.Enum([
    'when',
    'range',
    'recur',
    'duration',
    'deadline',
    'reminder',
    'priority',
    'project',
    'section',
    'label',
    'person',
    'escape',
    'description',
  ]),
  strength: Type.Enum(['strong', 'weak'], { description: 'Strong ones are applied, weak ones are suggestions' }),
  note: Type.Optional(
    Type.Enum(['gap', 'overlap'], { description: 'The clock leaves that time out on that day, or shows it twice' }),
  ),
  creates: Type.Optional(Type.String({ description: 'The name of something that does not exist yet' })),
});

/** What a line says, without anything being created. Null where it says nothing. */
export const QuickAddPreview = Type.Object(
  {
    title: Type.String(),
    description: Type.String(),
    date: Nullable(WallDate),
    time: Nullable(WallTime),
    endTime: Nullable(WallTime),
    evening: Type.Boolean(),
    deadline: Nullable(WallDate),
    recurrence: Nullable(Recurrence),
    nextDates: Type.Array(WallDate, { description: 'The first dates of a recurrence, at most five' }),
    priority: Nullable(Priority),
    labels: Type.Array(Type.String()),
    project: Nullable(Type.String({ description: 'Name of the project that the line names' })),
    projectId: Nullable(Id),
    section: Nullable(Type.String()),
    sectionId: Nullable(Id),
    assignee: Nullable(Type.String({ description: 'Display name' })),
    assigneeId: Nullable(Id),
    duration: Nullable(Type.Integer({ description: 'Minutes' })),
    reminders: Type.Array(Type.Union([Type.Integer({ description: 'Minutes before' }), WallTime])),
    tokens: Type.Array(Token),
  },
  { title: 'QuickAddPreview' },
);
export type QuickAddPreview = Static<typeof QuickAddPreview>;

export function presentLine({ fields, tokens, context }: ReadLine): QuickAddPreview {
  const { projects, sections, members } = context;
  return {
    title: fields.title,
    description: fields.description,
    date: fields.date,
    time: fields.time,
    endTime: fields.endTime,
    evening: fields.evening,
    deadline: fields.deadline,
    recurrence: fields.recurrence,
    nextDates: nextDatesOf(fields, context.timeZone),
    priority: fields.priority,
    labels: [...fields.labels],
    project: projects.find(({ id }) => id === fields.projectId)?.name ?? null,
    projectId: fields.projectId,
    section: sections.find(({ id }) => id === fields.sectionId)?.name ?? null,
    sectionId: fields.sectionId,
    assignee: members.find(({ userId }) => userId === fields.assigneeId)?.displayName ?? null,
    assigneeId: fields.assigneeId,
    duration: fields.duration,
    reminders: [...fields.reminders],
    tokens: tokens.map((each) => ({ ...each })),
  };
}

function nextDatesOf({ date, time, recurrence }: QuickAddFields, timeZone: string): string[] {
  if (date === null || recurrence === null) return [];
  const dates = nextDates({ date, time, timeZone, recurrence }, NEXT_DATES);
  return [...new Set(dates.map((each) => each.date))];
}
