import { useCallback, useSyncExternalStore } from 'react';
import { type Label, labelKey } from '#core/labels/label.ts';
import type { Color } from '#core/schema.ts';
import { memberId } from '#core/projects/member.ts';
import { can, type ProjectAction } from '#core/projects/role.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useLiveQuery, useReplica, useRow } from '#web/replica/use-query.ts';
import { swatchFor } from '#web/ui/swatches.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

function progressOf(replica: Replica, taskId: string): string {
  const subtasks = replica.list('subtasks', taskId);
  if (subtasks.length === 0) return '';
  let done = 0;
  let total = 0;
  for (const { completedAt, deletedAt } of subtasks) {
    if (deletedAt !== null) continue;
    total++;
    if (completedAt !== null) done++;
  }
  return total === 0 ? '' : `${done}/${total}`;
}

/** Direct subtasks, done and in all; null when there are none. */
export function useSubtaskProgress(taskId: string): Progress | null {
  const replica = useReplica();
  const subscribe = useCallback((listener: () => void) => replica.subscribeKind('task', listener), [replica]);
  const text = useSyncExternalStore(subscribe, () => progressOf(replica, taskId));
  if (text === '') return null;
  const [done = 0, total = 0] = text.split('/').map(Number);
  return { done, total };
}

export function useCommentCount(taskId: string): number {
  const replica = useReplica();
  const subscribe = useCallback((listener: () => void) => replica.subscribeKind('comment', listener), [replica]);
  return useSyncExternalStore(subscribe, () => {
    let count = 0;
    for (const comment of replica.list('taskComments', taskId)) if (comment.deletedAt === null) count++;
    return count;
  });
}

const colorsByList = new WeakMap<readonly Label[], ReadonlyMap<string, Color>>();

/** The labels of the person who is signed in. */
export function useLabels(): readonly Label[] {
  const { account } = useReplica();
  return useLiveQuery({ kind: 'label', where: { index: 'userLabels', key: account.userId } });
}

/** Colours by name. A label that came with a shared task has none here and gets a stable one. */
export function useLabelColor(): (name: string) => Color {
  const labels = useLabels();
  let colors = colorsByList.get(labels);
  if (!colors) {
    colors = new Map(labels.map((label) => [labelKey(label.name), label.color]));
    colorsByList.set(labels, colors);
  }
  const known = colors;
  return (name) => known.get(labelKey(name)) ?? swatchFor(labelKey(name));
}

/** Whether the person may do something in a project. */
export function useCan(projectId: string | null, action: ProjectAction): boolean {
  const { account } = useReplica();
  const member = useRow('member', projectId === null ? null : memberId(projectId, account.userId));
  const project = useRow('project', projectId);
  if (!member || !project || project.deletedAt !== null) return false;
  const content = action === 'task.write' || action === 'section.write' || action === 'comment.write';
  return can(member.role, action) && !(content && project.archivedAt !== null);
}
