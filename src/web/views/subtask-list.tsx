import { useMemo, useRef } from 'react';
import type { Task } from '#core/tasks/task.ts';
import { useSubtaskProgress } from '#web/tasks/use-task-facts.ts';
import { ProgressPie } from '#web/ui/progress-pie.tsx';
import type { RowGridHandle } from '#web/ui/row-grid/row-grid.tsx';
import { subtaskDefinition } from './subtask-definition.ts';
import { TaskList } from './task-list.tsx';
import { useListMetrics } from './use-list-metrics.ts';
import { useTaskView } from './use-task-view.ts';

interface SubtaskListProps {
  task: Task;
  writable: boolean;
}

export function SubtaskList({ task, writable }: SubtaskListProps) {
  const { id, projectId, sectionId } = task;
  const boxRef = useRef<HTMLDivElement>(null);
  const gridRef = useRef<RowGridHandle>(null);
  const metrics = useListMetrics(boxRef);
  const definition = useMemo(
    () => subtaskDefinition({ id, projectId, sectionId }, writable, metrics),
    [id, projectId, sectionId, writable, metrics],
  );
  const { view, rows } = useTaskView(definition);
  const progress = useSubtaskProgress(id);
  if (!progress && !writable) return null;
  return (
    <section aria-label="Subtasks" className="detail-section">
      <h2 className="detail-heading">
        Subtasks
        {progress ? (
          <span className="inline-flex items-center gap-1.5 font-normal text-fg-tertiary tabular-nums">
            <ProgressPie value={progress.done / progress.total} />
            {progress.done}/{progress.total}
          </span>
        ) : null}
      </h2>
      <div ref={boxRef} data-subtasks="" className="detail-subtasks">
        <TaskList
          label="Subtasks"
          view={view}
          rows={rows}
          writable={writable}
          renderOther={renderNothing}
          gridRef={gridRef}
          primary={false}
        />
      </div>
    </section>
  );
}

function renderNothing() {
  return null;
}
