import { type Static, Type } from 'typebox';
import { Task } from '#core/tasks/task.ts';

const { properties } = Task;

/** A task as the REST API shows it: what is stored, and `completed` spelled out. */
export const WireTask = Type.Object(
  {
    id: properties.id,
    projectId: properties.projectId,
    sectionId: properties.sectionId,
    parentId: properties.parentId,
    title: properties.title,
    description: properties.description,
    priority: properties.priority,
    labels: properties.labels,
    assigneeId: properties.assigneeId,
    date: properties.date,
    time: properties.time,
    timeZone: properties.timeZone,
    evening: properties.evening,
    deadline: properties.deadline,
    duration: properties.duration,
    recurrence: properties.recurrence,
    completed: Type.Boolean(),
    completedAt: properties.completedAt,
    completedBy: properties.completedBy,
    rank: properties.rank,
    rev: properties.rev,
    createdAt: properties.createdAt,
    createdBy: properties.createdBy,
    updatedAt: properties.updatedAt,
    deletedAt: properties.deletedAt,
  },
  { $id: 'Task', title: 'Task' },
);
export type WireTask = Static<typeof WireTask>;

/** Field by field: a column that the API does not promise cannot slip out. */
export function presentTask(task: Task): WireTask {
  return {
    id: task.id,
    projectId: task.projectId,
    sectionId: task.sectionId,
    parentId: task.parentId,
    title: task.title,
    description: task.description,
    priority: task.priority,
    labels: task.labels,
    assigneeId: task.assigneeId,
    date: task.date,
    time: task.time,
    timeZone: task.timeZone,
    evening: task.evening,
    deadline: task.deadline,
    duration: task.duration,
    recurrence: task.recurrence,
    completed: task.completedAt !== null,
    completedAt: task.completedAt,
    completedBy: task.completedBy,
    rank: task.rank,
    rev: task.rev,
    createdAt: task.createdAt,
    createdBy: task.createdBy,
    updatedAt: task.updatedAt,
    deletedAt: task.deletedAt,
  };
}

/** In schemas of routes, so that the OpenAPI document has the task once. */
export const TaskRef = Type.Unsafe<WireTask>({ $ref: 'Task#' });
