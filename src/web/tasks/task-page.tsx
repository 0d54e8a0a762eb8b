import { navigate, usePageTitle } from '#web/navigation.ts';
import { useRow, useSyncState } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { NotFoundView } from '#web/views/not-found-view.tsx';
import { ViewLoading } from '#web/views/view-page.tsx';
import { TaskDetail } from './task-detail.tsx';

/** A task on a page of its own: where links lead. */
export function TaskPage({ taskId }: { taskId: string }) {
  const task = useRow('task', taskId);
  const loaded = useSyncState((status) => status.loaded);
  usePageTitle(task?.title ?? 'Task');
  if (!task && !loaded) return <ViewLoading title="Task" />;
  if (!task || task.deletedAt !== null) return <NotFoundView what="task" />;
  return (
    <div className="task-page">
      <TaskDetail key={task.id} task={task} onOpen={(id) => navigate(routes.task.href({ id }))} />
    </div>
  );
}
