import { useEffect } from 'react';
import { closeTask, openTask } from '#web/navigation.ts';
import { useRow } from '#web/replica/use-query.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { X } from 'lucide-react';
import { requestDetailFocus } from './detail-focus.ts';
import { TaskDetail } from './task-detail.tsx';

/** The task over a view: a panel beside the list, a sheet on a phone. */
export function TaskPanel({ taskId }: { taskId: string }) {
  const task = useRow('task', taskId);
  const { layout } = useShell();
  useEffect(() => {
    // A sheet covers what had focus.
    if (layout === 'phone') requestDetailFocus(taskId, 'panel');
  }, [taskId, layout]);
  if (!task || task.deletedAt !== null) return <MissingTask />;
  return <TaskDetail key={task.id} task={task} onOpen={openTask} onClose={() => closePanel(task.id)} />;
}

/** Closes and gives focus back to the row of the task. */
function closePanel(taskId: string): void {
  closeTask();
  const row = document.querySelector<HTMLElement>(`main [data-row-key="${CSS.escape(taskId)}"]`);
  (row ?? document.querySelector<HTMLElement>('main[data-region]'))?.focus({ preventScroll: true });
}

function MissingTask() {
  return (
    <div className="detail">
      <header className="detail-header">
        <span className="flex-1" />
        <IconButton label="Close" icon={<X className="size-4.5" />} onClick={closeTask} />
      </header>
      <p className="p-6 text-fg-secondary">This task was deleted or you have no access.</p>
    </div>
  );
}
