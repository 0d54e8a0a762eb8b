import { NotebookText } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { dayWords, longDate } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { openTask, useTaskPanel } from '#web/navigation.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useLiveQuery } from '#web/replica/use-query.ts';
import { Page } from '#web/shell/page.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { RowGrid } from '#web/ui/row-grid/row-grid.tsx';
import { COARSE_POINTER, useMediaQuery } from '#web/ui/use-media-query.ts';
import { dayOfKey, logbookModel } from './logbook-model.ts';
import { LogbookRow } from './logbook-row.tsx';

const completed: Query<'task'> = { kind: 'task', where: { index: 'completedByDay' } };

/** Everything that was completed, by day. */
export function LogbookPage() {
  const tasks = useLiveQuery(completed);
  const calendar = useCalendar();
  const coarse = useMediaQuery(COARSE_POINTER);
  const { taskId } = useTaskPanel();
  const { rows, countByDay } = useMemo(
    () => logbookModel(tasks, calendar.timeZone, coarse ? 60 : 36),
    [tasks, calendar.timeZone, coarse],
  );
  const renderRow = useCallback(
    (key: string) => {
      const day = dayOfKey(key);
      if (day === undefined) return <LogbookRow taskId={key} />;
      return <DayHeading day={day} count={countByDay.get(day) ?? 0} />;
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
          if ((action === 'open' || action === 'peek') && dayOfKey(key) === undefined) openTask(key);
        }}
      />
    </Page>
  );
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
