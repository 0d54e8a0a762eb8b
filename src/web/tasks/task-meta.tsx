import { Files } from 'lucide-react';
import { memberId } from '#core/projects/member.ts';
import type { Task } from '#core/tasks/task.ts';
import { toneOf, dayWords, longDate, whenWords } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useRow } from '#web/replica/use-query.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { DatePill, LabelChip } from '#web/ui/pill.tsx';
import { RowGlyph } from '#web/ui/row-glyph.tsx';
import { spokenAs } from '#web/ui/spoken-as.ts';
import type { RowContextMeta } from './row-lines.ts';
import { useCommentCount, useLabelColor, useSubtaskProgress } from './use-task-facts.ts';

const LABELS_SHOWN = 3;

/** The details of a task in a row, always in this order. */
export function TaskMeta({ task, context }: { task: Task; context: RowContextMeta }) {
  return (
    <div className="task-meta">
      {task.descriptionConflict ? (
        <Files aria-label="Edited at the same time" className="size-3.5 shrink-0 text-warn-fg" />
      ) : null}
      {task.priority < 4 ? <PriorityFlag priority={task.priority} /> : null}
      {task.recurrence ? (
        <RowGlyph shape="repeat" label={task.recurrence.paused ? 'Paused' : 'Repeats'} className="size-3.5" />
      ) : null}
      <SubtaskCount taskId={task.id} />
      <CommentCount taskId={task.id} />
      {task.labels.length > 0 ? <Labels names={task.labels} /> : null}
      {context.showProject ? <ProjectName projectId={task.projectId} /> : null}
      {task.assigneeId !== null ? <Assignee projectId={task.projectId} userId={task.assigneeId} /> : null}
      {task.deadline !== null ? <DeadlinePill deadline={task.deadline} /> : null}
      <WhenPill task={task} groupDate={context.groupDate} />
    </div>
  );
}

function SubtaskCount({ taskId }: { taskId: string }) {
  const progress = useSubtaskProgress(taskId);
  if (!progress) return null;
  const { done, total } = progress;
  return (
    <span {...spokenAs(`${done} of ${total} subtasks done`)} className="task-count">
      {`${done}/${total}`}
    </span>
  );
}

function CommentCount({ taskId }: { taskId: string }) {
  const count = useCommentCount(taskId);
  if (count === 0) return null;
  return (
    <span {...spokenAs(count === 1 ? '1 comment' : `${count} comments`)} className="task-count">
      <RowGlyph shape="comment" className="size-3.5" />
      {count}
    </span>
  );
}

function Labels({ names }: { names: readonly string[] }) {
  const colorOf = useLabelColor();
  const more = names.length - LABELS_SHOWN;
  return (
    <span className="task-labels">
      {names.slice(0, LABELS_SHOWN).map((name) => (
        <LabelChip key={name} name={name} color={colorOf(name)} />
      ))}
      {more > 0 ? (
        <span {...spokenAs(`and ${names.slice(LABELS_SHOWN).join(', ')}`)} className="text-meta text-fg-tertiary">
          {`+${more}`}
        </span>
      ) : null}
    </span>
  );
}

function ProjectName({ projectId }: { projectId: string }) {
  const project = useRow('project', projectId);
  if (!project) return null;
  return (
    <span className="task-project">
      <ColorDot color={project.color} />
      <span className="truncate">{project.name}</span>
    </span>
  );
}

function Assignee({ projectId, userId }: { projectId: string; userId: string }) {
  const member = useRow('member', memberId(projectId, userId));
  return member ? <Avatar name={member.displayName} size="sm" /> : null;
}

function DeadlinePill({ deadline }: { deadline: string }) {
  const calendar = useCalendar();
  const tone = toneOf(deadline, calendar.today);
  return (
    <DatePill
      label={dayWords(deadline, calendar)}
      // A deadline that is today is as urgent as one that is past.
      tone={tone === 'today' ? 'overdue' : tone}
      icon={<RowGlyph shape="deadline" className="size-3.5" />}
      spoken={`${tone === 'overdue' ? 'Missed deadline' : 'Deadline'} ${longDate(deadline, calendar.locale)}`}
    />
  );
}

export function WhenPill({ task, groupDate }: { task: Task; groupDate?: string | null }) {
  const calendar = useCalendar();
  const words = whenWords(task, calendar, groupDate);
  if (!words || task.date === null) return null;
  return (
    <DatePill
      label={words.text}
      tone={words.tone}
      icon={<RowGlyph shape={task.evening && task.time === null ? 'evening' : 'date'} className="size-3.5" />}
      spoken={`${words.tone === 'overdue' ? 'Overdue since' : 'Date'} ${longDate(task.date, calendar.locale)}${task.time ? ` ${task.time}` : ''}`}
    />
  );
}

const flagTones = { 1: 'text-p1', 2: 'text-p2', 3: 'text-p3', 4: '' } as const;

/** The number says it too: priority is never colour alone. */
function PriorityFlag({ priority }: { priority: Task['priority'] }) {
  return (
    <span {...spokenAs(`Priority ${priority}`)} className={`task-count ${flagTones[priority]}`}>
      <RowGlyph shape="flag" className="size-3.5" />
      {priority}
    </span>
  );
}
