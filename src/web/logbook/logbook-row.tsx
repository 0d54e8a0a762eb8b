import { Repeat } from 'lucide-react';
import { uncompleteTask } from '#core/tasks/completion-mutators.ts';
import { isLatest } from '#core/tasks/recurring-task.ts';
import { reopenTask } from '#core/tasks/task-mutators.ts';
import type { Task } from '#core/tasks/task.ts';
import { wallClock } from '#web/dates/calendar-date.ts';
import { shortDate, timeWords } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useProjectRights } from '#web/projects/use-projects.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { TaskCheckbox } from '#web/ui/task-checkbox.tsx';

/** A completed task: when, what and where; its checkbox reopens it. */
export function LogbookRow({ taskId }: { taskId: string }) {
  const replica = useReplica();
  const task = useRow('task', taskId);
  if (!task?.completedAt) return null;
  return (
    <Line
      task={task}
      completedAt={task.completedAt}
      label={`Reopen ${task.title}`}
      onTakeBack={() => void replica.mutate(reopenTask, { id: taskId })}
    />
  );
}

/** What was done of a repeating task. Its latest completion can be taken back; those before are history. */
export function LogbookOccurrence({ completionId }: { completionId: string }) {
  const replica = useReplica();
  const calendar = useCalendar();
  const completion = useRow('completion', completionId);
  const task = useRow('task', completion?.taskId ?? null);
  if (!completion || !task) return null;
  const day = shortDate(completion.date, calendar);
  return (
    <Line
      task={task}
      completedAt={completion.completedAt}
      occurrence={day}
      label={`Take back ${task.title} of ${day}`}
      final={!isLatest(task, completion)}
      onTakeBack={() => void replica.mutate(uncompleteTask, { id: task.id, completionId })}
    />
  );
}

interface LineProps {
  task: Task;
  completedAt: string;
  label: string;
  /** The planned day, of a task that repeats. */
  occurrence?: string;
  final?: boolean;
  onTakeBack: () => void;
}

function Line({ task, completedAt, label, occurrence, final = false, onTakeBack }: LineProps) {
  const { timeZone, locale } = useCalendar();
  const project = useRow('project', task.projectId);
  const may = useProjectRights(task.projectId);
  const { time } = wallClock(Date.parse(completedAt), timeZone);
  const writable = may('task.write') && !project?.archivedAt && !project?.deletedAt;
  return (
    <div className="flex h-full items-center gap-2 pr-2">
      <TaskCheckbox
        checked
        priority={task.priority}
        label={label}
        disabled={!writable || final}
        onChange={onTakeBack}
      />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5 sm:flex-row sm:items-center sm:gap-4">
        <span className="flex min-w-0 flex-1 items-center gap-2">
          <span className="min-w-0 truncate text-body text-fg-secondary">{task.title}</span>
          {occurrence === undefined ? null : (
            <span className="inline-flex shrink-0 items-center gap-1 text-meta text-fg-tertiary">
              <Repeat aria-hidden="true" className="size-3.5" />
              {occurrence}
            </span>
          )}
        </span>
        {project ? (
          <span className="inline-flex min-w-0 items-center gap-1.5 text-meta text-fg-tertiary sm:max-w-2/5">
            <ColorDot color={project.color} />
            <span className="truncate">{project.name}</span>
          </span>
        ) : null}
      </span>
      <time
        dateTime={completedAt}
        className="w-16 shrink-0 text-end text-meta whitespace-nowrap text-fg-tertiary tabular-nums"
      >
        {timeWords(time, locale)}
      </time>
    </div>
  );
}
