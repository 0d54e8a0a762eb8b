import { useCallback, useEffect, useMemo } from 'react';
import type { ResolvedPane } from '#core/filters/conditions.ts';
import { type DemandedContent, demandedContent } from '#core/filters/demanded-content.ts';
import { groupWords } from '#core/filters/group-tasks.ts';
import { dayWords } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { offerNewTaskBase } from '#web/shell/new-task-target.ts';
import type { ListMetrics } from '#web/tasks/row-lines.ts';
import { foldsOf } from '#web/views/folds.ts';
import { GroupHeader } from '#web/views/group-header.tsx';
import { baseOf } from '#web/views/list-adding.ts';
import { useViewState } from '#web/views/list-context.ts';
import { TaskList } from '#web/views/task-list.tsx';
import { useTaskView } from '#web/views/use-task-view.ts';
import { headerKey, parseRowKey } from '#web/views/view-rows.ts';
import { filterDefinition } from './filter-definition.ts';
import { canAddTo } from './filter-drafts.ts';
import { renderStart } from './new-task-start.tsx';
import type { UserFilterContext } from './use-filter-context.ts';

interface FilterPaneProps {
  pane: ResolvedPane;
  foldKey: string;
  /** Null for the only list of a filter. */
  title: string | null;
  context: UserFilterContext;
  metrics: ListMetrics;
  isFirst: boolean;
}

/** One list of a filter. */
export function FilterPane({ pane, foldKey, title, context, metrics, isFirst }: FilterPaneProps) {
  const replica = useReplica();
  const titleOf = useGroupWords(pane, context);
  const { today } = useCalendar();
  const demanded = useDemanded(pane, context);
  useEffect(() => (isFirst && demanded ? offerNewTaskBase(baseOf(demanded)) : undefined), [isFirst, demanded]);
  const definition = useMemo(() => {
    const projects = new Set(context.projects.map(({ id }) => id));
    const folds = foldsOf(foldKey);
    return filterDefinition(replica, { pane, day: context, today, projects, titleOf, metrics, folds, demanded });
  }, [replica, pane, context, today, titleOf, metrics, foldKey, demanded]);
  const { view, rows } = useTaskView(definition);
  const renderHeader = useCallback(
    (key: string) => {
      const row = parseRowKey(key);
      return row.type === 'header' ? <PaneHeader group={row.group} title={titleOf(row.group)} /> : null;
    },
    [titleOf],
  );
  return (
    <section aria-label={title ?? undefined} className={isFirst ? undefined : 'pt-5'}>
      {title === null ? null : <h2 className="pb-1 pl-1 text-title-sm">{title}</h2>}
      {view.model.groups().length > 0 ? null : (
        <p className="py-3 pl-1 text-body text-fg-secondary">Nothing matches right now.</p>
      )}
      <TaskList
        label={title ?? 'Tasks'}
        view={view}
        rows={rows}
        writable
        renderOther={renderHeader}
        renderStart={renderStart}
        primary={isFirst}
      />
    </section>
  );
}

function PaneHeader({ group, title }: { group: string; title: string }) {
  const closed = useViewState((view) => view.isHeaderClosed(headerKey(group)));
  return <GroupHeader group={group} title={title} name={title} closed={closed} />;
}

/** Null where no open task is asked for, or the inbox has not arrived yet. */
function useDemanded(pane: ResolvedPane, context: UserFilterContext): DemandedContent | null {
  const replica = useReplica();
  const { today } = useCalendar();
  const inboxId = useInbox()?.id;
  return useMemo(() => {
    if (inboxId === undefined || !pane.life.isOpen || !pane.life.isKept) return null;
    const canAdd = (projectId: string): boolean => canAddTo(replica, projectId);
    return demandedContent(pane.where, { ...context, today, inboxId, canAdd });
  }, [replica, pane, context, today, inboxId]);
}

/** The words of groups; names in them change with the context. */
function useGroupWords(pane: ResolvedPane, { projects, sections, members }: UserFilterContext) {
  const calendar = useCalendar();
  return useMemo(() => {
    const projectNames = new Map(projects.map(({ id, name }) => [id, name]));
    const sectionNames = new Map(sections.map(({ id, name }) => [id, name]));
    const memberNames = new Map(members.map(({ userId, displayName }) => [userId, displayName]));
    const names = {
      projectName: (id: string) => projectNames.get(id) ?? null,
      sectionName: (id: string) => sectionNames.get(id) ?? null,
      memberName: (id: string) => memberNames.get(id) ?? null,
    };
    return (group: string): string => groupWords(group, pane.group, names, (date) => dayWords(date, calendar));
  }, [pane.group, projects, sections, members, calendar]);
}
