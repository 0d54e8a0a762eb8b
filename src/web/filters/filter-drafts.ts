import type { DemandedContent } from '#core/filters/demanded-content.ts';
import type { GroupKey } from '#core/filters/filter.ts';
import { NO_GROUP } from '#core/filters/group-tasks.ts';
import { memberId } from '#core/projects/member.ts';
import { can } from '#core/projects/role.ts';
import type { Priority } from '#core/tasks/task.ts';
import type { CalendarDate } from '#web/dates/calendar-date.ts';
import type { Replica } from '#web/replica/replica.ts';
import type { TaskDraft } from '#web/views/task-view.ts';

export type DraftReplica = Pick<Replica, 'get' | 'account'>;

export function canAddTo(replica: DraftReplica, projectId: string): boolean {
  const role = replica.get('member', memberId(projectId, replica.account.userId))?.role;
  return role !== undefined && can(role, 'task.write');
}

/** What a task begins with that is added to a group: what the list demands, and what the group stands for. */
export function draftInGroup(
  demanded: DemandedContent,
  { by, group, today }: { readonly by: GroupKey; readonly group: string; readonly today: CalendarDate },
  replica: DraftReplica,
): TaskDraft | null {
  const withContent = (content: DemandedContent['content']): TaskDraft => ({
    ...demanded,
    content: { ...demanded.content, ...content },
  });
  if (group === '' || group === NO_GROUP) return demanded;
  switch (by) {
    case 'date':
    case 'due':
    case 'deadline':
      // Nobody plans for days that are over.
      return group < today ? null : withContent(by === 'deadline' ? { deadline: group } : { date: group });
    case 'priority':
      return withContent({ priority: Number(group) as Priority });
    case 'project':
      if (!canAddTo(replica, group)) return null;
      return demanded.projectId === group ? demanded : { ...demanded, projectId: group, sectionId: null };
    case 'section': {
      const projectId = replica.get('section', group)?.projectId;
      return projectId !== undefined && canAddTo(replica, projectId)
        ? { ...demanded, projectId, sectionId: group }
        : null;
    }
    case 'label':
      return withContent({ labels: [...new Set([...(demanded.content.labels ?? []), group])] });
    case 'assignee':
      return replica.get('member', memberId(demanded.projectId, group)) ? withContent({ assigneeId: group }) : null;
    case 'none':
    case 'created':
    case 'completed':
      return null;
  }
}
