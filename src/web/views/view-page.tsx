import { type ReactNode, type RefObject, useMemo, useRef } from 'react';
import { useReplica } from '#web/replica/use-query.ts';
import { useLoadingWords } from '#web/shell/loading-words.ts';
import { PageHeader, type PageHeaderProps } from '#web/shell/page-header.tsx';
import type { ListMetrics } from '#web/tasks/row-lines.ts';
import type { RowGridHandle } from '#web/ui/row-grid/row-grid.tsx';
import { ScrollArea } from '#web/ui/scroll-area.tsx';
import { ListSkeleton } from '#web/ui/skeleton.tsx';
import { TaskList } from './task-list.tsx';
import type { TaskView, TaskViewDefinition, ViewReplica } from './task-view.ts';
import { useViewFilter } from './view-filter.tsx';
import { useListMetrics } from './use-list-metrics.ts';
import { useTaskView } from './use-task-view.ts';
import '#web/tasks/tasks.css';

export type DefineView = (replica: ViewReplica, metrics: ListMetrics) => TaskViewDefinition;

interface ViewPageProps extends PageHeaderProps {
  /** Keep its identity: with each new one the view is loaded anew. */
  define: DefineView;
  writable: boolean;
  renderOther: (key: string) => ReactNode;
  /** Shown below the rows when there is no task. */
  empty: ReactNode;
  afterComplete?: (view: TaskView) => string;
  onAddSection?: () => void;
  gridRef?: RefObject<RowGridHandle | null>;
  /** Between header and list, outside of what scrolls. */
  above?: (view: TaskView) => ReactNode;
  below?: ReactNode;
}

/** A page that shows a view of tasks. */
export function ViewPage(props: ViewPageProps) {
  const { define, writable, renderOther, empty, afterComplete, onAddSection, gridRef, above, below, ...header } = props;
  const replica = useReplica();
  const columnRef = useRef<HTMLDivElement>(null);
  const metrics = useListMetrics(columnRef);
  const filter = useViewFilter();
  const { narrow } = filter;
  const definition = useMemo(() => define(replica, metrics), [define, replica, metrics]);
  const { view, rows } = useTaskView(definition, narrow);
  return (
    <>
      <PageHeader
        {...header}
        actions={
          <>
            {filter.button}
            {header.actions}
          </>
        }
      />
      {filter.bar}
      {above?.(view)}
      <ScrollArea>
        <div className="page-column">
          <div ref={columnRef}>
            <TaskList
              label={header.title}
              view={view}
              rows={rows}
              writable={writable}
              renderOther={renderOther}
              {...(afterComplete && { afterComplete })}
              {...(onAddSection && { onAddSection })}
              {...(gridRef && { gridRef })}
            />
          </div>
          {below}
          {view.model.groups().length > 0 ? null : narrow ? NOTHING : empty}
        </div>
      </ScrollArea>
    </>
  );
}

const NOTHING = <p className="px-2 py-4 text-body text-fg-secondary">Nothing matches the filter right now.</p>;

/** A page whose data is not on this device yet. */
export function ViewLoading(header: PageHeaderProps) {
  const status = useLoadingWords();
  return (
    <>
      <PageHeader {...header} />
      <ScrollArea>
        <div className="page-column">
          <ListSkeleton status={status} />
        </div>
      </ScrollArea>
    </>
  );
}
