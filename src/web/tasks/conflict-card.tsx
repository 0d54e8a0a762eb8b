import { Files } from 'lucide-react';
import { useEffect, useState } from 'react';
import { memberId } from '#core/projects/member.ts';
import type { DescriptionConflict, Task } from '#core/tasks/task.ts';
import { momentWords } from '#web/dates/moment-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { Button } from '#web/ui/button.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { useTaskActions } from './use-task-actions.ts';

interface ConflictCardProps {
  task: Task;
  conflict: DescriptionConflict;
  writable: boolean;
}

/** Says that two people changed the same words, and leads to the version that is not shown. */
export function ConflictCard({ task, conflict, writable }: ConflictCardProps) {
  const actions = useTaskActions();
  const { announcer } = useNotices();
  const [comparing, setComparing] = useState(false);
  const words = useConflictWords(task, conflict);
  useEffect(() => announcer.announce('The description was edited at the same time.'), [announcer]);
  return (
    <section aria-label="Edited at the same time" className="conflict-card">
      <Files aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <h3 className="text-body-sm font-semibold">Edited at the same time</h3>
        <p className="text-body-sm text-pretty">{words}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setComparing(true)}>
            Compare
          </Button>
          {writable ? (
            <Button size="sm" tone="ghost" onClick={() => actions.resolveDescription(task, task.description)}>
              Keep what is shown
            </Button>
          ) : null}
        </div>
      </div>
      {comparing ? (
        <ConflictDialog task={task} conflict={conflict} writable={writable} onClose={() => setComparing(false)} />
      ) : null}
    </section>
  );
}

function useConflictWords(task: Task, { by, at }: DescriptionConflict): string {
  const { userId } = useReplica().account;
  const calendar = useCalendar();
  const winner = useRow('member', memberId(task.projectId, by));
  const when = momentWords(at, Math.max(Date.now(), Date.parse(at)), calendar);
  if (by === userId) {
    return `You saved this description ${when}. Another edit had changed the same words; yours are shown.`;
  }
  const name = winner?.displayName ?? 'Somebody';
  return `${name} saved this description ${when}. Another edit had changed the same words; those of ${name} are shown.`;
}
