import { reopenTask } from '#core/tasks/task-mutators.ts';
import { wallClock } from '#web/dates/calendar-date.ts';
import { timeWords } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useProjectRights } from '#web/projects/use-projects.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { TaskCheckbox } from '#web/ui/task-checkbox.tsx';

/** A completed task: when, what and where; its checkbox reopens it. */
export function LogbookRow({ taskId }: { taskId: string }) {
  const replica = useReplica();
  const { timeZone, locale } = useCalendar();
  const task = useRow('task', taskId);
  const project = useRow('project', task?.projectId ?? null);
  const may = useProjectRights(task?.projectId ?? '');
  if (!task?.completedAt) return null;
  const { time } = wallClock(Date.parse(task.completedAt), timeZone);
  const writable = may('task.write') && !project?.archivedAt && !project?.deletedAt;
  return (
    <div className="flex h-full items-center gap-2 pr-2">
      <TaskCheckbox
        checked
        priority={task.priority}
        label={`Reopen ${task.title}`}
        disabled={!writable}
        onChange={() => void replica.mutate(reopenTask, { id: taskId })}
      />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5 sm:flex-row sm:items-center sm:gap-4">
        <span className="min-w-0 flex-1 truncate text-body text-fg-secondary">{task.title}</span>
        {project ? (
          <span className="inline-flex min-w-0 items-center gap-1.5 text-meta text-fg-tertiary sm:max-w-2/5">
            <ColorDot color={project.color} />
            <span className="truncate">{project.name}</span>
          </span>
        ) : null}
      </span>
      <time
        dateTime={task.completedAt}
        className="w-16 shrink-0 text-end text-meta whitespace-nowrap text-fg-tertiary tabular-nums"
      >
        {timeWords(time, locale)}
      </time>
    </div>
  );
}
