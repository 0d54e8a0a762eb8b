import { CalendarDays, CalendarX, Moon, Sofa, Sun, Sunrise } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Task } from '#core/tasks/task.ts';
import { addDays, type CalendarDate } from '#web/dates/calendar-date.ts';
import { longDate, shortDate, weekdayShort } from '#web/dates/date-words.ts';
import { nextWeekStart, type ParsedDate, parseDateText, weekendFrom } from '#web/dates/parse-date.ts';
import { type Calendar, useCalendar } from '#web/dates/use-date-context.ts';
import { DatePopover } from '#web/ui/date-popover.tsx';
import type { QuickDate, WeekDay } from '#web/ui/date-popover-overlay.tsx';
import type { OverlayAnchor } from '#web/ui/overlay-surface.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { useTaskActions } from './use-task-actions.ts';

interface PickerProps {
  task: Task;
  anchor: OverlayAnchor;
  onClose: () => void;
}

const WEEK: readonly WeekDay[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function firstDay(weekStart: number): WeekDay {
  return WEEK[weekStart - 1] ?? 'mon';
}

/** The days that people choose most; `t m w n` chooses them by typing. */
function quickDates(calendar: Calendar, clear: string): QuickDate[] {
  const { today, weekStart, locale } = calendar;
  const choice = (id: string, label: string, date: CalendarDate, icon: ReactNode): QuickDate => ({
    id,
    label,
    date,
    hint: date <= addDays(today, 6) ? weekdayShort(date, locale) : shortDate(date, calendar),
    icon,
  });
  return [
    choice('today', 'Today', today, <Sun className="size-4 text-accent-fg" />),
    choice('tomorrow', 'Tomorrow', addDays(today, 1), <Sunrise className="size-4 text-warn-fg" />),
    choice('weekend', 'Weekend', weekendFrom(today), <Sofa className="size-4 text-info-fg" />),
    choice('next-week', 'Next week', nextWeekStart(today, weekStart), <CalendarDays className="size-4 text-info-fg" />),
    { id: 'none', label: clear, date: null, icon: <CalendarX className="size-4 text-fg-tertiary" /> },
  ];
}

export function WhenPicker({ task, anchor, onClose }: PickerProps) {
  const calendar = useCalendar();
  const actions = useTaskActions();
  const { announcer } = useNotices();
  const typed = useRef<ParsedDate | null>(null);
  const set = (date: CalendarDate | null) => {
    const parsed = typed.current?.date === date ? typed.current : null;
    const evening = parsed?.evening ?? task.evening;
    actions.setWhen(task.id, { date, time: parsed?.time ?? (parsed?.evening ? null : task.time), evening });
    announcer.announce(date === null ? 'Date removed.' : `${longDate(date, calendar.locale)}.`);
  };
  return (
    <DatePopover
      label="Date"
      anchor={anchor}
      value={task.date}
      today={calendar.today}
      firstDayOfWeek={firstDay(calendar.weekStart)}
      quickDates={quickDates(calendar, 'No date')}
      parseText={(text) => {
        typed.current = parseDateText(text, calendar);
        return typed.current;
      }}
      onChange={set}
      onClose={onClose}
      footer={<TimeOfDay task={task} />}
    />
  );
}

/** The time or the evening; an undated task gets today with it. */
function TimeOfDay({ task }: { task: Task }) {
  const { today } = useCalendar();
  const actions = useTaskActions();
  const [time, setTime] = useState(task.time ?? '');
  const date = task.date ?? today;
  return (
    <div className="flex items-center gap-2 px-2 pb-1">
      <input
        type="time"
        aria-label="Time"
        value={time}
        className="h-8 min-w-0 flex-1 rounded-md bg-sunken px-2 text-body-sm coarse:h-11"
        onChange={(event) => {
          setTime(event.target.value);
          actions.setWhen(task.id, { date, time: event.target.value || null, evening: task.evening });
        }}
      />
      <button
        type="button"
        aria-pressed={task.evening}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-body-sm hover:bg-hover aria-pressed:bg-selected aria-pressed:text-accent-fg coarse:h-11"
        onClick={() => {
          setTime('');
          actions.setWhen(task.id, { date, time: null, evening: !task.evening });
        }}
      >
        <Moon aria-hidden="true" className="size-4" />
        Evening
      </button>
    </div>
  );
}

export function DeadlinePicker({ task, anchor, onClose }: PickerProps) {
  const calendar = useCalendar();
  const actions = useTaskActions();
  const { announcer } = useNotices();
  return (
    <DatePopover
      label="Deadline"
      anchor={anchor}
      value={task.deadline}
      today={calendar.today}
      firstDayOfWeek={firstDay(calendar.weekStart)}
      quickDates={quickDates(calendar, 'No deadline')}
      parseText={(text) => parseDateText(text, calendar)}
      onChange={(deadline) => {
        actions.update(task.id, { deadline });
        announcer.announce(
          deadline === null ? 'Deadline removed.' : `Deadline ${longDate(deadline, calendar.locale)}.`,
        );
      }}
      onClose={onClose}
    />
  );
}
