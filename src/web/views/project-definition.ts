import type { Section } from '#core/sections/section.ts';
import type { ListMetrics } from '#web/tasks/row-lines.ts';
import type { Folds } from './folds.ts';
import type { GroupRows } from './task-list-model.ts';
import type { TaskViewDefinition, ViewReplica } from './task-view.ts';
import { addRow, headerRow } from './view-rows.ts';

interface ProjectViewOptions {
  readonly projectId: string;
  readonly showCompleted: boolean;
  /** Whether the viewer may change tasks. */
  readonly writable: boolean;
  readonly metrics: ListMetrics;
  readonly folds: Folds;
}

/** The group of tasks that are in no section. */
export const NO_SECTION = '';

export function isLiveSection(section: Section): boolean {
  return section.deletedAt === null;
}

/** A project, or the inbox: sections with nested tasks. */
export function projectDefinition(replica: ViewReplica, options: ProjectViewOptions): TaskViewDefinition {
  const { projectId, showCompleted, writable, metrics, folds } = options;
  const sections = {
    kind: 'section',
    where: { index: 'projectSections', key: projectId },
    filter: isLiveSection,
  } as const;
  const context = { showProject: false, groupDate: null };

  function groupRows(group: string, header: boolean, closed: boolean): GroupRows {
    const level = header ? 2 : 1;
    return {
      group,
      before: header ? [headerRow(group, !closed)] : [],
      after: writable && !closed ? [addRow(group, metrics, level)] : [],
      closed,
      level,
    };
  }

  return {
    sources: [{ kind: 'task', where: { index: showCompleted ? 'projectTasks' : 'openByProject', key: projectId } }],
    dependencies: [sections],
    nested: true,
    place(task) {
      if (task.projectId !== projectId || task.deletedAt !== null) return null;
      if (task.completedAt !== null && !showCompleted) return null;
      const section = task.sectionId === null ? undefined : replica.get('section', task.sectionId);
      return {
        group: section && isLiveSection(section) ? section.id : NO_SECTION,
        sort: `${task.completedAt === null ? '0' : '1'} ${task.rank}`,
      };
    },
    metrics,
    folds,
    rowMeta: () => context,
    groups: () => [
      groupRows(NO_SECTION, false, false),
      ...replica
        .query(sections)
        .rows()
        .map((section) => groupRows(section.id, true, folds.isClosed(section.id, section.collapsed))),
    ],
    draft: (group) => (writable ? { projectId, sectionId: group === NO_SECTION ? null : group } : null),
  };
}
