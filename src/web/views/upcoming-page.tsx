import { CalendarDays, ChevronRight, Plus } from 'lucide-react';
import { clsx } from 'clsx';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { addDays, type CalendarDate } from '#web/dates/calendar-date.ts';
import { dayLabel } from '#web/dates/date-words.ts';
import { monthWords } from '#web/dates/month-words.ts';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { navigate } from '#web/navigation.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import type { KeyAction } from '#web/ui/keymap.ts';
import type { RowGridHandle } from '#web/ui/row-grid/row-grid.tsx';
import { useKeyActions } from '#web/ui/use-keymap.ts';
import { foldsOf } from './folds.ts';
import { GroupHeader } from './group-header.tsx';
import { useList, useViewState } from './list-context.ts';
import { OverdueMenu } from './overdue-menu.tsx';
import type { TaskView } from './task-view.ts';
import { OVERDUE, upcomingDefinition } from './upcoming-definition.ts';
import { type DefineView, ViewLoading, ViewPage } from './view-page.tsx';
import { emptyKey, headerKey, monthKey, parseRowKey } from './view-rows.ts';
import { WeekStrip } from './week-strip.tsx';

export function UpcomingPage() {
  const { today } = useCalendar();
  const inbox = useInbox();
  const { userId } = useReplica().account;
  const asked = routes.upcoming.parse('/upcoming', useSearch())?.query.from;
  const from = asked !== undefined && asked > today ? asked : today;
  const inboxId = inbox?.id ?? '';
  const gridRef = useRef<RowGridHandle>(null);
  const define = useCallback<DefineView>(
    (replica, metrics) =>
      upcomingDefinition(replica, { today, from, userId, inboxId, metrics, folds: foldsOf('upcoming') }),
    [today, from, userId, inboxId],
  );
  if (!inbox) return <ViewLoading title="Upcoming" />;
  return (
    <ViewPage
      title="Upcoming"
      define={define}
      writable
      gridRef={gridRef}
      renderOther={renderOther}
      empty={null}
      above={(view) => <Weeks key={from} view={view} from={from} gridRef={gridRef} />}
    />
  );
}

interface WeeksProps {
  view: TaskView;
  from: CalendarDate;
  gridRef: RefObject<RowGridHandle | null>;
}

/** Goes to days: by scrolling where the agenda shows them, else by making it show them. */
function Weeks({ view, from, gridRef }: WeeksProps) {
  const { today } = useCalendar();
  const [day, setDay] = useState(from);

  const goTo = useCallback(
    (date: CalendarDate) => {
      const target = date < today ? today : date;
      const shown = view.rows().find(({ key }) => key === headerKey(target) || key === emptyKey(target));
      if (!shown) return navigate(routes.upcoming.href({}, { from: target }));
      setDay(target);
      gridRef.current?.scrollTo(shown.key);
    },
    [view, today, gridRef],
  );
  const goByWeek = useCallback((weeks: 1 | -1) => goTo(addDays(day, 7 * weeks)), [goTo, day]);

  useEffect(() => {
    if (from !== today) goTo(from);
    // oxlint-disable-next-line react/exhaustive-deps -- once, for the day that the address names
  }, []);
  const keys = useMemo<readonly KeyAction[]>(
    () => [
      { id: 'next-week', keys: ['Shift+ArrowRight'], context: 'Upcoming', label: 'Next week', run: () => goByWeek(1) },
      {
        id: 'last-week',
        keys: ['Shift+ArrowLeft'],
        context: 'Upcoming',
        label: 'Previous week',
        run: () => goByWeek(-1),
      },
    ],
    [goByWeek],
  );
  useKeyActions(keys);
  return <WeekStrip view={view} day={day} onDay={goTo} onWeek={goByWeek} />;
}

function renderOther(key: string) {
  const row = parseRowKey(key);
  if (row.type === 'month') return <MonthHeader month={row.month} />;
  if (row.type === 'empty') return <EmptyDay date={row.group} />;
  return row.type === 'header' ? <DayHeader date={row.group} /> : null;
}

function DayHeader({ date }: { date: string }) {
  const { view } = useList();
  const closed = useViewState((each) => each.isHeaderClosed(headerKey(date)));
  const words = useDayWords(date);
  if (date !== OVERDUE) {
    return <GroupHeader group={date} title={<DayTitle date={date} />} name={words} />;
  }
  const menu = <OverdueMenu view={view} group={OVERDUE} />;
  return <GroupHeader group={date} title="Overdue" name="Overdue" tone="danger" closed={closed} actions={menu} />;
}

function useDayWords(date: string): string {
  const calendar = useCalendar();
  return date === OVERDUE ? '' : dayLabel(date, calendar);
}

function DayTitle({ date }: { date: string }) {
  const calendar = useCalendar();
  const near = date === calendar.today ? 'Today' : date === addDays(calendar.today, 1) ? 'Tomorrow' : null;
  return (
    <>
      {dayLabel(date, calendar)}
      {near === null ? null : <span className="pl-2 font-normal text-fg-tertiary">{near}</span>}
    </>
  );
}

function EmptyDay({ date }: { date: string }) {
  const { addTo, writable } = useList();
  const words = useDayWords(date);
  return (
    <button type="button" tabIndex={-1} disabled={!writable} className="empty-day" onClick={() => addTo(date)}>
      <span className="truncate">{`Nothing on ${words}`}</span>
      <Plus aria-hidden="true" className="size-4 shrink-0" />
    </button>
  );
}

function MonthHeader({ month }: { month: string }) {
  const { locale } = useCalendar();
  const closed = useViewState((view) => view.isHeaderClosed(monthKey(month)));
  return (
    <div className="month-header">
      <ChevronRight aria-hidden="true" className={clsx('size-4 transition-transform', !closed && 'rotate-90')} />
      <CalendarDays aria-hidden="true" className="size-4" />
      {monthWords(`${month}-01`, locale)}
    </div>
  );
}
