import { NotebookText } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { Completion } from '#core/tasks/completion.ts';
import { dayWords, longDate } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { openTask, useTaskPanel } from '#web/navigation.ts';
import type { Query } from '#web/replica/live-query.ts';
import type { Replica } from '#web/replica/replica.ts';
import { useLiveQuery, useReplica } from '#web/replica/use-query.ts';
import { Page } from '#web/shell/page.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { RowGrid } from '#web/ui/row-grid/row-grid.tsx';
import { COARSE_POINTER, useMediaQuery } from '#web/ui/use-media-query.ts';
import { type LogbookKey, logbookModel, parseLogbookKey } from './logbook-model.ts';
import { LogbookOccurrence, LogbookRow } from './logbook-row.tsx';

const completed: Query<'task'> = { kind: 'task', where: { index: 'completedByDay' } };
const done: Query<'completion'> = { kind: 'completion', where: { index: 'completionsByDay' } };

/** Everything that was completed, by day. */
export function LogbookPage() {
  const tasks = useLiveQuery(completed);
  const occurrences = useOccurrences();
  const calendar = useCalendar();
  const coarse = useMediaQuery(COARSE_POINTER);
  const replica = useReplica();
  const { taskId } = useTaskPanel();
  const { rows, countByDay } = useMemo(
    () => logbookModel(tasks, occurrences, calendar, coarse ? 60 : 36),
    [tasks, occurrences, calendar, coarse],
  );
  const renderRow = useCallback(
    (key: string) => {
      const { type, id } = parseLogbookKey(key);
      if (type === 'day') return <DayHeading day={id} count={countByDay.get(id) ?? 0} />;
      return type === 'task' ? <LogbookRow taskId={id} /> : <LogbookOccurrence completionId={id} />;
    },
    [countByDay],
  );
  if (rows.length === 0) {
    return (
      <Page title="Logbook">
        <WhenLoaded>
          <EmptyState
            icon={<NotebookText className="size-6" />}
            title="Nothing completed yet"
            text="What you complete is kept here, day by day."
          />
        </WhenLoaded>
      </Page>
    );
  }
  return (
    <Page title="Logbook">
      <RowGrid
        flat
        label="Completed tasks"
        rows={rows}
        renderRow={renderRow}
        currentKey={taskId}
        onAction={(key, action) => {
          const taskId = taskOf(parseLogbookKey(key), replica);
          if ((action === 'open' || action === 'peek') && taskId !== null) openTask(taskId);
        }}
      />
    </Page>
  );
}

/** The history of a task that is in the trash is there with it. */
function useOccurrences(): readonly Completion[] {
  const replica = useReplica();
  const trashed = useLiveQuery(trash);
  const rows = useLiveQuery(done);
  return useMemo(
    () => (trashed.length === 0 ? rows : rows.filter((row) => !replica.get('task', row.taskId)?.deletedAt)),
    [replica, rows, trashed],
  );
}

const trash: Query<'task'> = { kind: 'task', where: { index: 'trashedTasks' } };

function taskOf({ type, id }: LogbookKey, replica: Replica): string | null {
  if (type === 'day') return null;
  return type === 'task' ? id : (replica.get('completion', id)?.taskId ?? null);
}

function DayHeading({ day, count }: { day: string; count: number }) {
  const calendar = useCalendar();
  const words = dayWords(day, calendar);
  const full = longDate(day, calendar.locale);
  return (
    <div className="flex h-full items-end gap-2 border-b border-line px-2 pb-1.5">
      <h2 className="text-body font-semibold">{words}</h2>
      <span className="min-w-0 truncate text-meta text-fg-tertiary">{full}</span>
      <span className="ml-auto text-meta text-fg-tertiary tabular-nums">
        {count}
        <span className="sr-only"> completed</span>
      </span>
    </div>
  );
}
