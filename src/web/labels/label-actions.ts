import { createLabel, deleteLabel, updateLabel } from '#core/labels/label-mutators.ts';
import { labelKey, type Label } from '#core/labels/label.ts';
import { rankAtEnd, rankBetween } from '#core/ordering.ts';
import { memberId } from '#core/projects/member.ts';
import { can } from '#core/projects/role.ts';
import type { Color } from '#core/schema.ts';
import { SUBTREE_MAX } from '#core/tasks/task.ts';
import type { Replica } from '#web/replica/replica.ts';

export interface LabelDraft {
  readonly name: string;
  readonly color: Color;
}

export function addLabel(replica: Replica, { name, color }: LabelDraft): string {
  const id = replica.newId();
  const rank = rankAtEnd(replica.list('userLabels', replica.account.userId));
  replica.mutate(createLabel, { id, name, color, rank });
  return id;
}

/**
 * The tasks that carry a label and that I may change. Tasks know labels by name, and in a project where I only look
 * on, or that is archived or in the trash, the name stays.
 */
export function tasksWith(replica: Replica, label: Label): string[] {
  const key = labelKey(label.name);
  const found: string[] = [];
  for (const task of replica.all('task').values()) {
    if (!task.labels.some((name) => labelKey(name) === key)) continue;
    const project = replica.get('project', task.projectId);
    const role = replica.get('member', memberId(task.projectId, replica.account.userId))?.role;
    const writable = project && !project.archivedAt && !project.deletedAt && role && can(role, 'task.write');
    if (writable) found.push(task.id);
  }
  return found.slice(0, SUBTREE_MAX);
}

export function editLabel(replica: Replica, label: Label, { name, color }: LabelDraft): void {
  const renamed = name !== label.name;
  if (!renamed && color === label.color) return;
  const { id } = label;
  replica.mutate(updateLabel, { id, color, ...(renamed && { name, taskIds: tasksWith(replica, label) }) });
}

export function removeLabel(replica: Replica, label: Label): void {
  replica.mutate(deleteLabel, { id: label.id, taskIds: tasksWith(replica, label) });
}

export function moveLabel(replica: Replica, labels: readonly Label[], id: string, direction: 'up' | 'down'): void {
  const rank = labelRank(labels, id, direction);
  if (rank !== null) replica.mutate(updateLabel, { id, rank });
}

/** The rank that moves a label past its neighbour; null at that end. */
export function labelRank(labels: readonly Label[], id: string, direction: 'up' | 'down'): string | null {
  const index = labels.findIndex((label) => label.id === id);
  const at = (i: number): string | null => labels[i]?.rank ?? null;
  if (index < 0 || index === (direction === 'up' ? 0 : labels.length - 1)) return null;
  return direction === 'up' ? rankBetween(at(index - 2), at(index - 1)) : rankBetween(at(index + 1), at(index + 2));
}
