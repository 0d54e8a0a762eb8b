import { ranksBetween } from '#core/ordering.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { createTask } from '#core/tasks/task-mutators.ts';
import type { Priority } from '#core/tasks/task.ts';
import { addDays, todayIn } from '#web/dates/calendar-date.ts';
import { addProject } from '#web/projects/project-actions.ts';
import type { Replica } from '#web/replica/replica.ts';

interface ExampleTask {
  readonly title: string;
  readonly description?: string;
  /** Days from today. */
  readonly inDays?: number;
  readonly deadlineInDays?: number;
  readonly time?: string;
  readonly priority?: Priority;
  readonly subtasks?: readonly string[];
}

const NAME = 'Balcony garden';

const SECTIONS: readonly { readonly name: string; readonly tasks: readonly ExampleTask[] }[] = [
  {
    name: 'Plan',
    tasks: [
      {
        title: 'Measure the balcony',
        description: 'Length, depth and where the sun is at noon.',
        inDays: 0,
        priority: 2,
      },
      {
        title: 'Choose plants',
        inDays: 1,
        subtasks: ['Something to eat: tomatoes, basil, chives', 'Something for the bees', 'Something for the shade'],
      },
    ],
  },
  {
    name: 'Buy',
    tasks: [
      { title: 'Pots and soil', inDays: 2, deadlineInDays: 5, priority: 1 },
      { title: 'A watering can that fits under the tap', inDays: 2 },
    ],
  },
  {
    name: 'Grow',
    tasks: [
      { title: 'Planting afternoon with Sam', inDays: 6, time: '15:00' },
      { title: 'Put a chair between the pots' },
    ],
  },
];

/** A small project that shows sections, subtasks, dates, deadlines and priorities; one step of undo. */
export function addExample(
  replica: Replica,
  now: number,
  timeZone: string,
): { readonly id: string; readonly name: string } {
  const today = todayIn(timeZone, now);
  const id = replica.batch(() => {
    const projectId = addProject(replica, { name: NAME, color: 'fern', parentId: null });
    const ranks = ranksBetween(null, null, SECTIONS.length);
    for (const [index, { name, tasks }] of SECTIONS.entries()) {
      const sectionId = replica.newId();
      replica.mutate(createSection, { id: sectionId, projectId, name, rank: ranks[index] ?? 'a0' });
      addTasks(replica, { projectId, sectionId, today }, tasks);
    }
    return projectId;
  });
  return { id, name: NAME };
}

function addTasks(
  replica: Replica,
  { projectId, sectionId, today }: { projectId: string; sectionId: string; today: string },
  tasks: readonly ExampleTask[],
): void {
  const ranks = ranksBetween(null, null, tasks.length);
  for (const [index, task] of tasks.entries()) {
    const { inDays, deadlineInDays, subtasks = [], ...content } = task;
    const id = replica.newId();
    replica.mutate(createTask, {
      ...content,
      id,
      projectId,
      sectionId,
      rank: ranks[index] ?? 'a0',
      ...(inDays !== undefined && { date: addDays(today, inDays) }),
      ...(deadlineInDays !== undefined && { deadline: addDays(today, deadlineInDays) }),
    });
    const below = ranksBetween(null, null, subtasks.length);
    for (const [at, title] of subtasks.entries()) {
      replica.mutate(createTask, { id: replica.newId(), projectId, parentId: id, title, rank: below[at] ?? 'a0' });
    }
  }
}
