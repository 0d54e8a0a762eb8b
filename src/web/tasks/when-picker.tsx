import { CalendarDays, CalendarX, Moon, Repeat, Sofa, Sun, Sunrise } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Task } from '#core/tasks/task.ts';
import { addDays, type CalendarDate, nextWeekStart, weekendFrom } from '#web/dates/calendar-date.ts';
import { dateReader } from '#web/dates/date-reader.ts';
import { longDate, shortDate } from '#web/dates/date-words.ts';
import { weekdayShort } from '#web/dates/month-words.ts';
import type { DateRead } from '#web/dates/read-date.ts';
import { type Calendar, useCalendar } from '#web/dates/use-date-context.ts';
import { DatePopover } from '#web/ui/date-popover.tsx';
import type { QuickDate, WeekDay } from '#web/ui/date-popover-overlay.tsx';
import { useLazyModule } from '#web/ui/lazy-module.ts';
import type { OverlayAnchor } from '#web/ui/overlay-surface.tsx';
import { useNotices } from '#web/undo/notices.ts';
import type { When } from './task-actions.ts';
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

/** Understands typed dates as soon as their grammar is here. */
function useDateText(): (text: string) => DateRead | null {
  const calendar = useCalendar();
  const reader = useLazyModule(dateReader);
  return (text) => reader?.readDate(text, calendar, Date.now()) ?? null;
}

interface WhenPickerProps extends PickerProps {
  onRepeat: () => void;
}

export function WhenPicker({ task, anchor, onClose, onRepeat }: WhenPickerProps) {
  const calendar = useCalendar();
  const actions = useTaskActions();
  const { announcer } = useNotices();
  const announce = ({ date }: When) =>
    announcer.announce(date === null ? 'Date removed.' : `${longDate(date, calendar.locale)}.`);
  return (
    <WhenPopover
      value={task}
      anchor={anchor}
      onChange={(when) => actions.setWhen(task.id, when)}
      onChosen={announce}
      onClose={onClose}
      footer={
        <RepeatChoice
          task={task}
          onChoose={() => {
            onClose();
            onRepeat();
          }}
        />
      }
    />
  );
}

interface WhenPopoverProps {
  value: When;
  anchor: OverlayAnchor;
  onChange: (when: When) => void;
  /** A day was chosen, and the layer closes. */
  onChosen?: (when: When) => void;
  onClose: () => void;
  /** Below the time. */
  footer?: ReactNode;
}

/** The day, and the time or the evening of it. */
export function WhenPopover({ value, anchor, onChange, onChosen, onClose, footer }: WhenPopoverProps) {
  const calendar = useCalendar();
  const parseText = useDateText();
  const typed = useRef<DateRead | null>(null);
  const set = (date: CalendarDate | null) => {
    const read = typed.current?.date === date ? typed.current : null;
    const time = read?.time ?? (read?.evening ? null : value.time);
    const when = { date, time, evening: read?.evening ?? value.evening };
    onChange(when);
    onChosen?.(when);
  };
  return (
    <DatePopover
      label="Date"
      anchor={anchor}
      value={value.date}
      today={calendar.today}
      firstDayOfWeek={firstDay(calendar.weekStart)}
      quickDates={quickDates(calendar, 'No date')}
      parseText={(text) => {
        typed.current = parseText(text);
        return typed.current;
      }}
      onChange={set}
      onClose={onClose}
      footer={
        <>
          <TimeOfDay value={value} onChange={onChange} />
          {footer}
        </>
      }
    />
  );
}

/** The time or the evening; what has no date gets today with it. */
function TimeOfDay({ value, onChange }: Pick<WhenPopoverProps, 'value' | 'onChange'>) {
  const { today } = useCalendar();
  const [time, setTime] = useState(value.time ?? '');
  const date = value.date ?? today;
  return (
    <div className="flex items-center gap-2 px-2 pb-1">
      <input
        type="time"
        aria-label="Time"
        value={time}
        className="h-8 min-w-0 flex-1 rounded-md bg-sunken px-2 text-body-sm coarse:h-11"
        onChange={(event) => {
          setTime(event.target.value);
          onChange({ date, time: event.target.value || null, evening: value.evening });
        }}
      />
      <button
        type="button"
        aria-pressed={value.evening}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-body-sm hover:bg-hover aria-pressed:bg-selected aria-pressed:text-accent-fg coarse:h-11"
        onClick={() => {
          setTime('');
          onChange({ date, time: null, evening: !value.evening });
        }}
      >
        <Moon aria-hidden="true" className="size-4" />
        Evening
      </button>
    </div>
  );
}

/** Opens how the task repeats; of a task that does, it says what another date means. */
function RepeatChoice({ task, onChoose }: { task: Task; onChoose: () => void }) {
  const repeats = task.recurrence !== null && !task.recurrence.paused;
  return (
    <div className="flex flex-col px-2">
      <button
        type="button"
        className="flex h-8 items-center gap-3 rounded-md text-body-sm hover:bg-hover coarse:h-11 coarse:text-body"
        onClick={onChoose}
      >
        <Repeat aria-hidden="true" className="size-4 text-fg-tertiary" />
        Repeat…
      </button>
      {repeats ? (
        <p className="text-meta text-fg-tertiary">
          Another date moves this occurrence only; no date ends the repetition.
        </p>
      ) : null}
    </div>
  );
}

export function DeadlinePicker({ task, anchor, onClose }: PickerProps) {
  const calendar = useCalendar();
  const actions = useTaskActions();
  const { announcer } = useNotices();
  return (
    <DeadlinePopover
      value={task.deadline}
      anchor={anchor}
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

interface DeadlinePopoverProps {
  value: CalendarDate | null;
  anchor: OverlayAnchor;
  onChange: (deadline: CalendarDate | null) => void;
  onClose: () => void;
}

export function DeadlinePopover({ value, anchor, onChange, onClose }: DeadlinePopoverProps) {
  const calendar = useCalendar();
  return (
    <DatePopover
      label="Deadline"
      anchor={anchor}
      value={value}
      today={calendar.today}
      firstDayOfWeek={firstDay(calendar.weekStart)}
      quickDates={quickDates(calendar, 'No deadline')}
      parseText={useDateText()}
      onChange={onChange}
      onClose={onClose}
    />
  );
}
