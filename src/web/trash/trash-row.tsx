import { CircleCheck, CircleDashed, Rows3, SquareStack, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { todayIn } from '#web/dates/calendar-date.ts';
import { dayWords } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { daysLeft, type TrashItem } from './trash-model.ts';
import { mayHandle, restoreItem } from './use-trash.ts';

export interface TrashRowProps {
  item: TrashItem;
  /** Asks before it deletes for good. */
  onPurge: (item: TrashItem) => void;
}

export function TrashRow({ item, onPurge }: TrashRowProps) {
  const replica = useReplica();
  const calendar = useCalendar();
  const project = useRow('project', item.projectId);
  const deletedOn = todayIn(calendar.timeZone, Date.parse(item.deletedAt), calendar.dayStart);
  const [now] = useState(Date.now);
  const left = daysLeft(item.deletedAt, now);
  const facts = [
    kindWords(item),
    project?.name,
    `deleted ${lowerFirst(dayWords(deletedOn, calendar))}`,
    left === 1 ? '1 day left' : `${left} days left`,
  ].filter((fact) => fact !== undefined);
  return (
    <div className="flex h-full items-center gap-3 px-2">
      <KindIcon item={item} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate text-body">{item.name}</span>
        <span className="truncate text-meta text-fg-secondary">{facts.join(' · ')}</span>
      </span>
      {mayHandle(replica, item) ? (
        <>
          <Button
            size="sm"
            aria-label={`Restore ${item.name}`}
            icon={<Undo2 aria-hidden="true" className="size-4" />}
            onClick={() => restoreItem(replica, item)}
          >
            Restore
          </Button>
          <IconButton
            size="sm"
            label={`Delete ${item.name} for good`}
            icon={<Trash2 className="size-4" />}
            onClick={() => onPurge(item)}
          />
        </>
      ) : null}
    </div>
  );
}

function KindIcon({ item }: { item: TrashItem }) {
  const replica = useReplica();
  const done = item.kind === 'task' && replica.get('task', item.id)?.completedAt;
  const Icon =
    item.kind === 'project' ? SquareStack : item.kind === 'section' ? Rows3 : done ? CircleCheck : CircleDashed;
  return <Icon aria-hidden="true" className="size-4.5 shrink-0 text-fg-tertiary" />;
}

function kindWords({ kind, contains }: TrashItem): string | undefined {
  const count = contains === 1 ? '1 task' : `${contains} tasks`;
  if (kind === 'project') return contains > 0 ? `Project with ${count}` : 'Project';
  if (kind === 'section') return contains > 0 ? `Section with ${count}` : 'Section';
  return contains > 0 ? `with ${contains === 1 ? '1 subtask' : `${contains} subtasks`}` : undefined;
}

function lowerFirst(text: string): string {
  return /^(Today|Yesterday|Tomorrow)$/.test(text) ? text.toLowerCase() : text;
}
