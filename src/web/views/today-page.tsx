import { Sun } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { navigate } from '#web/navigation.ts';
import { addDays, todayIn } from '#web/dates/calendar-date.ts';
import { dayLabel } from '#web/dates/date-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import type { Query } from '#web/replica/live-query.ts';
import { useLiveQuery, useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { foldsOf } from './folds.ts';
import { GroupHeader } from './group-header.tsx';
import { useList, useViewState } from './list-context.ts';
import { OverdueMenu } from './overdue-menu.tsx';
import type { TaskView } from './task-view.ts';
import { type TodayGroup, todayDefinition } from './today-definition.ts';
import { type DefineView, ViewLoading, ViewPage } from './view-page.tsx';
import { headerKey, parseRowKey } from './view-rows.ts';

export function TodayPage() {
  const calendar = useCalendar();
  const inbox = useInbox();
  const { userId } = useReplica().account;
  const { today } = calendar;
  const inboxId = inbox?.id ?? '';
  const define = useCallback<DefineView>(
    (replica, metrics) => todayDefinition(replica, { today, userId, inboxId, metrics, folds: foldsOf('today') }),
    [today, userId, inboxId],
  );
  const header = {
    title: 'Today',
    aside: <span className="text-body text-fg-tertiary">{dayLabel(today, calendar)}</span>,
  };
  if (!inbox) return <ViewLoading {...header} />;
  return (
    <ViewPage
      {...header}
      define={define}
      writable
      renderOther={renderHeader}
      afterComplete={leftToday}
      empty={<NothingToday />}
    />
  );
}

function leftToday({ model }: TaskView): string {
  const left = model.count('today') + model.count('overdue') + model.count('evening');
  return left === 0 ? 'Nothing left today.' : `${left} left today.`;
}

function renderHeader(key: string) {
  const row = parseRowKey(key);
  return row.type === 'header' ? <TodayHeader group={row.group as TodayGroup} /> : null;
}

const TITLES: Readonly<Record<TodayGroup, string>> = {
  overdue: 'Overdue',
  today: 'Today',
  evening: 'This evening',
  soon: 'Due soon',
};

function TodayHeader({ group }: { group: TodayGroup }) {
  const { view } = useList();
  const closed = useViewState((each) => each.isHeaderClosed(headerKey(group)));
  return (
    <GroupHeader
      group={group}
      title={TITLES[group]}
      name={TITLES[group]}
      {...(group === 'overdue' && { tone: 'danger' as const })}
      {...(group !== 'today' && { closed })}
      actions={group === 'overdue' ? <OverdueMenu view={view} group="overdue" /> : null}
    />
  );
}

function NothingToday() {
  const { today, timeZone, dayStart } = useCalendar();
  const { userId } = useReplica().account;
  // The day of the person touches at most three days of UTC.
  const near = useMemo(() => ({ from: addDays(today, -1), to: addDays(today, 1) }), [today]);
  const tasks = useMemo<Query<'task'>>(() => ({ kind: 'task', where: { index: 'completedByDay', ...near } }), [near]);
  const occurrences = useMemo<Query<'completion'>>(
    () => ({ kind: 'completion', where: { index: 'completionsByDay', ...near } }),
    [near],
  );
  const done = [...useLiveQuery(tasks), ...useLiveQuery(occurrences)].filter(
    ({ completedAt, completedBy }) =>
      completedBy === userId && completedAt !== null && todayIn(timeZone, Date.parse(completedAt), dayStart) === today,
  ).length;
  const upcoming = (label: string) => <Button onClick={() => navigate(routes.upcoming.href({}))}>{label}</Button>;
  const icon = <Sun className="size-6" />;
  if (done > 0) {
    return (
      <EmptyState
        icon={icon}
        title={done === 1 ? 'All done.' : `All ${done} done.`}
        actions={upcoming('See tomorrow')}
      />
    );
  }
  return (
    <EmptyState
      icon={icon}
      title="Nothing planned for today."
      actions={
        <>
          <Button tone="primary" onClick={() => navigate(routes.inbox.href({}))}>
            Plan from Inbox
          </Button>
          {upcoming('See upcoming')}
        </>
      }
    />
  );
}
