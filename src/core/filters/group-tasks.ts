import { type DayRule, personalDayAt } from '#core/dates/personal-day.ts';
import { formatDate } from '#core/recurrence/wall-clock.ts';
import type { Task } from '#core/tasks/task.ts';
import type { GroupKey } from './filter.ts';

/** Tasks without what the list is grouped by; sorts behind every day, id and name. */
export const NO_GROUP = '~';

/** The group of a task: of several labels the first. */
export function groupOf(task: Task, by: GroupKey, day: DayRule): string {
  switch (by) {
    case 'none':
      return '';
    case 'date':
    case 'deadline':
      return task[by] ?? NO_GROUP;
    case 'due':
      return task.date ?? task.deadline ?? NO_GROUP;
    case 'priority':
      return String(task.priority);
    case 'project':
      return task.projectId;
    case 'section':
      return task.sectionId ?? NO_GROUP;
    case 'label':
      return task.labels[0] ?? NO_GROUP;
    case 'assignee':
      return task.assigneeId ?? NO_GROUP;
    case 'created':
      return dayOf(task.createdAt, day);
    case 'completed':
      return task.completedAt === null ? NO_GROUP : dayOf(task.completedAt, day);
  }
}

function dayOf(instant: string, day: DayRule): string {
  return formatDate(personalDayAt(Date.parse(instant), day));
}

/** What happened last comes first; everything else in the order of its words or days. */
export function compareGroups(by: GroupKey, titleOf: (group: string) => string): (a: string, b: string) => number {
  if (by === 'created' || by === 'completed')
    return (a, b) => (a === NO_GROUP ? 1 : b === NO_GROUP ? -1 : a < b ? 1 : -1);
  const isNamed = by === 'project' || by === 'section' || by === 'label' || by === 'assignee';
  if (!isNamed) return (a, b) => (a < b ? -1 : 1);
  return (a, b) => (a === NO_GROUP ? 1 : b === NO_GROUP ? -1 : titleOf(a).localeCompare(titleOf(b)));
}

export interface GroupNames {
  projectName(id: string): string | null;
  sectionName(id: string): string | null;
  memberName(id: string): string | null;
}

const NO_WORDS: Readonly<Partial<Record<GroupKey, string>>> = {
  date: 'No date',
  due: 'No date',
  deadline: 'No deadline',
  section: 'No section',
  label: 'No label',
  assignee: 'Nobody',
  completed: 'Open',
};

/** What a group is called; `dayWords` says how days are. */
export function groupWords(group: string, by: GroupKey, names: GroupNames, dayWords: (date: string) => string): string {
  if (group === NO_GROUP) return NO_WORDS[by] ?? '';
  switch (by) {
    case 'none':
      return '';
    case 'priority':
      return group === '4' ? 'No priority' : `Priority ${group}`;
    case 'project':
      return names.projectName(group) ?? '';
    case 'section':
      return names.sectionName(group) ?? '';
    case 'assignee':
      return names.memberName(group) ?? 'Somebody who left';
    case 'label':
      return group;
    default:
      return dayWords(group);
  }
}
